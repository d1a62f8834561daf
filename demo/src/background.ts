import { dayOfDate, demoAsOf, months } from './calendar.ts';
import type { DepartmentFile } from './department-files.ts';
import type { Village } from './divisions.ts';
import {
  batchOf,
  company,
  dateBetween,
  emitPay,
  estate,
  settlement,
  strangerName,
  vehicle,
} from './household-facts.ts';
import type { Emit } from './household-facts.ts';
import type { Random } from './random.ts';
import type { IdentityNumbers } from './synthetic-identity.ts';

const today = dayOfDate(demoAsOf);
const nobody: ReadonlySet<string> = new Set();

export interface Stranger {
  readonly idNumber: string;
  readonly name: string;
}

/** Somebody of this age whom the registry does not know. */
export function stranger(random: Random, identities: IdentityNumbers, youngest = 20, oldest = 75): Stranger {
  const birthDay = today - Math.floor((youngest + random.next() * (oldest - youngest)) * 365.25) - 1;
  return {
    idNumber: identities.take(birthDay, random.chance(0.5) ? 'male' : 'female'),
    name: strangerName(random, nobody),
  };
}

/** Writes about everybody else until each department's list is as long as its share of the city asks for. */
export function fillBackground(
  files: ReadonlyMap<string, DepartmentFile>,
  targets: ReadonlyMap<string, number>,
  progress: number,
  random: Random,
  identities: IdentityNumbers,
  villages: readonly Village[],
  emit: Emit,
): void {
  for (const [kind, file] of files) {
    const target = (targets.get(kind) ?? 0) * progress;
    while (file.rows < target) {
      const [youngest, oldest] = kind === 'school-enrolment' ? [4, 20] : kind === 'death' ? [50, 98] : [20, 75];
      writeStranger(kind, stranger(random, identities, youngest, oldest), random, random.pick(villages), emit);
    }
  }
}

function writeStranger(kind: string, person: Stranger, random: Random, village: Village, emit: Emit): void {
  const who = { id_number: person.idNumber, name: person.name };
  switch (kind) {
    case 'vehicle':
      return emit(
        kind,
        vehicle(
          person,
          random,
          random.pick(['car', 'car', 'car', 'truck', 'motorcycle', 'electric-bike'] as const),
          random.between(3000, 220_000),
          2008,
        ),
      );
    case 'real-estate':
      return emit(
        kind,
        estate(
          person,
          random,
          random.pick(['residential', 'residential', 'homestead', 'commercial', 'parking']),
          random.pick(['purchase', 'inheritance', 'gift']),
        ),
      );
    case 'company':
      return emit(
        kind,
        company(random, person, {
          role: random.pick(['legal-representative', 'shareholder', 'supervisor']),
          entity_class: 'company',
        }),
      );
    case 'fiscal-payroll':
      return emitPay(
        person,
        random,
        random.pick(['civil-servant', 'public-institution', 'public-institution', 'retired', 'temporary']),
        village.town,
        emit,
      );
    case 'death':
      return emit(kind, {
        ...who,
        died_on: dateBetween(random, 2023, 2026),
        cremated_on: '',
        record_source: random.pick(['funeral', 'police', 'health']),
      });
    case 'custody':
      return emit(kind, {
        ...who,
        custody_class: random.pick(['prison', 'prison', 'drug-rehabilitation', 'community-correction']),
        from_date: dateBetween(random, 2020, 2025),
        to_date: '',
      });
    case 'social-insurance':
      for (const month of months.slice(-2))
        emit(kind, {
          ...who,
          insurance_class: 'employee-pension',
          state: 'contributing',
          month,
          contribution_base: String(random.between(4879, 18_000)),
          employer: `${village.county}企业`,
        });
      return;
    case 'housing-fund':
      return emit(kind, {
        ...who,
        employer: `${village.county}企业`,
        state: 'active',
        month: '2026-10',
        contribution_base: String(random.between(4879, 18_000)),
        monthly_amount: String(random.between(400, 2400)),
      });
    case 'tax':
      return emit(kind, {
        ...who,
        income_class: 'wages',
        tax_year: '2025',
        income: String(random.between(60_000, 400_000)),
        tax_paid: String(random.between(0, 40_000)),
      });
    case 'benefit':
      return emit(kind, {
        ...who,
        programme_code: 'pension-elderly',
        from_month: '2023-01',
        to_month: '',
        monthly_amount: '50',
        region_code: village.countyCode.slice(0, 6),
      });
    case 'disability':
      return emit(kind, {
        ...who,
        disability_class: random.pick(['vision', 'hearing', 'limb', 'intellectual', 'mental']),
        disability_level: String(random.between(1, 4)),
        issued_on: dateBetween(random, 2012, 2025),
        state: 'valid',
      });
    case 'school-enrolment':
      return emit(kind, {
        ...who,
        school_name: `${village.town}中心小学`,
        stage: random.pick(['primary', 'junior', 'senior']),
        state: 'enrolled',
        enrolled_on: '2025-09-01',
        term: '2026-2027学年第一学期',
      });
    case 'medical-insurance':
      return emit(kind, { ...who, insurance_class: 'resident', insurance_year: '2026', state: 'insured' });
    case 'medical-settlement':
      return emit(
        kind,
        settlement(person, random, random.pick(['outpatient', 'outpatient', 'inpatient']), random.between(20, 9000)),
      );
    case 'payout':
      for (const month of months) {
        emit(kind, {
          payee_id_number: person.idNumber,
          payee_name: person.name,
          programme_code: 'pension-elderly',
          pay_month: month,
          paid_on: `${month}-20`,
          amount: '50.00',
          // the account of somebody outside the registry is built from his number, so that no two share one
          account_number: `6217${person.idNumber.slice(6, 17)}01`,
          account_holder: person.name,
          batch_number: batchOf(month, 'pension-elderly'),
          result: 'paid',
        });
      }
      return;
    case 'farm-machinery':
      return emit(kind, {
        owner_id_number: person.idNumber,
        owner_name: person.name,
        machine_class: random.pick(['large-tractor', 'harvester', 'transplanter']),
        registered_on: dateBetween(random, 2008, 2025),
        state: 'normal',
      });
    case 'disaster':
      return emit(kind, { ...who, disaster_class: random.pick(['flood', 'storm', 'fire']), damage_class: random.pick(['crops', 'belongings', 'house-damaged']), happened_on: dateBetween(random, 2025, 2026), loss: String(random.between(500, 40_000)) });
    case 'unemployment':
      return emit(kind, { ...who, lost_on: dateBetween(random, 2024, 2026), reason: random.pick(['dismissed', 'contract-ended', 'resigned', 'retired']), state: random.pick(['unemployed', 'working-again']) });
    case 'house-safety':
      return emit(kind, { ...who, grade: random.pick(['a', 'b', 'b', 'c', 'd']), assessed_on: dateBetween(random, 2019, 2026), use_state: random.pick(['lived-in', 'vacated', 'made-safe']) });
    case 'village-cadre':
      return emit(kind, {
        ...who,
        village_code: village.code,
        post: random.pick(['party-secretary', 'director', 'member', 'accountant', 'grid-worker']),
        from_date: dateBetween(random, 2015, 2024),
        to_date: '',
        filed: '否',
      });
    default:
  }
}
