import { isWithin, normaliseTitle, regionRange } from '@sunlit/kernel';
import type { HouseholdFacts, PersonFacts } from '@sunlit/rule-kit';
import { sql } from 'kysely';
import type { Trx } from '#platform/database/transaction.ts';
import { decryptOptional } from '#platform/personal-data/cipher.ts';
import { readCellCorrections } from './cell-corrections.ts';
import type { HouseholdDraft } from './import/household-draft.ts';

export interface HouseholdForQuality {
  readonly countyCode: string;
  readonly regionCode: string;
  readonly id: string;
  readonly number: string;
  readonly facts: HouseholdFacts;
}

interface HouseholdRow {
  county_code: string;
  id: string;
  number: string;
  region: string;
  status_code: string;
  status_from: string | null;
  phone_enc: Buffer | null;
  import_id: string | null;
  income: { wage_fen: number; business_fen: number; property_fen: number; transfer_fen: number; per_capita_fen: number | null } | null;
}

interface MemberRow {
  household_id: string;
  id: string;
  relation_code: string;
  sex_code: string | null;
  birth_date: string | null;
  document_type: string | null;
  id_number_enc: Buffer | null;
  id_number_problem: string | null;
  phone_enc: Buffer | null;
  labour_code: string | null;
  student_code: string | null;
  education_code: string | null;
  health_enc: Buffer | null;
  resident_medical_insured: boolean | null;
  employee_medical_insured: boolean | null;
  programmes: string[] | null;
}

interface SourceRow {
  household_id: string;
  person_id: string | null;
  template: string;
  unmapped_enc: Buffer;
}

/**
 * Whole records of households as they stand, for checks in memory: never to be shown, logged or kept.
 * @param choice some households, or the next of a division in the order (division, number)
 */
export async function readHouseholdsForQuality(
  trx: Trx,
  choice: { ids: readonly string[] } | { regionCode: string; after: { regionCode: string; number: string } | undefined; limit: number },
): Promise<HouseholdForQuality[]> {
  const where =
    'ids' in choice
      ? sql`h.id = ANY (${[...choice.ids]}::uuid[])`
      : sql`h.responsible_region_code >= ${regionRange(choice.regionCode).from} AND h.responsible_region_code < ${regionRange(choice.regionCode).to}
          ${choice.after ? sql`AND (h.responsible_region_code, h.number) > (${choice.after.regionCode}, ${choice.after.number})` : sql``}`;
  const { rows: households } = await sql<HouseholdRow>`
    SELECT h.county_code, h.id, h.number, h.responsible_region_code AS region, h.status_code, h.status_from, h.phone_enc, h.source_import_id AS import_id,
      (SELECT to_json(i) FROM (SELECT wage_fen, business_fen, property_fen, transfer_fen, per_capita_fen FROM households.income WHERE household_id = h.id AND superseded_at IS NULL ORDER BY year DESC, rank LIMIT 1) i) AS income
    FROM households.household h WHERE h.ended_on IS NULL AND ${where} ORDER BY h.responsible_region_code, h.number ${'limit' in choice ? sql`LIMIT ${choice.limit}` : sql``}`.execute(trx);
  if (households.length === 0) return [];
  const ids = households.map(({ id }) => id);
  const members = Map.groupBy(await readMembers(trx, ids), (row) => row.household_id);
  const sources = Map.groupBy(await readSources(trx, ids), (row) => row.household_id);
  const corrections = Map.groupBy(await readCellCorrections(trx, ids), (row) => row.person_id);
  const columns = await columnsOfImports(trx, [...new Set(households.flatMap(({ import_id }) => import_id ?? []))]);
  return households.map((row) => {
    const own = sources.get(row.id) ?? [];
    const cells = new Map(own.filter(({ person_id }) => person_id !== null).map((source) => [source.person_id!, cellsOf(source.unmapped_enc)]));
    const cellsOfPerson = (personId: string): Record<string, string> => ({ ...cells.get(personId), ...Object.fromEntries((corrections.get(personId) ?? []).map(({ title_key, value }) => [title_key, value])) });
    return {
      countyCode: row.county_code,
      regionCode: row.region,
      id: row.id,
      number: row.number,
      facts: {
        id: row.id,
        status: row.status_code,
        statusFrom: row.status_from,
        phone: decryptOptional('phone', row.phone_enc),
        income: row.income && { wage: row.income.wage_fen, business: row.income.business_fen, property: row.income.property_fen, transfer: row.income.transfer_fen, perCapita: row.income.per_capita_fen },
        persons: (members.get(row.id) ?? []).map((member) => personFacts(member, cellsOfPerson(member.id))),
        columns: (row.import_id && columns.get(row.import_id)) || new Set(),
        sheets: own.filter(({ person_id }) => person_id === null).map((source) => ({ template: source.template, cells: cellsOf(source.unmapped_enc) })),
      },
    };
  });
}

