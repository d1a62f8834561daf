import type { DepartmentRow } from './department-files.ts';
import { months } from './calendar.ts';
import { subsistenceYuan } from './standards.ts';
import { creditCode } from './credit-code.ts';
import { isMeansTested } from './household.ts';
import type { Household, Person } from './household.ts';
import { personName, surname } from './names.ts';
import type { Random } from './random.ts';

/** What is special about a household: set by a planted case before the departments write down the ordinary facts. */
export interface Exceptions {
  /** ordinary facts a planted case replaces, as `<fact>:<id number>` */
  readonly skip: Set<string>;
  /** last month paid to a person, and the month from which payments come back */
  readonly paidUntil: Map<string, string>;
  readonly failsFrom: Map<string, string>;
  /** people whom the county's own list also has on the roll of the destitute */
  readonly alsoDestitute: Set<string>;
}

/** Settlement and unit numbers are given by the file when a row has none. */
export type Emit = (kind: string, row: DepartmentRow) => void;

export interface Payment {
  readonly programme: string;
  readonly month: string;
  readonly amount: number;
  readonly account?: string;
  readonly holder?: string;
  readonly batch?: string;
  readonly paidOn?: string;
  readonly failed?: boolean;
}

export function emitPayment(emit: Emit, household: Household, person: Person, payment: Payment): void {
  const account = payment.account ?? person.account;
  const owner =
    household.persons.find((member) => member.account === account && member.relation === '户主') ??
    (account === person.account ? person : household.persons[0]);
  emit('payout', {
    payee_id_number: person.idNumber,
    payee_name: person.name,
    programme_code: payment.programme,
    pay_month: payment.month,
    paid_on: payment.paidOn ?? `${payment.month}-20`,
    amount: payment.amount.toFixed(2),
    account_number: account,
    account_holder: payment.holder ?? (account === household.account ? household.accountHolder : undefined) ?? owner?.name ?? person.name,
    batch_number: payment.batch ?? batchOf(payment.month, payment.programme),
    result: payment.failed === true ? 'failed' : 'paid',
  });
}

const programmeOrder = [
  'farm-subsidy',
  'subsistence-rural',
  'destitute-support',
  'pension-elderly',
  'disability-care',
  'disability-living',
  'education-aid',
  'industry-subsidy',
  'temporary-relief',
];

/** Number of the payment list a finance office made for a programme and month. */
export function batchOf(month: string, programme: string): string {
  return `PC${month.replace('-', '')}${String(programmeOrder.indexOf(programme) + 1).padStart(2, '0')}`;
}

/** What the departments hold about the members of an ordinary household: nothing in it may make a rule speak. */
export function emitHouseholdFacts(household: Household, random: Random, exceptions: Exceptions, emit: Emit): void {
  const tested = isMeansTested(household);
  const head = household.persons[0] as Person;
  const subsidy = random.between(200, 1500);
  emitPayment(emit, household, head, { programme: 'farm-subsidy', month: '2026-04', amount: subsidy });
  emitLand(household, subsidy / farmlandYuanPerMu, exceptions, emit);
  if (random.chance(0.3)) emit('real-estate', estate(head, random, 'homestead', 'built'));
  if (!tested && random.chance(0.06)) emit('real-estate', estate(head, random, 'residential', 'purchase'));
  if (random.chance(0.02))
    emit('farm-machinery', {
      owner_id_number: head.idNumber,
      owner_name: head.name,
      machine_class: 'small-tractor',
      registered_on: dateBetween(random, 2008, 2024),
      state: 'normal',
    });
  for (const person of household.persons) {
    emitInsurance(household, person, random, exceptions, tested, emit);
    emitSchool(household, person, exceptions, tested, emit);
    emitBenefits(household, person, random, exceptions, emit);
    emitHealth(person, random, emit);
    if (person.age >= 20 && person.age < 66 && !exceptions.skip.has(`work:${person.idNumber}`)) emitWork(person, random, tested, household, emit);
  }
}

const farmlandYuanPerMu = 120;

