import type { PoolClient } from 'pg';
import { columnOf, sectionForms, tableOf, type SectionValue } from '../sections/section-forms.ts';

/** A household as the registry holds it now, with its open facts. `before` restores the row byte for byte. */
export interface KnownHousehold {
  county_code: string;
  id: string;
  number: string;
  responsible_region_code: string;
  historical_region_code: string | null;
  content_hash: Buffer | null;
  status_code: string;
  status_from: string | null;
  version: number;
  imported_as_of: string | null;
  created_at: Date;
  address_enc: Buffer | null;
  phone_enc: Buffer | null;
  bank_name: string | null;
  account_enc: Buffer | null;
  before: unknown;
  persons: KnownPerson[];
  status: { county_code: string; id: string; household_id: string; status_code: string; valid_from: string; reason: string | null; recorded_by: string | null } | undefined;
  incomes: KnownIncome[];
  sections: KnownSection[];
  /** pseudonyms of who went from here into another household by an approved change */
  departed: Set<string>;
}

/** What the last file said of a section. */
export interface KnownSection {
  county_code: string;
  id: string;
  household_id: string;
  person_id: string | null;
  table: string;
  observed_on: string;
  values: SectionValue[];
}

export interface KnownIncome {
  county_code: string;
  id: string;
  household_id: string;
  year: number;
  source: string;
  wage_fen: number;
  business_fen: number;
  property_fen: number;
  transfer_fen: number;
  cost_fen: number;
  per_capita_fen: number | null;
  rank: number;
  medical_fen: number;
  insurance_fen: number;
}

export interface KnownPerson {
  county_code: string;
  id: string;
  household_id: string;
  person_key: string | null;
  name_key: string;
  name: string;
  id_number_enc: Buffer | null;
  birth_date: string | null;
  sex_code: string | null;
  ethnicity: string | null;
  phone_enc: Buffer | null;
  created_at: Date;
  content_hash: Buffer | null;
  before: unknown;
  membership: { county_code: string; id: string; person_id: string; relation_code: string; valid_from: string } | undefined;
  fact: KnownFact | undefined;
  enrolments: { county_code: string; id: string; person_id: string | null; programme_code: string; valid_from: string }[];
}

export interface KnownFact {
  county_code: string;
  id: string;
  person_id: string;
  labour_code: string | null;
  student_code: string | null;
  education_code: string | null;
  health_enc: Buffer | null;
  resident_medical_insured: boolean | null;
  employee_medical_insured: boolean | null;
  valid_from: string;
  source: string;
  recorded_by: string | null;
}

export interface HouseholdKey {
  regionCode: string;
  number: string;
}

export type HouseholdHead = Pick<KnownHousehold, 'id' | 'county_code' | 'imported_as_of' | 'responsible_region_code' | 'number'> & {
  /** what a file says when nothing has changed: as it was imported last, or as it was given out since */
  known_hashes: Buffer[];
  ended_on: string | null;
};

/** Which of these households are registered, by village and number. */
export async function findHeads(client: PoolClient, keys: readonly HouseholdKey[]): Promise<Map<string, HouseholdHead>> {
  const { rows } = await client.query<HouseholdHead>(
    `SELECT h.id, h.county_code, array_remove(ARRAY[h.content_hash, CASE WHEN h.exported_version = h.version THEN h.exported_hash END], NULL) AS known_hashes, h.imported_as_of, h.responsible_region_code, h.number, h.ended_on FROM unnest($1::text[], $2::text[]) AS k (region, number)
     JOIN households.household h ON h.responsible_region_code = k.region AND h.number = k.number`,
    [keys.map((key) => key.regionCode), keys.map((key) => key.number)],
  );
  return new Map(rows.map((row) => [`${row.responsible_region_code}|${row.number}`, row]));
}

/** Everything an import may change about these households, read at once. */
export async function readKnown(client: PoolClient, ids: readonly string[]): Promise<Map<string, KnownHousehold>> {
  const rowsOf = async <Row extends object>(query: string): Promise<Row[]> => (await client.query<Row>(query, [ids])).rows;
  const households = await rowsOf<Omit<KnownHousehold, 'persons' | 'status' | 'incomes' | 'sections' | 'departed'>>(`SELECT h.*, to_jsonb(h) AS before FROM households.household h WHERE h.id = ANY ($1::uuid[]) FOR UPDATE`);
  const known = new Map(households.map((row) => [row.id, { ...row, persons: [], status: undefined, incomes: [], sections: [], departed: new Set<string>() } as KnownHousehold]));
  const persons = new Map<string, KnownPerson>();
  for (const row of await rowsOf<Omit<KnownPerson, 'membership' | 'fact' | 'enrolments'>>(`SELECT p.*, to_jsonb(p) AS before FROM households.person p WHERE p.household_id = ANY ($1::uuid[])`)) {
    const person: KnownPerson = { ...row, membership: undefined, fact: undefined, enrolments: [] };
    persons.set(row.id, person);
    known.get(row.household_id)?.persons.push(person);
  }
  const open = 'superseded_at IS NULL AND valid_to IS NULL';
  for (const row of await rowsOf<NonNullable<KnownPerson['membership']>>(`SELECT * FROM households.membership WHERE household_id = ANY ($1::uuid[]) AND ${open}`)) {
    const person = persons.get(row.person_id);
    if (person) person.membership = row;
  }
  for (const row of (await client.query<KnownFact>(`SELECT * FROM households.person_fact WHERE person_id = ANY ($1::uuid[]) AND ${open}`, [[...persons.keys()]])).rows) {
    const person = persons.get(row.person_id);
    if (person) person.fact = row;
  }
  for (const row of await rowsOf<KnownPerson['enrolments'][number]>(`SELECT * FROM households.enrolment WHERE household_id = ANY ($1::uuid[]) AND ${open}`)) if (row.person_id) persons.get(row.person_id)?.enrolments.push(row);
  for (const row of await rowsOf<NonNullable<KnownHousehold['status']>>(`SELECT * FROM households.household_status WHERE household_id = ANY ($1::uuid[]) AND ${open}`)) {
    const household = known.get(row.household_id);
    if (household) household.status = row;
  }
  for (const row of await rowsOf<KnownIncome>(`SELECT * FROM households.income WHERE household_id = ANY ($1::uuid[]) AND superseded_at IS NULL`)) known.get(row.household_id)?.incomes.push(row);
  for (const row of await rowsOf<{ household_id: string; person_key: string }>(`SELECT DISTINCT m.household_id, p.person_key FROM households.membership m JOIN households.person p ON p.id = m.person_id AND p.county_code = m.county_code
    WHERE m.household_id = ANY ($1::uuid[]) AND m.superseded_at IS NULL AND m.valid_to IS NOT NULL AND m.change_id IS NOT NULL AND p.household_id <> m.household_id AND p.person_key IS NOT NULL`)) known.get(row.household_id)?.departed.add(row.person_key);
  for (const section of sectionForms()) {
    const table = tableOf(section);
    const latest = `SELECT DISTINCT ON (household_id, person_id) * FROM households.${table} WHERE household_id = ANY ($1::uuid[]) AND source = 'import' AND superseded_at IS NULL ORDER BY household_id, person_id, observed_on DESC`;
    for (const row of await rowsOf<Omit<KnownSection, 'table' | 'values'> & Record<string, unknown>>(latest)) {
      const values = section.fields.map((field) => (row[columnOf(field)] ?? null) as SectionValue).map((value, index) => (value !== null && section.fields[index]!.kind === 'number' ? Number(value) : value));
      known.get(row.household_id)?.sections.push({ ...row, table, values });
    }
  }
  return known;
}
