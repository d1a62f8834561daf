import { setImmediate } from 'node:timers/promises';
import { newId } from '@sunlit/kernel';
import type { PoolClient } from 'pg';
import type { Actor } from '#platform/authorization/actor.ts';
import { decryptOptional, encryptOptional, encryptValue } from '#platform/personal-data/cipher.ts';
import type { Pseudonymiser } from '#platform/personal-data/pseudonymiser.ts';
import { encryptDated, type DatedField } from '../dated-values/dated-fields.ts';
import type { HouseholdDraft, IncomeDraft, PersonDraft } from './household-draft.ts';
import type { ImportBatch } from './import-store.ts';
import { findHeads, readKnown, type KnownHousehold, type KnownIncome, type KnownPerson, type KnownSection } from './registry-state.ts';
import { readSections } from '../sections/read-sections.ts';
import { tableOf } from '../sections/section-forms.ts';
import type { RegistryTables } from './registry-tables.ts';

const defaultStatus = 'ordinary';
/** After so many the database's questions are answered: it would stand still while the next ones are prepared. */
export const breathHouseholds = 25;
const head = '01';
/** Where the facts of an import come from. */
const source = 'import';

/** Of a file, beside what other sources recorded here said. */
const importRank = 3;

/** What lists show: the newest year, by the source that speaks first. */
function leadingIncome(income: IncomeDraft | null, known: readonly KnownIncome[]): Pick<KnownIncome, 'year' | 'per_capita_fen'> | undefined {
  const own = income ? [{ year: income.year, per_capita_fen: income.perCapita, rank: importRank }] : [];
  const others = known.filter((one) => one.source !== source || one.year !== income?.year);
  return [...own, ...others].toSorted((left, right) => right.year - left.year || left.rank - right.rank)[0];
}

/** Where a row of the registry lies. */
interface Place {
  county: string;
  region: string;
  household: string;
}

export interface WriteCounts {
  fresh: number;
  changed: number;
  unchanged: number;
  newPersons: number;
  changedPersons: number;
}

/** Writes households of one import: new ones whole, changed ones fact by fact, unchanged ones not at all. */
export class HouseholdWriter {
  readonly counts: WriteCounts = { fresh: 0, changed: 0, unchanged: 0, newPersons: 0, changedPersons: 0 };
  /** households whose search tokens must be made, with their lines of the token table when new */
  readonly changedIds: string[] = [];
  readonly #client: PoolClient;
  readonly #tables: RegistryTables;
  readonly #batch: ImportBatch;
  readonly #actor: Actor;
  readonly #template: string;
  readonly #pseudonymiser: Pseudonymiser;
  readonly #onNew: (place: Place, draft: HouseholdDraft) => void;

  constructor(options: { client: PoolClient; tables: RegistryTables; batch: ImportBatch; actor: Actor; template: string; pseudonymiser: Pseudonymiser; onNew: (place: Place, draft: HouseholdDraft) => void }) {
    this.#client = options.client;
    this.#tables = options.tables;
    this.#batch = options.batch;
    this.#actor = options.actor;
    this.#template = options.template;
    this.#pseudonymiser = options.pseudonymiser;
    this.#onNew = options.onNew;
  }

