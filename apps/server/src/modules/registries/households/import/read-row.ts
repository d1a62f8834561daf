import { cleanCell, cleanCode, isInTenThousands, isWithin, maskIdCardNumber, maskName, maskPhoneNumber, normaliseName, normaliseTitle, parseCalendarDate, parseIdCardNumber, parsePhoneNumber, parseYuan } from '@sunlit/kernel';
import type { DictionaryCode } from '#platform/configuration/dictionaries.ts';
import type { SourceRow } from '#platform/files/tabular/read-delimited.ts';
import { withoutPersonalData } from '#platform/logging/log.ts';
import { hideIdNumbers } from '#platform/personal-data/hide-id-numbers.ts';
import type { Pseudonymiser } from '#platform/personal-data/pseudonymiser.ts';
import type { CodeReader } from './code-reader.ts';
import type { HouseholdFacts, PersonDraft } from './household-draft.ts';
import { fieldByName, noWords, yesWords, type FieldName } from './import-fields.ts';
import { severityOf, type ImportProblem, type ProblemCode } from './import-problem.ts';
import type { Recognition } from './recognise-columns.ts';
import type { RegionResolver, ResolvedRegion } from './region-resolver.ts';

export interface ReadingContext {
  recognition: Recognition;
  regions: RegionResolver;
  codes: CodeReader;
  pseudonymiser: Pseudonymiser;
  asOf: string;
  /** the division the importing officer is responsible for */
  scope: string;
  onProblem: (problem: ImportProblem) => void;
  onUnknownCode: (dictionary: DictionaryCode, word: string) => void;
}

/** A row read by itself: where it belongs, the person, and what it says about the household. */
export interface ReadRow {
  row: number;
  region: ResolvedRegion | undefined;
  number: string;
  person: PersonDraft;
  relationGiven: boolean;
  household: HouseholdFacts;
  unmapped: Record<string, string> | null;
  /** an error keeps the whole household out */
  failed: boolean;
}

const maximumMasked = 40;
const maximumName = 60;
const maximumNumber = 40;
const maximumAddress = 200;
const maximumAccount = 40;

const yearOnly = /^\d{4}年?$/u;

/** A number that a spreadsheet kept with an exponent: its last digits are gone. */
const lostDigits = /^\d(?:\.\d+)?E\+?\d+$/iu;

const freeTexts = ['address', 'bankName', 'ethnicity'] as const;

/** What exports mask. */
const maskable = ['name', 'idNumber', 'personPhone', 'phone', 'account'] as const;
const masked = /[*＊]/u;

const amountFields = ['wage', 'business', 'property', 'transfer', 'cost'] as const;

/** Reads the rows of one file: every cell is normalised, nothing is guessed, whatever cannot be read is said. */
export class RowReader {
  readonly #context: ReadingContext;
  readonly #columnOf = new Map<FieldName, { index: number; title: string }>();
  readonly #unmapped: { index: number; title: string }[];
  #row = 0;
  #cells: readonly string[] = [];
  #failed = false;
  #kept: Record<string, string> | null = null;

  constructor(context: ReadingContext) {
    this.#context = context;
    for (const column of context.recognition.columns) if (column.field) this.#columnOf.set(column.field, column);
    this.#unmapped = context.recognition.columns.filter(({ field }) => field === null);
  }

