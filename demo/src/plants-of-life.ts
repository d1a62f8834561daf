import { months } from './calendar.ts';
import { subsistenceYuan } from './standards.ts';
import { benefitRow, emitPayment, strangerName } from './household-facts.ts';
import type { Person } from './household.ts';
import { head, member, namesake } from './planted-case.ts';
import type { PlantContext, PlantedCase } from './planted-case.ts';

const onRoll = { status: 'unstable', welfare: 'subsistence-rural', elder: true } as const;

/** O09, O10, O11, F01, F02, F03, F04: payments that should not have been made, and how they look when they are in order. */
export const plantsOfLife: readonly PlantedCase[] = [
  {
    rule: 'O09',
    label: 'planted',
    note: 'paid for months after a death',
    perSample: 6,
    needs: onRoll,
    plant({ household, random, emit, expect, doubt }) {
      const mother = member(household, '之母');
      emit('death', death(mother, `2026-0${random.between(1, 5)}-${random.between(10, 28)}`));
      expect('O09', { person: mother });
      doubt('died', { person: mother });
    },
  },
  {
    rule: 'O09',
    label: 'look-alike',
    note: 'paid until the month of grace only',
    perSample: 3,
    needs: onRoll,
    plant({ household, emit, exceptions, doubt }) {
      const mother = member(household, '之母');
      emit('death', death(mother, '2026-03-15'));
      doubt('died', { person: mother });
      exceptions.paidUntil.set(mother.idNumber, '2026-04');
    },
  },
  {
    rule: 'O09',
    label: 'look-alike',
    note: 'later payments came back',
    perSample: 3,
    needs: onRoll,
    plant({ household, emit, exceptions, doubt }) {
      const mother = member(household, '之母');
      emit('death', death(mother, '2026-04-11'));
      doubt('died', { person: mother });
      exceptions.failsFrom.set(mother.idNumber, '2026-05');
    },
  },
  {
    rule: 'O09',
    label: 'look-alike',
    note: 'somebody with the same name died',
    perSample: 3,
    needs: onRoll,
    plant: (context) => context.emit('death', death(namesake(context), '2026-02-20')),
  },
  {
    rule: 'O10',
    label: 'planted',
    note: 'paid while in prison',
    perSample: 3,
    needs: onRoll,
    plant({ household, random, emit, expect, doubt }) {
      doubt('in-custody', { person: head(household) });
      emit(
        'custody',
        custody(
          head(household),
          random.pick(['prison', 'drug-rehabilitation']),
          `2026-0${random.between(1, 6)}-12`,
          '',
        ),
      );
      expect('O10', { person: head(household) });
    },
  },
  {
    rule: 'O10',
    label: 'look-alike',
    note: 'community correction at home',
    perSample: 3,
    needs: onRoll,
    plant: ({ household, emit }) => emit('custody', custody(head(household), 'community-correction', '2026-01-12', '')),
  },
  {
    rule: 'O10',
    label: 'look-alike',
    note: 'released before the payments',
    perSample: 3,
    needs: onRoll,
    plant: ({ household, emit }) => emit('custody', custody(head(household), 'prison', '2022-05-12', '2025-11-03')),
  },
  {
    rule: 'O11',
    label: 'planted',
    note: 'on the subsistence and the destitute roll at once',
    perSample: 4,
    needs: onRoll,
    plant({ household, emit, expect, exceptions, doubt }) {
      emit('benefit', benefitRow(household, head(household), 'destitute-support', '2026-02', 1150));
      exceptions.alsoDestitute.add(head(household).idNumber);
      expect('O11', { person: head(household) });
      doubt('exclusive', { person: head(household) });
    },
  },
  {
    rule: 'O11',
    label: 'look-alike',
    note: 'changed from one roll to the other',
    perSample: 3,
    needs: { status: 'unstable', welfare: 'none', single: true },
    plant({ household, emit }) {
      emit('benefit', benefitRow(household, head(household), 'subsistence-rural', '2022-01', 560, '2026-03'));
      emit('benefit', benefitRow(household, head(household), 'destitute-support', '2026-04', 1150));
    },
  },
  {
    rule: 'F01',
    label: 'planted',
    note: 'one account for two households',
    perSample: 4,
    needs: { status: 'unstable', welfare: 'none' },
    partnerNeeds: { status: 'marginal', welfare: 'none' },
    plant(context) {
      const { household, partner, emit, expect } = context;
      if (!partner) throw new Error('A shared account needs a second household');
      payIndustry(context, head(household), household.account, head(household).name);
      const other = head(partner);
      emitPayment(emit, partner, other, {
        programme: 'industry-subsidy',
        month: '2026-06',
        amount: 1500,
        account: household.account,
        holder: head(household).name,
      });
      expect('F01', { households: [household, partner] });
      if (!partner.persons.some(({ name }) => name === head(household).name))
        expect('F02', { person: other, household: partner });
    },
  },
  {
    rule: 'F01',
    label: 'look-alike',
    note: 'members of one household share the household’s account',
    perSample: 3,
    needs: { status: 'unstable', welfare: 'none', large: true },
    plant(context) {
      for (const person of context.household.persons.slice(0, 3))
        payIndustry(context, person, context.household.account, head(context.household).name);
    },
  },
  {
    rule: 'F02',
    label: 'planted',
    note: 'paid to a stranger’s account',
    perSample: 6,
    needs: { status: 'marginal', elder: true },
    plant(context) {
      const { household, random, expect } = context;
      const mother = member(household, '之母');
      payIndustry(
        context,
        mother,
        `6299${household.account.slice(4)}`,
        strangerName(random, new Set(household.persons.map(({ name }) => name))),
      );
      expect('F02', { person: mother });
    },
  },
  {
    rule: 'F02',
    label: 'look-alike',
    note: 'a parent keeps the child’s card',
    perSample: 3,
    needs: { status: 'marginal', child: 9 },
    plant(context) {
      payIndustry(
        context,
        member(context.household, '之子', '之女'),
        context.household.account,
        head(context.household).name,
      );
    },
  },
  {
    rule: 'F03',
    label: 'planted',
    note: 'paid twice for one month',
    perSample: 5,
    needs: onRoll,
    plant({ household, random, emit, expect }) {
      const month = random.pick(months.slice(-5));
      emitPayment(emit, household, head(household), {
        programme: 'subsistence-rural',
        month,
        amount: 420,
        batch: `PC${month.replace('-', '')}92`,
        paidOn: `${month}-27`,
      });
      expect('F03', { person: head(household) }, month);
    },
  },
  {
    rule: 'F04',
    label: 'planted',
    note: 'a payment a quarter above the standard of the whole household, beside the ordinary one',
    perSample: 3,
    needs: onRoll,
    plant({ household, random, emit, expect }) {
      const month = random.pick(months.slice(-5));
      emitPayment(emit, household, head(household), {
        programme: 'subsistence-rural',
        month,
        amount: household.persons.length * 1000,
        batch: `PC${month.replace('-', '')}94`,
        paidOn: `${month}-28`,
      });
      expect('F04', { person: head(household) }, month);
      expect('F03', { person: head(household) }, month);
    },
  },
  {
    rule: 'F03',
    label: 'look-alike',
    note: 'a returned payment sent again',
    perSample: 3,
    needs: onRoll,
    plant({ household, emit }) {
      emitPayment(emit, household, head(household), {
        programme: 'subsistence-rural',
        month: '2026-07',
        amount: 420,
        batch: 'PC20260791',
        paidOn: '2026-07-15',
        failed: true,
      });
    },
  },
  {
    rule: 'F01',
    label: 'planted',
    note: 'two households on the roll registered with one account',
    perSample: 3,
    needs: onRoll,
    partnerNeeds: { status: 'marginal', welfare: 'subsistence-rural' },
    plant({ household, partner, expect, doubt }) {
      if (!partner) throw new Error('A shared account needs a second household');
      const own = partner.account;
      partner.account = household.account;
      partner.accountHolder = head(household).name;
      const sharing = partner.persons.filter(({ account }) => account === own);
      for (const person of sharing) person.account = household.account;
      expect('F01', { households: [household, partner] });
      for (const one of [household, partner]) doubt('shared-account', { household: one });
      if (partner.persons.some(({ name }) => name === head(household).name)) return;
      for (const person of sharing) expect('F02', { person, household: partner });
      doubt('owner-mismatch', { household: partner });
    },
  },
  {
    rule: 'F03',
    label: 'look-alike',
    note: 'the next month paid in advance by another list',
    perSample: 4,
    needs: onRoll,
    plant({ household, emit, doubt }) {
      emitPayment(emit, household, head(household), {
        programme: 'subsistence-rural',
        month: '2026-11',
        amount: subsistenceYuan('2026-11'),
        batch: 'PC20261192',
        paidOn: '2026-10-28',
      });
      doubt('over-standard', { person: head(household) });
    },
  },
];

function death(person: Pick<Person, 'idNumber' | 'name'>, on: string) {
  return { id_number: person.idNumber, name: person.name, died_on: on, cremated_on: '', record_source: 'funeral' };
}

function custody(person: Pick<Person, 'idNumber' | 'name'>, custodyClass: string, from: string, to: string) {
  return { id_number: person.idNumber, name: person.name, custody_class: custodyClass, from_date: from, to_date: to };
}

function payIndustry({ household, emit }: PlantContext, person: Person, account: string, holder: string): void {
  emitPayment(emit, household, person, {
    programme: 'industry-subsidy',
    month: '2026-06',
    amount: 1500,
    account,
    holder,
  });
}