/** One parcel, registered and subsidised alike; now and then the village collects somebody else's dues. */
function emitLand(household: Household, area: number, { skip }: Exceptions, emit: Emit): void {
  if (!skip.has(`land:${household.number}`)) {
    emit('farmland-right', farmlandRight(household, area));
    emit('farmland-subsidy', farmlandSubsidy(household, area));
  }
  if (!household.number.endsWith('7')) return;
  emit('village-receipt', {
    payer_id_number: household.persons[0]!.idNumber,
    receipt_number: `CS${household.number}`,
    received_on: '2026-03-05',
    fee_title: '代收城乡居民医保',
    amount: (400 * household.persons.length).toFixed(2),
    has_basis: '',
  });
}

/** A parcel has 19 places: the village's code and its number there. */
export const parcelOf = (household: Household): string => `${household.village.code}0${household.number.slice(-4)}01`;

export function farmlandRight(household: Household, area: number): DepartmentRow {
  return { holder_id_number: household.persons[0]!.idNumber, parcel_code: parcelOf(household), area: area.toFixed(2), registered_on: '2018-06-12', state: 'current' };
}

export function farmlandSubsidy(household: Household, area: number): DepartmentRow {
  return { payee_id_number: household.persons[0]!.idNumber, parcel_code: parcelOf(household), subsidy_year: '2026', area: area.toFixed(2), amount: (Math.round(area * 100) * 1.2).toFixed(2), paid_on: '2026-04-20' };
}

function emitInsurance(
  household: Household,
  person: Person,
  random: Random,
  { skip }: Exceptions,
  tested: boolean,
  emit: Emit,
): void {
  const who = { id_number: person.idNumber, name: person.name };
  if (!skip.has(`insured:${person.idNumber}`)) {
    emit('medical-insurance', {
      ...who,
      insurance_class: person.employeeInsured ? 'employee' : 'resident',
      insurance_year: '2026',
      state: 'insured',
    });
  }
  if (skip.has(`social:${person.idNumber}`)) return;
  if (person.age >= 60) {
    for (const month of months.slice(-3))
      emit('social-insurance', {
        ...who,
        insurance_class: 'resident-pension',
        state: 'receiving',
        month,
        monthly_pension: String(random.between(215, 268)),
      });
  } else if (person.employeeInsured) {
    // the means-tested insure themselves on the lowest base: that is no wage
    const employer = tested ? '' : `${household.village.county}${random.pick(employers)}`;
    for (const month of months.slice(-2)) {
      emit('social-insurance', {
        ...who,
        insurance_class: 'employee-pension',
        state: 'contributing',
        month,
        contribution_base: String(tested ? 4879 : random.between(4879, 9600)),
        employer,
      });
      if (!tested && random.chance(0.5))
        emit('housing-fund', {
          ...who,
          employer,
          state: 'active',
          month,
          contribution_base: String(random.between(4879, 9600)),
          monthly_amount: String(random.between(400, 1100)),
        });
    }
  }
}

function emitSchool(household: Household, person: Person, { skip }: Exceptions, tested: boolean, emit: Emit): void {
  if (person.student === undefined || skip.has(`school:${person.idNumber}`)) return;
  emit('school-enrolment', schoolRow(household, person, person.student, 'enrolled'));
  if ((household.status !== 'ordinary' || tested) && !skip.has(`aid:${person.idNumber}`))
    emitAid(household, person, emit);
}

export function schoolRow(household: Household, person: Person, stage: string, state: string): DepartmentRow {
  const names: Record<string, string> = {
    preschool: '中心幼儿园',
    primary: '中心小学',
    junior: '初级中学',
    senior: '高级中学',
    vocational: '职业学校',
    college: '学院',
    special: '特殊教育学校',
  };
  return {
    id_number: person.idNumber,
    name: person.name,
    school_name: `${household.village.town}${names[stage] ?? '学校'}`,
    stage,
    state,
    enrolled_on: `${2026 - Math.min(2, person.schoolAge % 3)}-09-01`,
    term: '2026-2027学年第一学期',
  };
}

export function emitAid(household: Household, person: Person, emit: Emit): void {
  emit('benefit', benefitRow(household, person, 'education-aid', '2026-09', 0, '2027-01'));
  emitPayment(emit, household, person, {
    programme: 'education-aid',
    month: '2026-09',
    paidOn: '2026-10-15',
    amount: 500,
  });
}

