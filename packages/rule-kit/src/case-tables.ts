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
        kind_code: 'project',
        project_id: 'some-project',
        negative_words: '',
        planned_on: `${year}-03-01`,
        finish_by: `${year}-10-31`,
        planned_fen: 0,
        paid_fen: 0,
        ...row,
      };
    case 'fund_payments':
      return { ...place, payment_id: `payment-${index}`, plan_id: `plan-${index}`, voucher_number: `PZ-${index}`, payee_kind: 'vendor', account_kind: 'unit', amount_fen: 10_000_000, paid_on: `${year}-06-01`, ...row };
    case 'plan_shares':
      return { ...place, plan_id: `plan-${index}`, use_code: 'income-distribution', last_paid_on: `${year}-06-01`, households: 40, least_fen: 50_000, most_fen: 90_000, ...row };
    case 'projects':
      return { ...place, number: `XM-${index}`, category_code: 'infrastructure', state_code: 'under-way', fiscal_year: year, target_count: 3, published_on: `${year}-01-10`, approved_on: `${year}-02-01`, started_on: null, progress_on: null, finish_by: `${year}-10-31`, completed_on: null, accepted_on: null, budget_fen: 10_000_000, contract_fen: 0, paid_fen: 0, physical_percent: 0, missing_papers: 0, households: 50, linked_households: 0, ...row };
    case 'project_pictures':
      return { ...place, document_id: `picture-${index}`, added_on: `${year}-05-01`, ...row };
    case 'tenders':
      return { ...place, number: `ZB-${index}`, method_code: 'open', price_only: false, estimate_fen: 2_000_000, published_on: `${year}-03-01`, due_on: `${year}-03-25`, awarded_on: `${year}-03-28`, ...row };
    case 'bids':
      return { bid_id: `bid-${index}`, vendor_id: `vendor-${index}`, amount_fen: 1_000_000 + index, is_late: false, is_valid: true, is_winner: false, origin_key: null, representative_key: null, ...row };
    case 'contracts':
      return { ...place, contract_id: `contract-${index}`, number: `HT-${index}`, vendor_id: 'vendor', method_code: 'open', signed_fen: 1_000_000, value_fen: 1_000_000, signed_on: `${year}-04-01`, ...row };
    case 'contract_items':
      return { ...place, contract_id: `contract-${index}`, number: `HT-${index}`, ordinal: 1, item_code: 'road', quantity_thousandths: 1_000_000, unit_price_fen: 13_500, measured_thousandths: null, measured_on: null, signed_on: `${year}-04-01`, ...row };
    case 'contract_milestones':
      return { ...place, contract_id: `contract-${index}`, number: `HT-${index}`, due_on: `${year}-08-01`, met_on: null, amount_fen: 1_000_000, ...row };
    case 'vendor_people':
      return { county_code: county, credit_code: `CODE-${index}`, from_on: null, to_on: null, ...row };
    case 'invoices':
      return { ...place, invoice_id: `invoice-${index}`, contract_id: `contract-${index}`, vendor_id: 'vendor', number: String(10_000_000 + index * 7), issued_on: `${year}-05-01`, amount_fen: 100_000, void_on: null, is_paid: true, ...row };
    case 'assets':
      return { ...place, number: `ZC-${index}`, class_code: 'operating', state_code: 'in-use', state_on: `${year - 1}-01-10`, formed_on: `${year - 1}-01-10`, registered_on: `${year - 1}-02-10`, original_fen: 50_000_000, ...row };
    case 'leases':
      return { ...place, lease_id: `lease-${index}`, number: `ZL-${index}`, start_on: `${year}-01-01`, end_on: `${year}-12-31`, yearly_fen: 5_000_000, appraised_fen: 5_000_000, has_vote: true, ...row };
    case 'rents':
      return { ...place, number: `ZL-${index}`, amount_fen: 2_500_000, received_fen: 0, ...row };
    case 'asset_incomes':
      return { ...place, receipt_number: `SJ-${index}`, amount_fen: 2_500_000, distributed_on: null, ...row };
    case 'asset_disposals':
      return { ...place, price_fen: 1_000_000, appraised_fen: 1_000_000, published_on: `${year}-05-01`, disposed_on: `${year}-06-01`, ...row };
    case 'income_shares':
      return { ...place, asset_number: `ZC-${index}`, amount_fen: 100_000, answered_fen: null, answered_on: null, ...row };
    case 'leaking_notices':
      return { ...place, notice_id: `notice-${index}`, number: `GS-${index}`, starts_on: `${year}-10-20`, ends_on: `${year}-11-10`, leak_kind: 'id-number', places: 1, ...row };
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
