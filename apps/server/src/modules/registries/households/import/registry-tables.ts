import type { PoolClient } from 'pg';
import { columnOf, sectionForms, tableOf } from '../sections/section-forms.ts';
import { copyLine, copyLines, type CopyValue } from './copy-rows.ts';

/** Columns written by an import, in the order of the values given for them. */
const ownColumns = {
  household: 'county_code, id, number, responsible_region_code, historical_region_code, head_name, address_enc, phone_enc, bank_name, account_enc, account_key, status_code, status_from, member_count, income_year, income_per_capita_fen, source_import_id, source_row, import_template, imported_as_of, content_hash, version',
  person: 'county_code, id, household_id, responsible_region_code, name, name_key, id_number_enc, person_key, id_number_problem, document_type, birth_date, sex_code, id_region_code, ethnicity, phone_enc, content_hash, import_id',
  membership: 'county_code, id, household_id, person_id, responsible_region_code, relation_code, valid_from, valid_to, import_id',
  person_fact: 'county_code, id, person_id, responsible_region_code, labour_code, student_code, education_code, health_enc, resident_medical_insured, employee_medical_insured, valid_from, valid_to, source, recorded_by, import_id',
  household_status: 'county_code, id, household_id, responsible_region_code, status_code, valid_from, valid_to, reason, recorded_by, import_id',
  income: 'county_code, id, household_id, responsible_region_code, year, source, wage_fen, business_fen, property_fen, transfer_fen, cost_fen, per_capita_fen, medical_fen, insurance_fen, observed_on, import_id',
  enrolment: 'county_code, id, household_id, person_id, responsible_region_code, programme_code, valid_from, valid_to, import_id',
  source_row: 'county_code, import_id, household_id, person_id, responsible_region_code, row_number, template, unmapped_enc, content_hash',
  import_undo: 'import_id, county_code, household_id, responsible_region_code, created, before_enc, version_after',
} as const;

/** Sections of the form: what every row has, then the fields. */
const sectionColumns = Object.fromEntries(sectionForms().map((section) => [tableOf(section), `county_code, id, household_id, person_id, responsible_region_code, source, observed_on, ${section.fields.map(columnOf).join(', ')}, import_id`]));
const columns: Readonly<Record<string, string>> = { ...ownColumns, ...sectionColumns };

/** What a change of a value says: the database puts it on record beside what was said before. */
const datedColumns = 'county text, region text, subject uuid, field text, since timestamptz, old_value bytea, new_value bytea, from_day date, by_account uuid';

export type RegistryTable = keyof typeof ownColumns | `section_${string}`;
/** Facts with recorded time: never overwritten, only superseded. */
export const factTables: readonly FactTable[] = ['membership', 'person_fact', 'household_status', 'income', 'enrolment', ...sectionForms().map((section) => tableOf(section) as `section_${string}`)];
export type FactTable = 'membership' | 'person_fact' | 'household_status' | 'income' | 'enrolment' | `section_${string}`;

/** Changed rows of these two tables are staged whole and then written over the old ones, which are kept for undoing. */
const changeable = { household: 'household_change', person: 'person_change' } as const;

/** Gathers rows of all tables of the registry and writes them table by table through staging tables. */
export class RegistryTables {
  readonly #client: PoolClient;
  readonly #importId: string;
  #lines = new Map<string, string[]>();
  #superseded = new Map<FactTable, { counties: string[]; ids: string[] }>();

  private constructor(client: PoolClient, importId: string) {
    this.#client = client;
    this.#importId = importId;
  }

  static async open(client: PoolClient, importId: string): Promise<RegistryTables> {
    for (const table of Object.keys(columns)) await client.query(`CREATE TEMP TABLE staged_${table} (LIKE households.${table} INCLUDING DEFAULTS) ON COMMIT DROP`);
    for (const [table, staged] of Object.entries(changeable)) await client.query(`CREATE TEMP TABLE staged_${staged} (LIKE households.${table} INCLUDING DEFAULTS) ON COMMIT DROP`);
    await client.query(`CREATE TEMP TABLE staged_date (${datedColumns}) ON COMMIT DROP`);
    return new RegistryTables(client, importId);
  }

  insert(table: RegistryTable, values: readonly CopyValue[]): void {
    this.#add(table, values);
  }

  change(table: 'household' | 'person', values: readonly CopyValue[]): void {
    this.#add(changeable[table], values);
  }

  /** @param values of `datedColumns` */
  date(values: readonly CopyValue[]): void {
    this.#add('date', values);
  }

  supersede(table: FactTable, row: { county_code: string; id: string }): void {
    const list = this.#superseded.get(table) ?? { counties: [], ids: [] };
    list.counties.push(row.county_code);
    list.ids.push(row.id);
    this.#superseded.set(table, list);
  }

  #add(table: string, values: readonly CopyValue[]): void {
    const lines = this.#lines.get(table);
    if (lines) lines.push(copyLine(values));
    else this.#lines.set(table, [copyLine(values)]);
  }

  /** Writes what was gathered until now; what comes meanwhile waits for the next time. */
  async flush(): Promise<void> {
    const [gathered, superseded] = [this.#lines, this.#superseded];
    this.#lines = new Map();
    this.#superseded = new Map();
    for (const [table, { counties, ids }] of superseded) {
      await this.#client.query(
        `UPDATE households.${table} SET superseded_at = now(), superseded_by_import = $1 WHERE (county_code, id) IN (SELECT * FROM unnest($2::text[], $3::uuid[]))`,
        [this.#importId, counties, ids],
      );
    }
    const dated = gathered.get('date');
    if (dated) {
      await copyLines(this.#client, 'staged_date', datedColumns.replaceAll(/ \w+(?=,|$)/g, ''), dated);
      await this.#client.query(`SELECT households.date_value(county, region, subject, field, since, old_value, new_value, from_day, 'import', by_account, NULL, $1) FROM staged_date`, [this.#importId]);
      await this.#client.query('TRUNCATE staged_date');
    }
    for (const [table, staged] of Object.entries(changeable) as ['household' | 'person', string][]) {
      const lines = gathered.get(staged);
      if (!lines) continue;
      await copyLines(this.#client, `staged_${staged}`, columns[table]!, lines);
      await this.#client.query(updateSql(table, `staged_${staged}`));
      await this.#client.query(`TRUNCATE staged_${staged}`);
    }
    const staged: RegistryTable[] = [];
    for (const table of Object.keys(columns) as RegistryTable[]) {
      const lines = gathered.get(table);
      if (!lines) continue;
      await copyLines(this.#client, `staged_${table}`, columns[table]!, lines);
      staged.push(table);
    }
    // one round trip for all of them
    if (staged.length > 0) {
      const inserts = staged.map((table) => `INSERT INTO households.${table} (${columns[table]}) SELECT ${columns[table]} FROM staged_${table}`);
      await this.#client.query([...inserts, `TRUNCATE ${staged.map((table) => `staged_${table}`).join(', ')}`].join(';\n'));
    }
  }
}

const never = new Set(['county_code', 'id', 'household_id', 'import_id']);

function updateSql(table: 'household' | 'person', staged: string): string {
  const set = columns[table]!.split(', ').filter((column) => !never.has(column) && column !== 'version').map((column) => `${column} = s.${column}`);
  if (table === 'household') set.push('version = t.version + 1', 'changed_at = now()');
  return `UPDATE households.${table} t SET ${set.join(', ')} FROM ${staged} s WHERE t.county_code = s.county_code AND t.id = s.id`;
}