  /** Puts what is to be written into the tables' buffers; the ones before may be on their way to the database meanwhile. */
  async prepare(drafts: readonly HouseholdDraft[]): Promise<void> {
    const heads = await findHeads(this.#client, drafts);
    const changed: { draft: HouseholdDraft; id: string }[] = [];
    for (const [place, draft] of drafts.entries()) {
      if (place % breathHouseholds === 0) await setImmediate();
      const head = heads.get(`${draft.regionCode}|${draft.number}`);
      if (!head) this.#writeNew(draft);
      else if (head.ended_on !== null || head.known_hashes.some((known) => known.equals(draft.hash)) || (head.imported_as_of !== null && head.imported_as_of > this.#batch.as_of)) this.counts.unchanged += 1;
      else changed.push({ draft, id: head.id });
    }
    if (changed.length > 0) {
      const known = await readKnown(this.#client, changed.map(({ id }) => id));
      for (const { draft, id } of changed) this.#writeChanged(draft, known.get(id)!);
    }
  }

  #writeNew(draft: HouseholdDraft): void {
    const place: Place = { county: draft.countyCode, region: draft.regionCode, household: newId() };
    const status = draft.status ?? defaultStatus;
    const statusFrom = draft.statusFrom ?? this.#batch.as_of;
    this.#tables.insert('household', this.#householdRow(place, draft, { historical: draft.historicalRegionCode, status, statusFrom, members: draft.persons.length, income: leadingIncome(draft.income, []) }));
    this.#tables.insert('import_undo', [this.#batch.id, place.county, place.household, place.region, true, null, 1]);
    this.#insertStatus(place, status, statusFrom);
    if (draft.income) this.#insertIncome(place, draft.income);
    const ids = draft.persons.map((person) => this.#insertPerson(place, person));
    this.#writeSections(place, draft, ids, []);
    this.#insertSourceRows(place, draft, ids);
    this.#onNew(place, draft);
    this.counts.fresh += 1;
    this.counts.newPersons += draft.persons.length;
  }

  #writeChanged(draft: HouseholdDraft, known: KnownHousehold): void {
    const place: Place = { county: known.county_code, region: known.responsible_region_code, household: known.id };
    const before: { household: unknown; persons: unknown[] } = { household: known.before, persons: [] };
    const left = new Set(known.persons);
    let members = known.persons.filter(({ membership }) => membership).length;
    const ids = draft.persons.map((person) => {
      const same = [...left].find((one) => one.person_key !== null && one.person_key === person.personKey) ?? [...left].find((one) => (one.person_key === null || person.personKey === null) && one.name_key === person.nameKey);
      if (!same) {
        // The file is behind: who went into another household by an approved change is not taken back by it.
        if (person.personKey !== null && known.departed.has(person.personKey)) return null;
        members += 1;
        this.counts.newPersons += 1;
        return this.#insertPerson(place, person);
      }
      left.delete(same);
      if (!same.content_hash?.equals(person.hash)) {
        before.persons.push(same.before);
        this.#changePerson(place, person, same);
        this.counts.changedPersons += 1;
      }
      return same.id;
    });
    const { status, statusFrom } = this.#changeStatus(place, draft, known);
    this.#changeIncome(place, draft, known);
    this.#writeSections(place, draft, ids, known.sections);
    this.#insertSourceRows(place, draft, ids);
    this.#dateValues(place, known.id, known.created_at, {
      address: [decryptOptional('address', known.address_enc), draft.address],
      phone: [decryptOptional('phone', known.phone_enc), draft.phone],
      bankName: [known.bank_name, draft.bankName],
      account: [decryptOptional('bank-account', known.account_enc), draft.account],
    });
    this.#tables.change('household', this.#householdRow(place, draft, { historical: draft.historicalRegionCode ?? known.historical_region_code, status, statusFrom, members, income: leadingIncome(draft.income, known.incomes) }));
    this.#tables.insert('import_undo', [this.#batch.id, place.county, place.household, place.region, false, encryptValue('undo', JSON.stringify(before)), known.version + 1]);
    this.changedIds.push(known.id);
    this.counts.changed += 1;
  }

  #householdRow(place: Place, draft: HouseholdDraft, facts: { historical: string | null; status: string; statusFrom: string | null; members: number; income: Pick<KnownIncome, 'year' | 'per_capita_fen'> | undefined }) {
    return [
      place.county, place.household, draft.number, place.region, facts.historical, draft.headName, encryptOptional('address', draft.address), encryptOptional('phone', draft.phone), draft.bankName,
      encryptOptional('bank-account', draft.account), draft.account ? this.#pseudonymiser.ofAccount(draft.account) : null, facts.status, facts.statusFrom, facts.members,
      facts.income?.year ?? null, facts.income?.per_capita_fen ?? null, this.#batch.id, draft.firstRow, this.#template, this.#batch.as_of, draft.hash, 1,
    ];
  }

