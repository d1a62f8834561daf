import { ageOn, dateOfDay, dayOfDate, demoAsOf, registeredOn, schoolYearStart } from './calendar.ts';
import type { Village } from './divisions.ts';
import type { Household, HouseholdStatus, Person, SchoolStage } from './household.ts';
import { personName, surname } from './names.ts';
import type { Random } from './random.ts';
import type { IdentityNumbers } from './synthetic-identity.ts';

/** What a planted case needs of the household it is planted in. */
export interface HouseholdNeeds {
  readonly status?: HouseholdStatus;
  readonly welfare?: Household['welfare'];
  /** head (35–59), spouse, a child of this school age, a parent over 66; `size` leaves out everybody else */
  readonly child?: number;
  readonly elder?: boolean;
  readonly single?: boolean;
  readonly large?: boolean;
}

interface Slot {
  readonly age: number;
  readonly sex: 'male' | 'female';
  readonly relation: string;
  readonly marriedIn?: boolean;
}

export interface Building {
  readonly random: Random;
  readonly identities: IdentityNumbers;
}

const accountBase = 62_300;

/** Composes one household; two calls with the same random stream give the same household. */
export function buildHousehold(
  index: number,
  number: string,
  village: Village,
  needs: HouseholdNeeds,
  building: Building,
): Household {
  const { random } = building;
  const status = needs.status ?? pickStatus(random);
  const slots = compose(random, needs);
  const persons = makePersons(slots, index, building);
  const household: Household = {
    index,
    number,
    village,
    status,
    statusFrom: `${random.between(2021, 2024)}-${String(random.between(1, 12)).padStart(2, '0')}`,
    welfare: needs.welfare ?? pickWelfare(random, status, persons),
    incomePerCapitaYuan: Math.round(Math.max(3000, random.logNormal(15_500, 0.35))),
    persons,
    account: accountOf(index, 0),
  };
  settleIncome(household, random);
  return household;
}

/** 17 digits: a made-up bank prefix with the member, the household, and four that differ, since only they are ever shown */
export function accountOf(index: number, member: number): string {
  const shown = (index * 7919 + member * 1009) % 10_000;
  return `${accountBase + member}${String(index).padStart(8, '0')}${String(shown).padStart(4, '0')}`;
}

function pickStatus(random: Random): HouseholdStatus {
  const roll = random.next();
  if (roll < 0.5) return 'lifted';
  if (roll < 0.6) return 'unstable';
  if (roll < 0.7) return 'marginal';
  return roll < 0.75 ? 'sudden' : 'ordinary';
}

function pickWelfare(random: Random, status: HouseholdStatus, persons: readonly Person[]): Household['welfare'] {
  if (persons.length === 1 && (persons[0]?.age ?? 0) >= 66) return random.chance(0.8) ? 'destitute-support' : 'none';
  const share = status === 'lifted' ? 0.1 : status === 'ordinary' ? 0.4 : 0.35;
  return random.chance(share) ? 'subsistence-rural' : 'none';
}

/** Yuan a head in a year: whoever lives on less is monitored or on the roll. */
const aboveMonitoringLine = 10_600;

/** A household without workers and without welfare lives on more than the line; whoever is on the roll lives on less. */
function settleIncome(household: Household, random: Random): void {
  const workers = household.persons.some(({ labour }) => labour !== 'lost' && labour !== 'none');
  if (household.welfare !== 'none') household.incomePerCapitaYuan = random.between(5200, 9800);
  else if (!workers)
    household.incomePerCapitaYuan = Math.max(household.incomePerCapitaYuan, random.between(11_000, 14_000));
  else if (household.incomePerCapitaYuan < aboveMonitoringLine && (household.status === 'lifted' || household.status === 'ordinary'))
    household.incomePerCapitaYuan = random.between(aboveMonitoringLine, 14_000);
}

