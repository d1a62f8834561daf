import type { CellValue } from './create-table-sql.ts';
import type { DatasetTable } from './dataset-tables.ts';
import type { RuleCase } from './rule-cases.ts';
import { registryTables } from './snapshot-tables.ts';
import type { SnapshotTable } from './snapshot-tables.ts';
import { meaningOfColumn, symbolicId } from './symbolic-id.ts';

type Row = Readonly<Record<string, CellValue>>;

export interface FilledTable {
  readonly name: string;
  readonly columns: SnapshotTable;
  readonly rows: readonly Row[];
}

const county = '320826000000';
const village = '320826100201';

/** The case's tables complete: what a case leaves out is an ordinary rural household with nothing remarkable about it. */
export function caseTables(ruleCase: RuleCase, datasets: ReadonlyMap<string, DatasetTable>): FilledTable[] {
  const known = new Set([...Object.keys(registryTables), ...[...datasets.values()].map(({ table }) => table)]);
  const unknown = Object.keys(ruleCase.given).find((table) => !known.has(table));
  if (unknown) throw new Error(`Case “${ruleCase.name}”: there is no table ${unknown}`);
  const given = {
    ...ruleCase.given,
    households: withImpliedHouseholds(ruleCase),
    run_context: [{ as_of: ruleCase.asOf }],
  };
  const tables: FilledTable[] = [];
  for (const [name, columns] of Object.entries<SnapshotTable>(registryTables)) {
    const rows = (given[name as keyof typeof given] ?? []) as Row[];
    tables.push({
      name,
      columns,
      rows: rows.map((row, index) => symbolic(columns, withDefaults(name, row, index, ruleCase))),
    });
  }
  for (const { table, columns } of datasets.values()) {
    const rows = (ruleCase.given[table] ?? []).map((row, index) => ({
      delivery_id: 'delivery',
      source_row: index + 1,
      ...row,
    }));
    tables.push({ name: table, columns, rows: rows.map((row) => symbolic(columns, withNames(columns, row))) });
  }
  return tables;
}

function withImpliedHouseholds(ruleCase: RuleCase): Row[] {
  const given = ruleCase.given['households'] ?? [];
  const named = new Set(given.map((row) => row['household_id']));
  const implied = (ruleCase.given['persons'] ?? [])
    .map((row) => row['household_id'])
    .filter((id) => !named.has(id ?? null));
  return [...given, ...[...new Set(implied)].map((id) => ({ household_id: id ?? null }))];
}

function withDefaults(table: string, row: Row, index: number, ruleCase: RuleCase): Row {
  const place = { county_code: county, region_code: village };
  const members = (ruleCase.given['persons'] ?? []).filter(
    (person) => person['household_id'] === row['household_id'],
  ).length;
  const year = Number(ruleCase.asOf.slice(0, 4));
  const person = (ruleCase.given['persons'] ?? []).find((candidate) => candidate['person_id'] === row['person_id']);
  switch (table) {
    case 'households':
      return {
        ...place,
        status_code: 'unstable',
        status_from: '2021-06-01',
        member_count: Math.max(members, 1),
        income_year: year - 1,
        income_per_capita_fen: 1_200_000,
        ...row,
      };
    case 'persons':
      return {
        ...place,
        person_key: row['person_id'] ?? null,
        name_key: row['person_id'] ?? null,
        birth_date: '1975-05-05',
        sex_code: '1',
        relation_code: '01',
        labour_code: 'ordinary',
        student_code: 'none',
        resident_medical_insured: true,
        employee_medical_insured: false,
        member_from: '2015-01-01',
        ...row,
      };
    case 'enrolments':
      return {
        ...place,
        enrolment_id: `enrolment-${index}`,
        household_id: person?.['household_id'] ?? null,
        person_key: row['person_id'] ?? null,
        valid_from: '2020-01-01',
        valid_to: null,
        ...row,
      };
    case 'fund_indicators':
      return {
        county_code: county,
        region_code: county,
        document_number: '测财农〔2026〕1号',
        fund_code: 'bridging-central',
        fund_source: 'central',
        fiscal_year: year,
        issued_on: `${year}-01-20`,
        expected_on: `${year}-02-03`,
        held_since: `${year}-02-01`,
        in_transit_fen: 0,
        available_fen: 0,
        planned_fen: 0,
        paid_fen: 0,
        passed_on_fen: 0,
        ...row,
      };
    case 'fund_plans':
      return {
        county_code: county,
        region_code: county,
        plan_id: `plan-${index}`,
        use_code: 'industry',
        negative_words: '',
        planned_on: `${year}-03-01`,
        finish_by: `${year}-10-31`,
        planned_fen: 0,
        paid_fen: 0,
        ...row,
      };
    case 'identified_households':
      return { ...place, entered_on: `${year}-01-01`, risks: 1, unanswered_risks: 0, measures: 1, ...row };
    case 'exclusive_programmes':
    case 'policy_lines':
      return { county_code: county, valid_from: '2000-01-01', valid_to: null, ...row };
    default:
      return row;
  }
}

/** A dataset row that does not say otherwise carries the name of the person it is about. */
function withNames(columns: SnapshotTable, row: Row): Row {
  const names: Record<string, CellValue> = {};
  for (const column of Object.keys(columns).filter((name) => name.endsWith('_name_key'))) {
    names[column] = row[column.replace('_name_key', '_key')] ?? null;
  }
  if ('account_holder_key' in columns) names['account_holder_key'] = row['payee_key'] ?? null;
  return { ...names, ...row };
}

function symbolic(columns: SnapshotTable, row: Row): Row {
  return Object.fromEntries(
    Object.entries(row).map(([column, value]) => [
      column,
      columns[column] === 'UUID' && typeof value === 'string' ? symbolicId(meaningOfColumn(column), value) : value,
    ]),
  );
}