  #personRow(place: Place, id: string, person: PersonDraft) {
    return [
      place.county, id, place.household, place.region, person.name, person.nameKey, encryptOptional('id-number', person.idNumber), person.personKey, person.idNumberProblem, person.documentType,
      person.birthDate, person.sexCode, person.idRegionCode, person.ethnicity, encryptOptional('phone', person.phone), person.hash, this.#batch.id,
    ];
  }

  #insertPerson(place: Place, person: PersonDraft): string {
    const id = newId();
    const asOf = this.#batch.as_of;
    this.#tables.insert('person', this.#personRow(place, id, person));
    this.#tables.insert('membership', [place.county, newId(), place.household, id, place.region, person.relation, asOf, null, this.#batch.id]);
    this.#insertFact(place, id, person, null);
    for (const programme of person.benefits) this.#tables.insert('enrolment', [place.county, newId(), place.household, id, place.region, programme, asOf, null, this.#batch.id]);
    return id;
  }

  #insertFact(place: Place, personId: string, person: PersonDraft, until: string | null): void {
    this.#tables.insert('person_fact', [
      place.county, newId(), personId, place.region, person.labour, person.student, person.education, encryptOptional('health', person.health.join(',')),
      person.residentMedicalInsured, person.employeeMedicalInsured, this.#batch.as_of, until, source, this.#actor.accountId, this.#batch.id,
    ]);
  }

  /** Facts end where the new ones begin; what somebody recorded for a later day stays. */
  #changePerson(place: Place, person: PersonDraft, known: KnownPerson): void {
    const asOf = this.#batch.as_of;
    this.#tables.change('person', this.#personRow(place, known.id, person));
    this.#dateValues(place, known.id, known.created_at, {
      name: [known.name, person.name],
      idNumber: [decryptOptional('id-number', known.id_number_enc), person.idNumber],
      birthDate: [known.birth_date, person.birthDate],
      sex: [known.sex_code, person.sexCode],
      ethnicity: [known.ethnicity, person.ethnicity],
      phone: [decryptOptional('phone', known.phone_enc), person.phone],
    });
    const { fact, membership } = known;
    if (fact && fact.valid_from <= asOf) {
      this.#tables.supersede('person_fact', fact);
      if (fact.valid_from < asOf) {
        this.#tables.insert('person_fact', [
          place.county, newId(), known.id, place.region, fact.labour_code, fact.student_code, fact.education_code, fact.health_enc, fact.resident_medical_insured, fact.employee_medical_insured,
          fact.valid_from, asOf, fact.source, fact.recorded_by, this.#batch.id,
        ]);
      }
      this.#insertFact(place, known.id, person, null);
    } else this.#insertFact(place, known.id, person, fact?.valid_from ?? null);
    if (membership && membership.relation_code !== person.relation) {
      this.#tables.supersede('membership', membership);
      const from = membership.valid_from < asOf ? asOf : membership.valid_from;
      if (membership.valid_from < asOf) this.#tables.insert('membership', [place.county, newId(), place.household, known.id, place.region, membership.relation_code, membership.valid_from, asOf, this.#batch.id]);
      this.#tables.insert('membership', [place.county, newId(), place.household, known.id, place.region, person.relation, from, null, this.#batch.id]);
    }
    this.#changeEnrolments(place, person, known);
  }

  /** What was said until now stays readable; from the day of the file on it says something else. */
  #dateValues(place: Place, subjectId: string, since: Date, values: Partial<Record<DatedField, readonly [before: string | null, after: string | null]>>): void {
    for (const [field, [before, after]] of Object.entries(values) as [DatedField, readonly [string | null, string | null]][]) {
      if ((before || null) === (after || null)) continue;
      this.#tables.date([place.county, place.region, subjectId, field, since.toISOString(), encryptDated(field, before), encryptDated(field, after), this.#batch.as_of, this.#actor.accountId]);
    }
  }

  #changeEnrolments(place: Place, person: PersonDraft, known: KnownPerson): void {
    const asOf = this.#batch.as_of;
    for (const enrolment of known.enrolments) {
      if (person.benefits.includes(enrolment.programme_code) || enrolment.valid_from > asOf) continue;
      this.#tables.supersede('enrolment', enrolment);
      if (enrolment.valid_from < asOf) this.#tables.insert('enrolment', [place.county, newId(), place.household, known.id, place.region, enrolment.programme_code, enrolment.valid_from, asOf, this.#batch.id]);
    }
    for (const programme of person.benefits) {
      if (known.enrolments.some((one) => one.programme_code === programme)) continue;
      this.#tables.insert('enrolment', [place.county, newId(), place.household, known.id, place.region, programme, asOf, null, this.#batch.id]);
    }
  }

  #insertStatus(place: Place, status: string, from: string, until: string | null = null, reason: string | null = null, by: string | null = this.#actor.accountId): void {
    this.#tables.insert('household_status', [place.county, newId(), place.household, place.region, status, from, until, reason, by, this.#batch.id]);
  }

  #changeStatus(place: Place, draft: HouseholdDraft, known: KnownHousehold): { status: string; statusFrom: string | null } {
    const open = known.status;
    const status = draft.status ?? known.status_code;
    const from = draft.statusFrom ?? this.#batch.as_of;
    const kept = { status: known.status_code, statusFrom: known.status_from };
    if (!open) {
      this.#insertStatus(place, status, from);
      return { status, statusFrom: from };
    }
    const sameStatus = open.status_code === status && (draft.statusFrom === null || draft.statusFrom === open.valid_from);
    // a decision recorded here for a later day stands
    if (sameStatus || open.valid_from > this.#batch.as_of) return kept;
    this.#tables.supersede('household_status', open);
    if (open.valid_from < from && open.status_code !== status) this.#insertStatus(place, open.status_code, open.valid_from, from, open.reason, open.recorded_by);
    this.#insertStatus(place, status, from);
    return { status, statusFrom: from };
  }

  #insertIncome(place: Place, income: IncomeDraft): void {
    this.#tables.insert('income', [place.county, newId(), place.household, place.region, income.year, source, income.wage, income.business, income.property, income.transfer, income.cost, income.perCapita, income.medical, income.insurance, this.#batch.as_of, this.#batch.id]);
  }

  #changeIncome(place: Place, { income }: HouseholdDraft, known: KnownHousehold): void {
    if (income === null) return;
    const old = known.incomes.find((one) => one.year === income.year && one.source === source);
    if (old) {
      const same = old.wage_fen === income.wage && old.business_fen === income.business && old.property_fen === income.property && old.transfer_fen === income.transfer && old.cost_fen === income.cost && old.per_capita_fen === income.perCapita && old.medical_fen === income.medical && old.insurance_fen === income.insurance;
      if (same) return;
      this.#tables.supersede('income', old);
    }
    this.#insertIncome(place, income);
  }

  /**
   * Sections of the form that the row speaks of: the head's row of the household, each person's of the person. A row is added when
   * something changed, so that an earlier day can still be read.
   */
  #writeSections(place: Place, draft: HouseholdDraft, personIds: readonly (string | null)[], known: readonly KnownSection[]): void {
    const leading = draft.persons.find(({ relation }) => relation === head) ?? draft.persons[0];
    const write = (cells: Record<string, string> | null, of: 'household' | 'person', personId: string | null): void => {
      for (const { section, values } of readSections(cells, of)) {
        const table = tableOf(section) as `section_${string}`;
        const before = known.find((one) => one.table === table && one.person_id === personId);
        if (before && JSON.stringify(before.values) === JSON.stringify(values)) continue;
        if (before?.observed_on === this.#batch.as_of) this.#tables.supersede(table, before);
        this.#tables.insert(table, [place.county, newId(), place.household, personId, place.region, source, this.#batch.as_of, ...values, this.#batch.id]);
      }
    };
    write(leading?.unmapped ?? null, 'household', null);
    for (const [index, { unmapped }] of draft.persons.entries()) if (personIds[index] !== null) write(unmapped, 'person', personIds[index]!);
  }

  /** @param personIds of `draft.persons`, in their order */
  #insertSourceRows(place: Place, draft: HouseholdDraft, personIds: readonly (string | null)[]): void {
    for (const [index, { row, unmapped }] of draft.persons.entries()) {
      if (unmapped && personIds[index] !== null) this.#tables.insert('source_row', [place.county, this.#batch.id, place.household, personIds[index]!, place.region, row, this.#template, encryptValue('source-row', JSON.stringify(unmapped)), null]);
    }
  }
}