async function readMembers(trx: Trx, ids: readonly string[]): Promise<MemberRow[]> {
  const { rows } = await sql<MemberRow>`
    SELECT m.household_id, p.id, m.relation_code, p.sex_code, p.birth_date, p.document_type, p.id_number_enc, p.id_number_problem, p.phone_enc,
      f.labour_code, f.student_code, f.education_code, f.health_enc, f.resident_medical_insured, f.employee_medical_insured,
      (SELECT array_agg(e.programme_code) FROM households.enrolment e WHERE e.household_id = m.household_id AND e.person_id = p.id AND e.superseded_at IS NULL AND e.valid_to IS NULL) AS programmes
    FROM households.membership m JOIN households.person p ON p.id = m.person_id AND p.county_code = m.county_code
    LEFT JOIN households.person_fact f ON f.person_id = p.id AND f.county_code = p.county_code AND f.superseded_at IS NULL AND f.valid_to IS NULL
    WHERE m.household_id = ANY (${[...ids]}::uuid[]) AND m.superseded_at IS NULL AND m.valid_to IS NULL ORDER BY m.household_id, m.relation_code, p.id`.execute(trx);
  return rows;
}

/** Rows of each sheet's newest file. */
async function readSources(trx: Trx, ids: readonly string[]): Promise<SourceRow[]> {
  const { rows } = await sql<SourceRow>`
    SELECT household_id, person_id, template, unmapped_enc FROM (
      SELECT s.*, rank() OVER (PARTITION BY s.household_id, s.person_id IS NULL, CASE WHEN s.person_id IS NULL THEN s.template END ORDER BY b.as_of DESC, b.applied_at DESC) AS place
      FROM households.source_row s JOIN households.import_batch b ON b.id = s.import_id
      WHERE s.household_id = ANY (${[...ids]}::uuid[]) AND s.unmapped_enc IS NOT NULL) newest WHERE place = 1 ORDER BY household_id, row_number`.execute(trx);
  return rows;
}

/** What each import's file had, see `HouseholdFacts.columns`. */
async function columnsOfImports(trx: Trx, imports: readonly string[]): Promise<Map<string, ReadonlySet<string>>> {
  const { rows } = await sql<{ id: string; columns: { title: string; field: string | null }[] | null }>`
    SELECT id, report -> 'columns' AS columns FROM households.import_batch WHERE id = ANY (${[...imports]}::uuid[])`.execute(trx);
  return new Map(rows.map(({ id, columns }) => [id, columnsForQuality(columns ?? [])]));
}

const always = ['idNumber', 'birthDate', 'sex'];
/** Import fields that checks know under another name. */
const nameForChecks: Readonly<Record<string, string>> = {
  householdType: 'status', monitoredClass: 'status', subsistence: 'benefits', destituteSupport: 'benefits', wage: 'income', business: 'income', property: 'income', transfer: 'income', perCapita: 'income',
};

export function columnsForQuality(columns: readonly { title: string; field: string | null }[]): ReadonlySet<string> {
  return new Set([...always, ...columns.map(({ title, field }) => (field === null ? normaliseTitle(title) : (nameForChecks[field] ?? field)))]);
}

/** Sheets about households (migrant work …) that somebody imported for a county: without them nothing can be said about their content. */
export async function listImportedSheets(trx: Trx, countyCode: string): Promise<Set<string>> {
  const { rows } = await sql<{ region_code: string; template: string }>`SELECT DISTINCT region_code, report ->> 'template' AS template FROM households.import_batch WHERE state = 'applied'`.execute(trx);
  return new Set(rows.filter(({ region_code: region }) => isWithin(countyCode, region) || isWithin(region, countyCode)).map(({ template }) => template));
}

function cellsOf(encrypted: Buffer): Record<string, string> {
  return normalisedCells(JSON.parse(decryptOptional('source-row', encrypted) ?? '{}') as Record<string, string>);
}

function normalisedCells(cells: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(cells).map(([title, value]) => [normaliseTitle(title), value]));
}

function personFacts(row: MemberRow, cells: Record<string, string>): PersonFacts {
  return {
    id: row.id,
    row: null,
    relation: row.relation_code,
    sex: row.sex_code,
    birthDate: row.birth_date,
    documentType: row.document_type,
    idNumber: decryptOptional('id-number', row.id_number_enc),
    idNumberProblem: row.id_number_problem,
    phone: decryptOptional('phone', row.phone_enc),
    labour: row.labour_code,
    student: row.student_code,
    education: row.education_code,
    health: decryptOptional('health', row.health_enc)?.split(',').filter((code) => code !== '') ?? [],
    residentMedicalInsured: row.resident_medical_insured,
    employeeMedicalInsured: row.employee_medical_insured,
    benefits: row.programmes ?? [],
    cells,
  };
}

/** The household of a file being imported, before anything is written. */
export function draftForQuality(draft: HouseholdDraft, columns: ReadonlySet<string>): HouseholdFacts {
  return {
    id: null,
    status: draft.status ?? 'ordinary',
    statusFrom: draft.statusFrom,
    phone: draft.phone,
    income: draft.income,
    persons: draft.persons.map((person): PersonFacts => ({
      id: null,
      row: person.row,
      relation: person.relation,
      sex: person.sexCode,
      birthDate: person.birthDate,
      documentType: person.documentType,
      idNumber: person.idNumber,
      idNumberProblem: person.idNumberProblem,
      phone: person.phone,
      labour: person.labour,
      student: person.student,
      education: person.education,
      health: person.health,
      residentMedicalInsured: person.residentMedicalInsured,
      employeeMedicalInsured: person.employeeMedicalInsured,
      benefits: person.benefits,
      cells: person.unmapped ? normalisedCells(person.unmapped) : {},
    })),
    columns,
    sheets: [],
  };
}
