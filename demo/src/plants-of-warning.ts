import { benefitRow } from './household-facts.ts';
import type { Person } from './household.ts';
import { head } from './planted-case.ts';
import type { PlantContext, PlantedCase } from './planted-case.ts';
import type { DepartmentRow } from './department-files.ts';

/** B06, B08, B11–B13: something happened to a household, and nobody has come yet. */
export const plantsOfWarning: readonly PlantedCase[] = [
  {
    rule: 'B06',
    label: 'planted',
    note: 'lives in a house graded C or D',
    perSample: 4,
    needs: { status: 'unstable' },
    plant({ household, random, emit, expect }) {
      emit('house-safety', house(head(household), random.pick(['c', 'd']), '2026-05-18', 'lived-in'));
      expect('B06', { household });
    },
  },
  {
    rule: 'B06',
    label: 'look-alike',
    note: 'graded D, since made safe or left',
    perSample: 3,
    needs: { status: 'unstable' },
    plant({ household, random, emit }) {
      emit('house-safety', house(head(household), 'd', '2024-04-02', 'lived-in'));
      emit('house-safety', house(head(household), 'd', '2025-11-20', random.pick(['made-safe', 'vacated'])));
    },
  },
  {
    rule: 'B08',
    label: 'planted',
    note: 'able to work, below the monitoring line, looked after by nobody',
    perSample: 6,
    needs: { status: 'lifted', welfare: 'none', child: 13 },
    plant({ household, random, expect }) {
      household.incomePerCapitaYuan = random.between(5200, 10_400);
      expect('B08', { household });
    },
  },
  {
    rule: 'B08',
    label: 'look-alike',
    note: 'below the line, already monitored',
    perSample: 3,
    needs: { status: 'marginal', welfare: 'none', child: 13 },
    plant({ household, random }) {
      household.incomePerCapitaYuan = random.between(5200, 10_400);
    },
  },
  {
    rule: 'B08',
    label: 'look-alike',
    note: 'at the line',
    perSample: 3,
    needs: { status: 'lifted', welfare: 'none', child: 13 },
    plant({ household }) {
      household.incomePerCapitaYuan = 10_560;
    },
  },
  {
    rule: 'B11',
    label: 'planted',
    note: 'lost a house or much of the harvest, without relief',
    perSample: 4,
    needs: {},
    plant({ household, random, emit, expect }) {
      emit('disaster', random.chance(0.5) ? loss(head(household), 'house-damaged', random.between(2000, 30_000)) : loss(head(household), 'crops', random.between(10_000, 30_000)));
      expect('B11', { household });
    },
  },
  {
    rule: 'B11',
    label: 'look-alike',
    note: 'a heavy loss, but relief was given',
    perSample: 3,
    needs: {},
    plant({ household, emit }) {
      emit('disaster', loss(head(household), 'house-collapsed', 38_000));
      emit('benefit', benefitRow(household, head(household), 'temporary-relief', '2026-09', 0, '2026-09'));
    },
  },
  {
    rule: 'B11',
    label: 'look-alike',
    note: 'a small loss',
    perSample: 3,
    needs: {},
    plant: ({ household, random, emit }) => emit('disaster', loss(head(household), 'livestock', random.between(300, 9000))),
  },
  {
    rule: 'B12',
    label: 'planted',
    note: 'lost work, none found since',
    perSample: 6,
    needs: { status: 'lifted', child: 11 },
    plant(context) {
      const worker = outOfWork(context);
      context.emit('unemployment', jobLoss(worker, context.random.pick(['dismissed', 'contract-ended', 'firm-closed', 'returned'])));
      context.expect('B12', { person: worker });
    },
  },
  {
    rule: 'B12',
    label: 'look-alike',
    note: 'still on the list of those without work, but contributions go on',
    perSample: 3,
    needs: { status: 'lifted', child: 11 },
    plant(context) {
      const worker = head(context.household);
      worker.employeeInsured = true;
      worker.residentInsured = false;
      context.emit('unemployment', jobLoss(worker, 'contract-ended'));
    },
  },
  {
    rule: 'B12',
    label: 'look-alike',
    note: 'left by own choice',
    perSample: 3,
    needs: { status: 'lifted', child: 11 },
    plant: (context) => context.emit('unemployment', jobLoss(outOfWork(context), 'resigned')),
  },
  {
    rule: 'B13',
    label: 'planted',
    note: 'certified as disabled for the first time',
    perSample: 4,
    needs: { status: 'unstable', welfare: 'none' },
    plant({ household, random, emit, expect }) {
      const person = wasHealthy(head(household));
      emit('disability', certificate(person, random.between(3, 4), '2026-09-15'));
      expect('B13', { person });
    },
  },
  {
    rule: 'B13',
    label: 'look-alike',
    note: 'a certificate renewed after ten years',
    perSample: 3,
    needs: { status: 'unstable', welfare: 'none' },
    plant({ household, emit }) {
      const person = wasHealthy(head(household));
      emit('disability', { ...certificate(person, 3, '2016-09-12'), state: 'cancelled' });
      emit('disability', certificate(person, 3, '2026-09-15'));
    },
  },
  {
    rule: 'B13',
    label: 'look-alike',
    note: 'newly certified, the allowance already follows',
    perSample: 3,
    needs: { status: 'unstable', welfare: 'none' },
    plant({ household, exceptions, emit }) {
      const person = head(household);
      person.disability = { level: 2, classCode: 'limb' };
      person.health = '残疾';
      exceptions.skip.add(`certificate:${person.idNumber}`);
      emit('disability', certificate(person, 2, '2026-09-15'));
    },
  },
];

type Named = Pick<Person, 'idNumber' | 'name'>;
const who = ({ idNumber, name }: Named) => ({ id_number: idNumber, name });
const house = (person: Named, grade: string, on: string, state: string): DepartmentRow => ({ ...who(person), grade, assessed_on: on, use_state: state });
const loss = (person: Named, damage: string, yuan: number): DepartmentRow => ({ ...who(person), disaster_class: damage.startsWith('house') ? 'storm' : 'flood', damage_class: damage, happened_on: '2026-09-18', loss: String(yuan) });
const jobLoss = (person: Named, reason: string): DepartmentRow => ({ ...who(person), lost_on: '2026-08-14', reason, state: 'unemployed' });
const certificate = (person: Named, level: number, on: string): DepartmentRow => ({ ...who(person), disability_class: 'limb', disability_level: String(level), issued_on: on, state: 'valid' });

/** The head, of whom no list shows that they work. */
function outOfWork({ household, exceptions }: PlantContext): Person {
  const person = head(household);
  person.employeeInsured = false;
  person.residentInsured = true;
  exceptions.skip.add(`work:${person.idNumber}`);
  return person;
}

/** The registry does not know of a disability yet. */
function wasHealthy(person: Person): Person {
  person.disability = undefined;
  person.health = '健康';
  return person;
}
