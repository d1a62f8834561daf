import { join } from 'node:path';
import type { Household, Person } from './household.ts';
import type { Random } from './random.ts';
import { openTextFile } from './record-file.ts';

const columns = [
  '县',
  '乡',
  '村',
  '村代码',
  '户编号',
  '姓名',
  '证件类型',
  '证件号码',
  '性别',
  '民族',
  '出生日期',
  '与户主关系',
  '户联系电话',
  '户类型',
  '监测对象类别',
  '识别监测时间',
  '文化程度',
  '在校生状况',
  '健康状况',
  '劳动技能',
  '是否参加城乡居民基本医疗保险',
  '是否参加城镇职工基本医疗保险',
  '享受低保政策情况',
  '享受特困供养政策情况',
  '享受待遇',
  '工资性收入',
  '生产经营性收入',
  '财产性收入',
  '转移性收入',
  '生产经营性支出',
  '人均纯收入（元）',
  '住址',
  '开户银行',
  '银行账号',
];
const classOfStatus = {
  lifted: '',
  unstable: '脱贫不稳定户',
  marginal: '边缘易致贫户',
  sudden: '突发严重困难户',
  ordinary: '',
} as const;
const labourWords = {
  ordinary: '普通劳动力',
  skilled: '技能劳动力',
  weak: '弱劳动力或半劳动力',
  lost: '丧失劳动力',
  none: '无劳动力',
} as const;

export interface HouseholdFile {
  readonly name: string;
  readonly rows: number;
  /** @param alsoDestitute identity numbers of members on that roll beside the household's own */
  write(household: Household, random: Random, alsoDestitute: ReadonlySet<string>): void;
  close(): Promise<void>;
}

/** The county's plain template, one row per person, household columns repeated, as officers fill it in. */
export function openHouseholdFile(outFolder: string, name = 'households.csv'): HouseholdFile {
  const file = openTextFile(join(outFolder, name), 'utf8-bom', columns);
  let rows = 0;
  return {
    name,
    get rows() {
      return rows;
    },
    write(household, random, alsoDestitute) {
      const shared = householdCells(household, random);
      for (const person of household.persons) {
        rows += 1;
        file.write([...shared.place, ...personCells(household, person, shared, alsoDestitute), ...shared.income]);
      }
    },
    close: () => file.close(),
  };
}

interface SharedCells {
  readonly place: string[];
  readonly type: string[];
  readonly phone: string;
  readonly income: string[];
}

function householdCells(household: Household, random: Random): SharedCells {
  const { village, status, persons } = household;
  const total = household.incomePerCapitaYuan * persons.length;
  const expense = Math.round(total * 0.12);
  const wages = Math.round(total * (0.3 + random.next() * 0.3));
  const farming = Math.round(total * 0.25);
  const property = Math.round(total * 0.03);
  return {
    place: [village.county, village.town, village.name, village.code, household.number],
    type: [
      status === 'lifted' || status === 'unstable' ? '脱贫户' : '一般农户',
      classOfStatus[status],
      classOfStatus[status] === '' ? '' : household.statusFrom,
    ],
    // 11 digits beginning with 144 are not given to people
    phone: `144${String(random.between(0, 99_999_999)).padStart(8, '0')}`,
    income: [
      String(wages),
      String(farming),
      String(property),
      String(total + expense - wages - farming - property),
      String(expense),
      String(household.incomePerCapitaYuan),
      `${village.town}${village.name}${random.between(1, 12)}组${random.between(1, 80)}号`,
      '江苏农村商业银行',
      household.account,
    ],
  };
}

function personCells(household: Household, person: Person, shared: SharedCells, alsoDestitute: ReadonlySet<string>): string[] {
  const { welfare } = household;
  return [
    person.name,
    '居民身份证',
    person.idNumber,
    person.sex === 'male' ? '男' : '女',
    person.name.includes('·') ? '维吾尔族' : '汉族',
    person.birth,
    person.relation,
    shared.phone,
    ...shared.type,
    education(person),
    studentWords(person),
    person.health,
    labourWords[person.labour],
    person.residentInsured ? '是' : '否',
    person.employeeInsured ? '是' : '否',
    welfare === 'subsistence-rural' ? '农村低保' : '未享受',
    welfare === 'destitute-support' || alsoDestitute.has(person.idNumber) ? '农村特困' : '不享受',
    benefitWords(household, person),
  ];
}

function benefitWords({ welfare }: Household, { disability, age }: Person): string {
  const words: string[] = [];
  if (disability && disability.level > 2 && welfare === 'subsistence-rural') words.push('困难残疾人生活补贴');
  if (age >= 80) words.push('尊老金');
  return words.join('、');
}

function education({ student, age }: Person): string {
  if (student !== undefined) return '';
  if (age >= 65) return '文盲或半文盲';
  return age >= 45 ? '小学' : age >= 30 ? '初中' : age >= 7 ? '高中' : '';
}

function studentWords({ student, schoolAge }: Person): string {
  const year = (first: number) => '一二三'.charAt(Math.min(2, Math.max(0, schoolAge - first)));
  switch (student) {
    case 'preschool':
      return '学前教育';
    case 'primary':
    case 'special':
      return '小学';
    case 'junior':
      return `${'七八九'.charAt(Math.min(2, Math.max(0, schoolAge - 12)))}年级`;
    case 'senior':
      return `普高${year(15)}年级`;
    case 'vocational':
      return `中职${year(15)}年级`;
    case 'college':
      return '本科';
    default:
      return schoolAge < 6 ? '学龄前儿童' : '';
  }
}
