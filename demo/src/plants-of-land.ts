import { farmlandRight, farmlandSubsidy, parcelOf } from './household-facts.ts';
import type { DepartmentRow } from './department-files.ts';
import { head } from './planted-case.ts';
import type { PlantContext, PlantedCase } from './planted-case.ts';

const anybody = {};

/** F05, F06, F23: land subsidised and fees taken. Each replaces the ordinary land of its household. */
export const plantsOfLand: readonly PlantedCase[] = [
  {
    rule: 'F05',
    label: 'planted',
    note: 'subsidised for half as much again as is registered',
    perSample: 4,
    needs: anybody,
    plant(context) {
      land(context, { right: 6, paid: 9 });
      context.expect('F05', { household: context.household }, '2026');
    },
  },
  {
    rule: 'F05',
    label: 'look-alike',
    note: 'measured a little larger than registered',
    perSample: 3,
    needs: anybody,
    plant: (context) => land(context, { right: 10, paid: 10.9 }),
  },
  {
    rule: 'F06',
    label: 'planted',
    note: 'a stranger is paid for the same parcel',
    perSample: 4,
    needs: anybody,
    plant(context) {
      land(context, { right: 5, paid: 5 });
      context.emit('farmland-subsidy', strangersShare(context, 5));
      context.expect('F06', { household: context.household }, '2026');
    },
  },
  {
    rule: 'F06',
    label: 'look-alike',
    note: 'brothers share a parcel, together no more than it is',
    perSample: 3,
    needs: anybody,
    plant(context) {
      land(context, { right: 6, paid: 3 });
      context.emit('farmland-subsidy', strangersShare(context, 3));
    },
  },
  {
    rule: 'F23',
    label: 'planted',
    note: 'the village took a promotion fee and a design fee',
    perSample: 4,
    needs: anybody,
    plant(context) {
      context.emit('village-receipt', receipt(context, '蔬菜大棚推广费', 200, '1', ''));
      context.emit('village-receipt', receipt(context, '庭院改造设计费', 300, '2', '否'));
      context.expect('F23', { household: context.household });
    },
  },
  {
    rule: 'F23',
    label: 'look-alike',
    note: 'a service fee whose basis is on record',
    perSample: 3,
    needs: anybody,
    plant: (context) => context.emit('village-receipt', receipt(context, '农机服务费', 120, '1', '是')),
  },
];

function land({ household, exceptions, emit }: PlantContext, { right, paid }: { right: number; paid: number }): void {
  exceptions.skip.add(`land:${household.number}`);
  emit('farmland-right', farmlandRight(household, right));
  emit('farmland-subsidy', farmlandSubsidy(household, paid));
}

function strangersShare({ household, strangerId }: PlantContext, area: number): DepartmentRow {
  return { ...farmlandSubsidy(household, area), payee_id_number: strangerId(), parcel_code: parcelOf(household) };
}

function receipt({ household }: PlantContext, title: string, yuan: number, number: string, hasBasis: string): DepartmentRow {
  return { payer_id_number: head(household).idNumber, receipt_number: `CS${household.number}${number}`, received_on: '2026-06-18', fee_title: title, amount: yuan.toFixed(2), has_basis: hasBasis };
}
