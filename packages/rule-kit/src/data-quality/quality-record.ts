import { cleanCode, normaliseTitle } from '@sunlit/kernel';

/** A person as the registry or a file being imported holds them. Whole values: kept in memory only, for as long as a check lasts. */
export interface PersonFacts {
  /** null while the person is only in a file */
  readonly id: string | null;
  /** row of the file being imported */
  readonly row: number | null;
  readonly relation: string | null;
  readonly sex: string | null;
  readonly birthDate: string | null;
  readonly documentType: string | null;
  readonly idNumber: string | null;
  readonly idNumberProblem: string | null;
  readonly phone: string | null;
  readonly labour: string | null;
  readonly student: string | null;
  readonly education: string | null;
  readonly health: readonly string[];
  readonly residentMedicalInsured: boolean | null;
  readonly employeeMedicalInsured: boolean | null;
  /** codes of the programmes the person receives */
  readonly benefits: readonly string[];
  /** cells of columns without a field, by their normalised title; blank ones are left out */
  readonly cells: Readonly<Record<string, string>>;
}

export interface HouseholdFacts {
  readonly id: string | null;
  /** household-status code */
  readonly status: string;
  readonly statusFrom: string | null;
  readonly phone: string | null;
  /** yearly amounts in fen */
  readonly income: { readonly wage: number; readonly business: number; readonly property: number; readonly transfer: number; readonly perCapita: number | null } | null;
  readonly persons: readonly PersonFacts[];
  /** what the household's file had: our names of its fields, normalised titles of its other columns. A blank cell is one of these without a value */
  readonly columns: ReadonlySet<string>;
  /** rows of further sheets (migrant work, rural construction) about this household, by normalised title */
  readonly sheets: readonly { readonly template: string; readonly cells: Readonly<Record<string, string>> }[];
}

const yes = new Set(['是', '有', '已', '享受', '已享受', '参加', '已参加', '1', 'y', 'yes']);
const no = new Set(['否', '无', '没有', '未', '未享受', '不享受', '未参加', '0', 'n', 'no']);

/** Cells of one row, read by the titles of the national export. */
class Cells {
  readonly #cells: Readonly<Record<string, string>>;

  constructor(cells: Readonly<Record<string, string>>) {
    this.#cells = cells;
  }

  text(title: string): string {
    return (this.#cells[normaliseTitle(title)] ?? '').trim();
  }

  blank(title: string): boolean {
    return this.text(title) === '';
  }

  /** true and false for 是 and 否; undefined for blank or anything else */
  flag(title: string): boolean | undefined {
    const text = this.text(title).toLowerCase();
    return yes.has(text) ? true : no.has(text) ? false : undefined;
  }

  /** undefined for blank or no number */
  number(title: string): number | undefined {
    const text = cleanCode(this.text(title)).replace(/,/gu, '');
    return /^-?\d+(?:\.\d+)?$/u.test(text) ? Number(text) : undefined;
  }

  /** first day of the month, or the day, that `2023-04`, `2023年4月`, `202304`, `2023-04-05` or `2023/4/5` names */
  date(title: string): string | undefined {
    const found = /^(\d{4})[-/.年]?(\d{1,2})(?:[-/.月]?(\d{1,2})?日?)?$/u.exec(cleanCode(this.text(title)));
    if (!found) return undefined;
    const [, year, month, day] = found;
    return Number(month) >= 1 && Number(month) <= 12 ? `${year}-${month!.padStart(2, '0')}-${(day ?? '1').padStart(2, '0')}` : undefined;
  }

  /** A measure or benefit is given: filled, and not with a word that says none. */
  given(title: string): boolean {
    const text = this.text(title);
    return text !== '' && !no.has(text.toLowerCase()) && !/^(?:未|无|不)/u.test(text);
  }
}

const schoolStages = new Set(['preschool', 'primary', 'junior', 'senior', 'vocational', 'college', 'postgraduate']);

export class QualityPerson extends Cells {
  readonly facts: PersonFacts;
  /** full years on the day the check looks at; undefined without a birth date */
  readonly age: number | undefined;

  constructor(facts: PersonFacts, asOf: string) {
    super(facts.cells);
    this.facts = facts;
    this.age = facts.birthDate === null ? undefined : yearsBetween(facts.birthDate, asOf);
  }

  /** inclusive; false without a birth date */
  aged(from: number, to: number): boolean {
    return this.age !== undefined && this.age >= from && this.age <= to;
  }

  get atSchool(): boolean {
    return schoolStages.has(this.facts.student ?? '');
  }

  /** 普通劳动力 or 技能劳动力 */
  get able(): boolean {
    return this.facts.labour === 'ordinary' || this.facts.labour === 'skilled';
  }

  /** 无劳动力 or 丧失劳动力 */
  get unable(): boolean {
    return this.facts.labour === 'none' || this.facts.labour === 'lost';
  }

  get healthy(): boolean {
    return this.facts.health.length === 1 && this.facts.health[0] === 'healthy';
  }

  get ill(): boolean {
    return this.facts.health.includes('chronic') || this.facts.health.includes('major-illness');
  }

  get disabled(): boolean {
    return this.facts.health.includes('disabled');
  }

  receives(programme: string): boolean {
    return this.facts.benefits.some((code) => code === programme || code.startsWith(`${programme}-`));
  }
}

export class QualityHousehold extends Cells {
  readonly facts: HouseholdFacts;
  readonly persons: readonly QualityPerson[];

  constructor(facts: HouseholdFacts, asOf: string) {
    const head = facts.persons.find(({ relation }) => relation === '01') ?? facts.persons[0];
    // What concerns the household stands on every row; the head’s row says it.
    super(head?.cells ?? {});
    this.facts = facts;
    this.persons = facts.persons.map((person) => new QualityPerson(person, asOf));
  }

  get monitored(): boolean {
    return monitoredStatuses.has(this.facts.status);
  }

  get lifted(): boolean {
    return this.facts.status === 'lifted';
  }

  /** 风险是否已消除 */
  get eliminated(): boolean {
    return this.flag('风险是否已消除') === true || /已消除/u.test(this.text('风险是否已消除'));
  }

  get eliminatedNaturally(): boolean {
    return /自然/u.test(this.text('风险消除方式'));
  }

  hasRisk(word: string): boolean {
    return [1, 2, 3, 4, 5].some((place) => this.text(`致贫/返贫风险${place}`).includes(word));
  }

  get risksNamed(): boolean {
    return [1, 2, 3, 4, 5].some((place) => !this.blank(`致贫/返贫风险${place}`));
  }

  any(test: (person: QualityPerson) => boolean): boolean {
    return this.persons.some(test);
  }

  all(test: (person: QualityPerson) => boolean): boolean {
    return this.persons.length > 0 && this.persons.every(test);
  }

  /** Rows of a further sheet; of one person when given, found by the whole number. */
  sheet(template: string, person?: QualityPerson): Cells[] {
    const { sheets } = this.facts;
    const own = sheets.filter((row) => row.template === template).map(({ cells }) => new Cells(cells));
    if (!person) return own;
    const { idNumber } = person.facts;
    return idNumber === null ? [] : own.filter((row) => cleanCode(row.text('证件号码')).toUpperCase().startsWith(idNumber));
  }
}

const monitoredStatuses = new Set(['unstable', 'marginal', 'sudden']);

function yearsBetween(birth: string, on: string): number {
  const years = Number(on.slice(0, 4)) - Number(birth.slice(0, 4));
  return on.slice(5) >= birth.slice(5) ? years : years - 1;
}