export function benefitRow(
  household: Household,
  person: Person,
  programme: string,
  from: string,
  amount: number,
  to = '',
): DepartmentRow {
  return {
    id_number: person.idNumber,
    name: person.name,
    programme_code: programme,
    from_month: from,
    to_month: to,
    monthly_amount: amount === 0 ? '' : String(amount),
    region_code: household.village.countyCode.slice(0, 6),
  };
}

function emitBenefits(household: Household, person: Person, random: Random, exceptions: Exceptions, emit: Emit): void {
  const { welfare } = household;
  const grant = (programme: string, amount: number) => {
    emit(
      'benefit',
      benefitRow(household, person, programme, `${random.between(2021, 2024)}-0${random.between(1, 9)}`, amount),
    );
    const until = exceptions.paidUntil.get(person.idNumber);
    const failsFrom = exceptions.failsFrom.get(person.idNumber);
    for (const month of months) {
      if (until !== undefined && month > until) break;
      emitPayment(emit, household, person, {
        programme,
        month,
        amount: programme === 'subsistence-rural' ? subsistenceYuan(month) : amount,
        failed: failsFrom !== undefined && month >= failsFrom,
      });
    }
  };
  if (welfare === 'subsistence-rural') grant('subsistence-rural', subsistenceYuan(months.at(-1)!));
  if (welfare === 'destitute-support') grant('destitute-support', random.between(1080, 1250));
  if (person.age >= 80) grant('pension-elderly', 50);
  if (!person.disability) return;
  if (!exceptions.skip.has(`certificate:${person.idNumber}`)) emit('disability', disabilityRow(person, random));
  if (person.disability.level <= 2) {
    if (welfare !== 'destitute-support' && !exceptions.skip.has(`care:${person.idNumber}`))
      grant('disability-care', person.disability.level === 1 ? 160 : 120);
  } else if (welfare === 'subsistence-rural') grant('disability-living', 230);
}

function disabilityRow(person: Person, random: Random): DepartmentRow {
  return {
    id_number: person.idNumber,
    name: person.name,
    disability_class: person.disability?.classCode ?? 'limb',
    disability_level: String(person.disability?.level ?? 4),
    issued_on: dateBetween(random, 2012, 2024),
    state: 'valid',
  };
}

function emitHealth(person: Person, random: Random, emit: Emit): void {
  const visits = random.chance(0.3) ? random.between(1, 3) : 0;
  for (let visit = 0; visit < visits; visit += 1)
    emit('medical-settlement', settlement(person, random, 'outpatient', random.between(20, 260)));
  if (random.chance(person.age > 55 ? 0.1 : 0.03))
    emit('medical-settlement', settlement(person, random, 'inpatient', random.between(300, 4200)));
}

export function settlement(
  person: Pick<Person, 'idNumber' | 'name'>,
  random: Random,
  visit: string,
  selfPaid: number,
): DepartmentRow {
  const total = Math.round(selfPaid * (1.8 + random.next() * 2));
  return {
    id_number: person.idNumber,
    name: person.name,
    visit_class: visit,
    settled_on: dateBetween(random, 2026, 2026),
    total: String(total),
    pooled: String(total - selfPaid),
    self_paid: String(selfPaid),
  };
}

function emitWork(person: Person, random: Random, tested: boolean, household: Household, emit: Emit): void {
  if (tested) {
    if (random.chance(0.05))
      emit(
        'vehicle',
        vehicle(
          person,
          random,
          random.pick(['motorcycle', 'electric-bike'] as const),
          random.between(2000, 9000),
          2012,
        ),
      );
    if (random.chance(0.01))
      emitPay(person, random, random.pick(['public-welfare-post', 'temporary'] as const), household.village.town, emit);
    return;
  }
  if (random.chance(0.12)) emit('vehicle', vehicle(person, random, 'car', random.between(35_000, 160_000), 2010));
  if (random.chance(0.02)) emit('company', company(random, person, { role: 'operator', entity_class: 'sole-trader' }));
  if (random.chance(0.01)) emitPay(person, random, 'public-institution', household.village.town, emit);
  if (random.chance(0.006)) emit('village-cadre', cadre(person, household, 'member', '2021-01-15'));
  if (random.chance(0.03))
    emit('tax', {
      id_number: person.idNumber,
      name: person.name,
      income_class: 'wages',
      tax_year: '2025',
      income: String(random.between(60_000, 180_000)),
      tax_paid: String(random.between(0, 4000)),
    });
}