function compose(random: Random, needs: HouseholdNeeds): Slot[] {
  if (needs.single || (needs.child === undefined && !needs.elder && !needs.large && random.chance(0.05))) {
    return [{ age: random.between(67, 84), sex: random.chance(0.6) ? 'male' : 'female', relation: '户主' }];
  }
  const headAge =
    needs.child === undefined ? random.between(34, 62) : random.between(Math.max(34, needs.child + 24), 50);
  const slots: Slot[] = [{ age: headAge, sex: 'male', relation: '户主' }];
  if (random.chance(0.88) || needs.large)
    slots.push({ age: headAge - random.between(-1, 4), sex: 'female', relation: '配偶', marriedIn: true });
  const children = needs.large ? 3 : ([1, 1, 1, 1, 2, 2, 2, 2, 2, 3][Math.floor(random.next() * 10)] ?? 1);
  for (let count = 0; count < children; count += 1) {
    const age = count === 0 && needs.child !== undefined ? needs.child : headAge - random.between(23, 33);
    if (age < 0) continue;
    const sex = random.chance(0.52) ? 'male' : 'female';
    slots.push({ age, sex, relation: sex === 'male' ? '之子' : '之女' });
  }
  if (needs.elder || needs.large || random.chance(0.6))
    slots.push({ age: headAge + random.between(22, 28), sex: 'female', relation: '之母', marriedIn: true });
  if (needs.large || random.chance(0.4))
    slots.push({ age: headAge + random.between(23, 30), sex: 'male', relation: '之父' });
  const grownSon = slots.find(({ relation, age }) => relation === '之子' && age >= 25);
  if (grownSon && random.chance(0.75)) {
    slots.push({ age: grownSon.age - random.between(0, 3), sex: 'female', relation: '之儿媳', marriedIn: true });
    const grandchildren = random.between(1, 2);
    for (let count = 0; count < grandchildren; count += 1) {
      const sex = random.chance(0.52) ? 'male' : 'female';
      slots.push({
        age: Math.max(0, grownSon.age - random.between(23, 27)),
        sex,
        relation: sex === 'male' ? '之孙子' : '之孙女',
      });
    }
  }
  return slots.filter(({ age }) => age <= 97);
}

function makePersons(slots: readonly Slot[], index: number, { random, identities }: Building): Person[] {
  const family = surname(random);
  const births = new Set<number>();
  return slots.map((slot, member) => {
    let birthDay = birthDayOf(random, slot.age);
    while (births.has(birthDay)) birthDay -= 1;
    births.add(birthDay);
    const birth = dateOfDay(birthDay);
    const age = ageOn(birth, demoAsOf);
    const schoolAge = ageOn(birth, schoolYearStart);
    const student = pickStage(random, schoolAge);
    const disability =
      age >= 3 && random.chance(age > 55 ? 0.07 : 0.025)
        ? { level: random.between(1, 4), classCode: random.pick(classes) }
        : undefined;
    const sick = !disability && random.chance(age > 55 ? 0.25 : 0.05);
    const employee = age >= 22 && age < 60 && student === undefined && random.chance(0.06);
    return {
      name: personName(random, slot.marriedIn ? surname(random) : family, slot.sex),
      idNumber: identities.take(birthDay, slot.sex),
      sex: slot.sex,
      birth,
      age,
      schoolAge,
      relation: slot.relation,
      student,
      labour: pickLabour(random, age, student, disability !== undefined),
      health: disability ? '残疾' : sick ? random.pick(['长期慢性病', '长期慢性病', '患有大病']) : '健康',
      disability,
      residentInsured: !employee,
      employeeInsured: employee,
      account: accountOf(index, age < 16 || slot.relation === '之母' ? 0 : member),
    };
  });
}

const classes = ['vision', 'hearing', 'speech', 'limb', 'limb', 'limb', 'intellectual', 'mental', 'multiple'] as const;
const today = dayOfDate(demoAsOf);

/** Everybody was born before the registry was made: infants on any day of the year before it. */
function birthDayOf(random: Random, age: number): number {
  const since = age + random.next() * 0.98;
  const born = today - Math.floor(since * 365.25) - 1;
  const registered = dayOfDate(registeredOn);
  return born < registered ? born : registered - 1 - Math.floor((since % 1) * 365);
}

function pickStage(random: Random, age: number): SchoolStage | undefined {
  if (age < 3) return undefined;
  if (age < 6) return random.chance(0.85) ? 'preschool' : undefined;
  if (age < 12) return 'primary';
  if (age < 15) return 'junior';
  if (age < 18) return random.chance(0.6) ? 'senior' : 'vocational';
  return age < 22 && random.chance(0.5) ? 'college' : undefined;
}

function pickLabour(
  random: Random,
  age: number,
  student: SchoolStage | undefined,
  disabled: boolean,
): Person['labour'] {
  if (age < 16 || student !== undefined || age >= 72) return 'none';
  if (disabled) return random.pick(['weak', 'lost'] as const);
  if (age >= 60) return 'weak';
  return random.chance(0.12) ? 'skilled' : 'ordinary';
}
