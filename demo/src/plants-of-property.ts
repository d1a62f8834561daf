import { cadre, company, dateBetween, emitPay, estate, vehicle } from './household-facts.ts';
import { head, namesake } from './planted-case.ts';
import type { PlantedCase } from './planted-case.ts';

const tested = { status: 'unstable' } as const;

/** O01, O02, O04, O05, O06, O13: what a household owns, earns or is. */
export const plantsOfProperty: readonly PlantedCase[] = [
  {
    rule: 'O01',
    label: 'planted',
    note: 'a car in the name of a helped household',
    perSample: 10,
    needs: tested,
    plant({ household, random, emit, expect }) {
      emit(
        'vehicle',
        vehicle(head(household), random, random.chance(0.7) ? 'car' : 'truck', random.between(38_000, 140_000), 2018),
      );
      expect('O01', { person: head(household) });
    },
  },
  {
    rule: 'O01',
    label: 'look-alike',
    note: 'a motorcycle and a scooter for a disabled member',
    perSample: 3,
    needs: tested,
    plant({ household, random, emit }) {
      emit('vehicle', vehicle(head(household), random, 'motorcycle', 46_000, 2020));
      emit('vehicle', vehicle(head(household), random, 'disabled-scooter', 38_000, 2020));
    },
  },
  {
    rule: 'O01',
    label: 'look-alike',
    note: 'an old car of little value',
    perSample: 3,
    needs: tested,
    plant: ({ household, random, emit }) =>
      emit('vehicle', vehicle(head(household), random, 'car', random.between(6000, 30_000), 2004, 2014)),
  },
  {
    rule: 'O01',
    label: 'look-alike',
    note: 'a car sold and struck off',
    perSample: 3,
    needs: tested,
    plant: ({ household, random, emit }) =>
      emit('vehicle', {
        ...vehicle(head(household), random, 'car', 90_000, 2019),
        state: random.pick(['cancelled', 'transferred']),
      }),
  },
  {
    rule: 'O01',
    label: 'look-alike',
    note: 'a car of somebody with the same name',
    perSample: 3,
    needs: tested,
    plant: (context) => context.emit('vehicle', vehicle(namesake(context), context.random, 'car', 90_000, 2019)),
  },
  {
    rule: 'O02',
    label: 'planted',
    note: 'two bought homes, or a shop',
    perSample: 5,
    needs: { status: 'marginal' },
    plant({ household, random, emit, expect }) {
      if (random.chance(0.4)) emit('real-estate', estate(head(household), random, 'commercial', 'purchase'));
      else
        for (let count = 0; count < 2; count += 1)
          emit('real-estate', estate(head(household), random, 'residential', 'purchase'));
      expect('O02', { household });
    },
  },
  {
    rule: 'O02',
    label: 'look-alike',
    note: 'one bought home beside a resettlement house',
    perSample: 3,
    needs: { status: 'marginal' },
    plant({ household, random, emit }) {
      emit('real-estate', estate(head(household), random, 'residential', 'purchase'));
      emit('real-estate', estate(head(household), random, 'resettlement', 'resettlement'));
      emit('real-estate', estate(head(household), random, 'residential', 'resettlement'));
    },
  },
  {
    rule: 'O02',
    label: 'look-alike',
    note: 'one home owned by a couple, and a tiny inherited share',
    perSample: 3,
    needs: { status: 'marginal', large: true },
    plant({ household, random, emit }) {
      const home = {
        ...estate(head(household), random, 'residential', 'purchase'),
        unit_number: `${household.number}GB00000001F0001`,
        share_percent: '50',
      };
      const spouse = household.persons[1] ?? head(household);
      emit('real-estate', home);
      emit('real-estate', { ...home, owner_id_number: spouse.idNumber, owner_name: spouse.name });
      emit('real-estate', { ...estate(head(household), random, 'residential', 'inheritance'), share_percent: '8.5' });
    },
  },
  {
    rule: 'O04',
    label: 'planted',
    note: 'shareholder or representative of a living company',
    perSample: 4,
    needs: { status: 'sudden' },
    plant({ household, random, emit, expect }) {
      emit(
        'company',
        company(random, head(household), {
          role: random.pick(['legal-representative', 'shareholder']),
          entity_class: 'company',
        }),
      );
      expect('O04', { person: head(household) });
    },
  },
  {
    rule: 'O04',
    label: 'planted',
    note: 'companies in another province: a stolen identity',
    perSample: 3,
    needs: tested,
    plant({ household, random, emit, expect }) {
      for (let count = 0; count < 3; count += 1) {
        emit(
          'company',
          company(random, head(household), {
            role: 'legal-representative',
            entity_class: 'company',
            registered_region: random.pick(['440300', '330100', '410100']),
          }),
        );
      }
      expect('O04', { person: head(household) });
    },
  },
  {
    rule: 'O04',
    label: 'look-alike',
    note: 'signs for a co-operative; a tiny shop; a cancelled company',
    perSample: 3,
    needs: tested,
    plant({ household, random, emit }) {
      emit('company', company(random, head(household), { role: 'legal-representative', entity_class: 'cooperative' }));
      emit(
        'company',
        company(random, head(household), {
          role: 'operator',
          entity_class: 'sole-trader',
          registered_capital: '10000',
        }),
      );
      emit(
        'company',
        company(random, head(household), { role: 'shareholder', entity_class: 'company', state: 'cancelled' }),
      );
    },
  },
  {
    rule: 'O05',
    label: 'planted',
    note: 'a member on the public payroll',
    perSample: 3,
    needs: tested,
    plant({ household, random, emit, expect }) {
      emitPay(
        head(household),
        random,
        random.pick(['public-institution', 'civil-servant', 'retired']),
        household.village.county,
        emit,
      );
      expect('O05', { person: head(household) });
    },
  },
  {
    rule: 'O05',
    label: 'look-alike',
    note: 'a public-welfare post',
    perSample: 3,
    needs: tested,
    plant: ({ household, random, emit }) =>
      emitPay(head(household), random, 'public-welfare-post', household.village.town, emit),
  },
  {
    rule: 'O05',
    label: 'look-alike',
    note: 'somebody with the same name on the payroll',
    perSample: 3,
    needs: tested,
    plant: (context) =>
      emitPay(namesake(context), context.random, 'civil-servant', context.household.village.county, context.emit),
  },
  {
    rule: 'O06',
    label: 'planted',
    note: 'a village cadre in office',
    perSample: 3,
    needs: tested,
    plant({ household, random, emit, expect }) {
      const post = random.pick(['director', 'member', 'accountant', 'grid-worker']);
      emit(
        'village-cadre',
        cadre(head(household), household, post, dateBetween(random, 2018, 2024), '', random.chance(0.4) ? '是' : '否'),
      );
      expect('O06', { person: head(household) });
    },
  },
  {
    rule: 'O06',
    label: 'look-alike',
    note: 'left office',
    perSample: 3,
    needs: tested,
    plant: ({ household, random, emit }) =>
      emit(
        'village-cadre',
        cadre(head(household), household, 'director', '2015-01-10', dateBetween(random, 2020, 2024)),
      ),
  },
  {
    rule: 'O13',
    label: 'planted',
    note: 'an employer declares a wage far above the line',
    perSample: 6,
    needs: { ...tested, welfare: 'none' },
    plant({ household, random, emit, expect, exceptions }) {
      const person = head(household);
      exceptions.skip.add(`social:${person.idNumber}`);
      for (const month of ['2026-09', '2026-10']) {
        emit('social-insurance', {
          id_number: person.idNumber,
          name: person.name,
          insurance_class: 'employee-pension',
          state: 'contributing',
          month,
          contribution_base: String(household.persons.length * 1100 + random.between(900, 1900)),
          employer: `${household.village.county}机械有限公司`,
        });
      }
      expect('O13', { household });
    },
  },
  {
    rule: 'O13',
    label: 'look-alike',
    note: 'a self-insured base without an employer',
    perSample: 3,
    needs: { ...tested, welfare: 'none' },
    plant({ household, emit, exceptions }) {
      const person = head(household);
      exceptions.skip.add(`social:${person.idNumber}`);
      emit('social-insurance', {
        id_number: person.idNumber,
        name: person.name,
        insurance_class: 'employee-pension',
        state: 'contributing',
        month: '2026-10',
        contribution_base: '24000',
        employer: '',
      });
    },
  },
  {
    rule: 'O13',
    label: 'look-alike',
    note: 'one wage shared by a large household',
    perSample: 3,
    needs: { ...tested, welfare: 'none', large: true },
    plant({ household, emit, exceptions }) {
      const person = head(household);
      exceptions.skip.add(`social:${person.idNumber}`);
      emit('social-insurance', {
        id_number: person.idNumber,
        name: person.name,
        insurance_class: 'employee-pension',
        state: 'contributing',
        month: '2026-10',
        contribution_base: '4879',
        employer: '劳务公司',
      });
    },
  },
];