export function emitPay(
  person: Pick<Person, 'idNumber' | 'name'>,
  random: Random,
  post: string,
  town: string,
  emit: Emit,
): void {
  const pay = post === 'public-welfare-post' ? 800 : random.between(3200, 7800);
  for (const month of months.slice(-2)) {
    emit('fiscal-payroll', {
      id_number: person.idNumber,
      name: person.name,
      unit_name: `${town}人民政府`,
      post_class: post,
      pay_month: month,
      gross_pay: String(pay),
    });
  }
}

export function cadre(
  person: Pick<Person, 'idNumber' | 'name'>,
  household: Household,
  post: string,
  from: string,
  to = '',
  filed = '否',
): DepartmentRow {
  return {
    id_number: person.idNumber,
    name: person.name,
    village_code: household.village.code,
    post,
    from_date: from,
    to_date: to,
    filed,
  };
}

export function vehicle(
  person: Pick<Person, 'idNumber' | 'name'>,
  random: Random,
  vehicleClass: string,
  value: number,
  fromYear: number,
  toYear = 2025,
): DepartmentRow {
  const models = {
    car: ['五菱宏光', '长安CS55', '吉利帝豪', '哈弗H6', '比亚迪秦'],
    truck: ['福田时代', '江淮骏铃'],
    motorcycle: ['五羊本田', '豪爵'],
    'electric-bike': ['雅迪', '爱玛'],
  } as Record<string, string[]>;
  return {
    owner_id_number: person.idNumber,
    owner_name: person.name,
    plate_type: vehicleClass === 'car' ? '小型汽车' : '',
    vehicle_class: vehicleClass,
    model: random.pick(models[vehicleClass] ?? ['其他']),
    use_nature: 'private',
    registered_on: dateBetween(random, fromYear, toYear),
    value: String(value),
    state: 'normal',
  };
}

export function estate(
  person: Pick<Person, 'idNumber' | 'name'>,
  random: Random,
  use: string,
  acquisition: string,
): DepartmentRow {
  return {
    owner_id_number: person.idNumber,
    owner_name: person.name,
    use_class: use,
    area: (random.between(450, 1600) / 10).toFixed(1),
    share_percent: '100',
    registered_on: dateBetween(random, 2008, 2024),
    acquisition,
    price: acquisition === 'purchase' ? String(random.between(180_000, 620_000)) : '',
    state: 'current',
  };
}

export function company(random: Random, person: Pick<Person, 'idNumber' | 'name'>, row: DepartmentRow): DepartmentRow {
  return {
    credit_code: creditCode(random),
    company_name: `${surname(random)}氏${random.pick(trades)}${row['entity_class'] === 'cooperative' ? '专业合作社' : row['entity_class'] === 'sole-trader' ? '经营部' : '有限公司'}`,
    person_id_number: person.idNumber,
    person_name: person.name,
    registered_capital: String(random.between(3, 50) * 10_000),
    registered_on: dateBetween(random, 2012, 2024),
    registered_region: '320800',
    state: 'active',
    ...row,
  };
}

/** A person the registry does not know, for a namesake or a stranger's account. */
export function strangerName(random: Random, not: ReadonlySet<string>): string {
  for (;;) {
    const name = personName(random, surname(random), random.chance(0.5) ? 'male' : 'female');
    if (!not.has(name)) return name;
  }
}

export function dateBetween(random: Random, fromYear: number, toYear: number): string {
  const month = random.between(1, toYear === 2026 ? 10 : 12);
  return `${random.between(fromYear, toYear)}-${month < 10 ? '0' : ''}${month}-${String(random.between(1, 28)).padStart(2, '0')}`;
}

const employers = ['开发区电子厂', '纺织有限公司', '食品厂', '劳务公司'];
const trades = ['商贸', '建材', '农产品', '家具', '服装', '餐饮'];