  read({ rowNumber, cells }: SourceRow): ReadRow {
    this.#row = rowNumber;
    this.#cells = cells;
    this.#failed = false;
    this.#kept = null;
    for (const { index, title } of this.#unmapped) if (cells[index] !== '' && cells[index]!.trim() !== '') (this.#kept ??= {})[title] = cells[index]!;
    const region = this.#region();
    const number = cleanCode(this.#cell('number')).replace(/\.0+$/u, '');
    if (number === '' && this.#context.recognition.attaches !== 'village') this.#report('number-empty', 'number', null);
    else if (parseIdCardNumber(number).ok) this.#report('number-personal', 'number', maskIdCardNumber(number));
    else if (lostDigits.test(number)) this.#report('number-lost-digits', 'number', number);
    else if (number.length > maximumNumber) this.#report('too-long', 'number', null);
    for (const field of maskable) if (masked.test(this.#cell(field))) this.#report('masked-value', field, null);
    for (const field of freeTexts) if (hideIdNumbers(this.#cell(field)) !== this.#cell(field)) this.#report('personal-number', field, null);
    const attached = this.#context.recognition.attaches !== 'nothing';
    if (attached) this.#kept = this.#wholeRow();
    const { person, relationGiven } = attached ? { person: emptyPerson(rowNumber), relationGiven: false } : this.#person();
    const household = attached ? noFacts : this.#household();
    person.unmapped = this.#kept;
    return { row: rowNumber, region, number, person, relationGiven, household, unmapped: this.#kept, failed: this.#failed };
  }

  /** Reports about the row's household once all its rows are known. */
  reportAt(row: number, code: ProblemCode, field: FieldName, value: string | null): void {
    this.#context.onProblem({ row, column: this.#columnOf.get(field)?.title ?? '', field, code, value });
  }

  /** Sheets attached to a household or a village are kept whole. */
  #wholeRow(): Record<string, string> {
    return Object.fromEntries(this.#context.recognition.columns.flatMap(({ index, title }) => ((this.#cells[index] ?? '').trim() === '' ? [] : [[title, this.#cells[index]!]])));
  }

  #cell(name: FieldName): string {
    const column = this.#columnOf.get(name);
    return column ? (this.#cells[column.index] ?? '') : '';
  }

  #report(code: ProblemCode, field: FieldName, value: string | null): void {
    if (severityOf(code) === 'error') this.#failed = true;
    this.reportAt(this.#row, code, field, value === null ? null : value.replaceAll('\0', '').slice(0, maximumMasked));
  }

  /** A cell that cannot be read is kept with the columns that have no field. */
  #keep(field: FieldName): void {
    const column = this.#columnOf.get(field);
    if (column) (this.#kept ??= {})[column.title] = this.#cell(field);
  }

  #region(): ResolvedRegion | undefined {
    const names = { county: this.#cell('county'), town: this.#cell('town'), village: this.#cell('village'), villageCode: this.#cell('villageCode') };
    const region = this.#context.regions.resolve(names);
    const field = names.village ? 'village' : 'villageCode';
    const shown = withoutPersonalData(cleanCode(`${names.county}${names.town}${names.village}`) || names.villageCode);
    if (!region) this.#report('region-unknown', field, shown);
    else if (!isWithin(region.code, this.#context.scope)) this.#report('outside-region', field, shown);
    else if (region.historicalCode) this.#report('region-succeeded', 'villageCode', region.historicalCode);
    else if (region.mismatch) this.#report('region-mismatch', 'villageCode', names.villageCode);
    else if (region.codeUnknown) this.#report('region-code-unknown', 'villageCode', withoutPersonalData(cleanCode(names.villageCode)));
    return region;
  }

  #person(): { person: PersonDraft; relationGiven: boolean } {
    const name = cleanCell(this.#cell('name')).replace(/\s+/gu, ' ');
    if (name === '') this.#report('name-empty', 'name', null);
    else if (name.length > maximumName) this.#report('too-long', 'name', null);
    else if (/[?？\uFFFD]/u.test(name)) this.#report('name-lost-character', 'name', maskName(name));
    const id = this.#idNumber();
    const facts = this.#birthAndSex(id);
    const relation = this.#code('relation', 'relation');
    const relationColumn = this.#columnOf.has('relation');
    if (relationColumn && relation === null) this.#report('relation-empty', 'relation', null);
    const { pseudonymiser } = this.#context;
    const benefits = new Set<string>();
    for (const field of ['subsistence', 'destituteSupport', 'benefits'] as const) for (const code of this.#list(field, 'programme', { plain: fieldByName.get(field)!.benefit })) benefits.add(code);
    const normalised = normaliseName(name);
    return {
      relationGiven: relationColumn,
      person: {
        row: this.#row,
        name: /[\p{Script=Han}\p{Co}]/u.test(name) ? name.replace(/ /gu, '') : name,
        nameKey: pseudonymiser.ofName(normalised),
        idNumber: id.value,
        idNumberProblem: id.problem,
        personKey: id.value === null ? null : pseudonymiser.ofIdNumber(id.value),
        documentType: id.disability ? 'disability-card' : (this.#code('documentType', 'document') ?? (id.value ? 'id-card' : null)),
        ...facts,
        idRegionCode: id.value === null ? null : id.value.slice(0, 6),
        ethnicity: cleanCode(this.#cell('ethnicity')).slice(0, 20) || null,
        phone: this.#phone('personPhone'),
        relation: relation ?? '09',
        labour: this.#code('labour', 'labour'),
        student: this.#code('student', 'student'),
        education: this.#code('education', 'education'),
        health: this.#list('health', 'health'),
        residentMedicalInsured: this.#flag('residentMedicalInsured'),
        employeeMedicalInsured: this.#flag('employeeMedicalInsured'),
        benefits: [...benefits].sort(),
        unmapped: null,
        hash: emptyHash,
      },
    };
  }

  #idNumber(): { value: string | null; problem: string | null; disability: boolean; birthDate: string | null; sexCode: string | null } {
    const cell = this.#cell('idNumber');
    const parsed = parseIdCardNumber(cell);
    if (!parsed.ok) {
      this.#report(`id-${parsed.problem}`, 'idNumber', parsed.problem === 'empty' ? null : maskIdCardNumber(cell));
      return { value: null, problem: parsed.problem, disability: false, birthDate: null, sexCode: null };
    }
    if (parsed.upgradedFrom15) this.#report('id-upgraded', 'idNumber', maskIdCardNumber(cell));
    return { value: parsed.value, problem: null, disability: parsed.disability !== undefined, birthDate: parsed.birthDate, sexCode: parsed.sexCode };
  }

  /** The identity number decides; the columns are compared with it, or used when there is no number. */
  #birthAndSex(id: { value: string | null; birthDate: string | null; sexCode: string | null }): { birthDate: string | null; sexCode: string | null } {
    const cell = this.#cell('birthDate');
    const given = parseCalendarDate(cell);
    let birthDate = id.birthDate;
    if (given.ok) {
      if (birthDate === null) birthDate = given.value;
      else if (birthDate !== given.value) this.#report('birth-mismatch', 'birthDate', `${given.value.slice(0, 4)}-**-**`);
    } else if ((given.problem === 'incomplete' || yearOnly.test(cleanCode(cell))) && birthDate !== null) {
      if (cleanCode(cell).slice(0, 4) !== birthDate.slice(0, 4)) this.#report('birth-mismatch', 'birthDate', cleanCode(cell).slice(0, 4));
    } else if (given.problem !== 'empty') this.#report(birthDate === null ? 'birth-impossible' : 'birth-mismatch', 'birthDate', '****');
    if (birthDate !== null && birthDate > this.#context.asOf) this.#report('born-later', id.birthDate ? 'idNumber' : 'birthDate', '****');
    const sex = this.#code('sex', 'sex');
    if (id.sexCode && sex && id.sexCode !== sex) this.#report('sex-mismatch', 'sex', cleanCode(this.#cell('sex')).slice(0, 4));
    return { birthDate, sexCode: id.sexCode ?? sex };
  }

  #household(): HouseholdFacts {
    const monitored = this.#code('monitoredClass', 'household-status');
    const type = this.#code('householdType', 'household-status');
    const account = this.#account();
    return {
      status: monitored ?? type,
      statusFrom: this.#day('statusFrom'),
      address: this.#address(),
      phone: this.#phone('phone'),
      bankName: cleanCell(this.#cell('bankName')).slice(0, 60) || null,
      account,
      income: this.#income(),
    };
  }

  #income(): HouseholdFacts['income'] {
    const amounts = { wage: 0, business: 0, property: 0, transfer: 0, cost: 0 };
    let given = false;
    for (const field of amountFields) {
      const fen = this.#amount(field);
      if (fen === null) continue;
      amounts[field] = fen;
      given = true;
    }
    const perCapita = this.#amount('perCapita');
    if (!given && perCapita === null) return null;
    // A year's income is known when the year is over.
    let year = Number(this.#context.asOf.slice(0, 4)) - (this.#context.asOf.endsWith('-12-31') ? 0 : 1);
    const cell = cleanCode(this.#cell('incomeYear')).replace(/年度?$|\.0+$/u, '');
    if (/^20\d\d$/u.test(cell) && cell <= this.#context.asOf.slice(0, 4)) year = Number(cell);
    else if (cell !== '') this.#report('year-format', 'incomeYear', cell);
    return { year, ...amounts, perCapita, medical: this.#ledgerAmount('合规自付支出'), insurance: this.#ledgerAmount('理赔收入') };
  }

  /** Columns that stay with the row as they came, for the checks that read them, and are in the ledger too. */
  #ledgerAmount(title: string): number {
    const found = Object.entries(this.#kept ?? {}).find(([own]) => normaliseTitle(own) === normaliseTitle(title));
    const amount = found && parseYuan(found[1], isInTenThousands(found[0]));
    return amount?.ok && amount.value >= 0 ? amount.value : 0;
  }

  #amount(field: FieldName): number | null {
    const cell = this.#cell(field);
    if (cell === '') return null;
    const parsed = parseYuan(cell, isInTenThousands(this.#columnOf.get(field)!.title));
    if (parsed.ok) return parsed.value;
    if (parsed.problem !== 'empty') this.#report('amount-format', field, withoutPersonalData(cell));
    return null;
  }

  #address(): string | null {
    const address = cleanCell(this.#cell('address'));
    if (address.length > maximumAddress) {
      this.#report('address-cut', 'address', null);
      this.#keep('address');
    }
    return address.slice(0, maximumAddress) || null;
  }

  #day(field: FieldName): string | null {
    const cell = this.#cell(field);
    const parsed = parseCalendarDate(cell);
    if (!parsed.ok && parsed.problem === 'empty') return null;
    const day = parsed.ok ? parsed.value : parsed.problem === 'incomplete' ? firstOfMonth(cleanCode(cell)) : undefined;
    if (day !== undefined && day <= this.#context.asOf) return day;
    this.#report(day === undefined ? 'date-format' : 'date-later', field, withoutPersonalData(cell));
    this.#keep(field);
    return null;
  }

  #phone(field: FieldName): string | null {
    const cell = this.#cell(field);
    const parsed = parsePhoneNumber(cell);
    if (parsed.ok) return parsed.value;
    if (parsed.problem !== 'empty') {
      this.#report('phone-format', field, maskPhoneNumber(cleanCode(cell)));
      this.#keep(field);
    }
    return null;
  }

  #account(): string | null {
    const cell = cleanCode(this.#cell('account')).replace(/[-]/gu, '').replace(/\.0+$/u, '');
    if (cell === '') return null;
    if (lostDigits.test(cell)) this.#report('account-lost-digits', 'account', `****${cell.slice(-4)}`);
    else if (cell.length > maximumAccount) this.#report('too-long', 'account', null);
    else return cell;
    return null;
  }

  #flag(field: FieldName): boolean | null {
    const word = cleanCode(this.#cell(field)).toLowerCase();
    if (word === '') return null;
    if (yesWords.has(word)) return true;
    if (noWords.has(word)) return false;
    this.#report('flag-unknown', field, withoutPersonalData(word));
    this.#keep(field);
    return null;
  }

  #code(field: FieldName, dictionary: DictionaryCode): string | null {
    const cell = this.#cell(field);
    const code = this.#context.codes.read(dictionary, cell);
    if (code === undefined) this.#unknown(field, dictionary, cell);
    return code ?? null;
  }

  #list(field: FieldName, dictionary: DictionaryCode, benefit?: { plain: string | undefined }): string[] {
    const { codes, unknown } = this.#context.codes.readList(dictionary, this.#cell(field), benefit);
    for (const word of unknown) this.#unknown(field, dictionary, word);
    return codes;
  }

  #unknown(field: FieldName, dictionary: DictionaryCode, cell: string): void {
    const word = cleanCode(cell);
    this.#report('code-unknown', field, withoutPersonalData(word));
    this.#context.onUnknownCode(dictionary, word);
  }
}

/** 2023-05 → 2023-05-01. 2023.1 can be October that a spreadsheet took for a number: nobody knows. */
function firstOfMonth(cell: string): string | undefined {
  const month = /^(\d{4})\D{0,2}(\d{1,2})月?$/u.exec(cell);
  if (!month || Number(month[2]) < 1 || Number(month[2]) > 12 || cell.endsWith('.1')) return undefined;
  return `${month[1]}-${month[2]!.padStart(2, '0')}-01`;
}

const emptyHash = Buffer.alloc(0);
const noFacts: HouseholdFacts = { status: null, statusFrom: null, address: null, phone: null, bankName: null, account: null, income: null };

function emptyPerson(row: number): PersonDraft {
  return {
    row, name: '', nameKey: '', idNumber: null, idNumberProblem: null, personKey: null, documentType: null, birthDate: null, sexCode: null, idRegionCode: null, ethnicity: null, phone: null,
    relation: '09', labour: null, student: null, education: null, health: [], residentMedicalInsured: null, employeeMedicalInsured: null, benefits: [], unmapped: null, hash: emptyHash,
  };
}
