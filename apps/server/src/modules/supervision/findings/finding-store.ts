import { regionRange } from '@sunlit/kernel';
import { sql, type RawBuilder } from 'kysely';
import type { Trx } from '#platform/database/transaction.ts';
import { countCap } from '#platform/http/page.ts';

export interface FindingRow {
  county_code: string;
  id: string;
  number: string;
  rule_code: string;
  rule_version: string;
  severity: 'red' | 'orange' | 'yellow' | 'blue';
  severity_rank: number;
  direction: 'receives-but-should-not' | 'should-receive-but-does-not' | 'money-off-track';
  visibility: string;
  subject_kind: string;
  subject_id: string;
  household_id: string | null;
  person_id: string | null;
  responsible_region_code: string;
  period: string;
  headline_zh: string;
  headline_en: string;
  state: 'signal' | 'assigned' | 'verifying' | 'awaiting-answer' | 'decided' | 'followed-up' | 'closed';
  outcome: 'confirmed' | 'excused' | 'wrong-data' | null;
  outcome_excuse: string | null;
  outcome_reason: string | null;
  decided_by: string | null;
  decided_at: Date | null;
  assignee_id: string | null;
  due_on: string | null;
  /** NULL where a household said it */
  last_run_id: string | null;
  fact_gone: boolean;
  opened_at: Date;
  released_at: Date | null;
  version: number;
  head_name: string | null;
  assignee_name: string | null;
}

export interface FindingFilter {
  regionCode?: string | undefined;
  rule?: string | undefined;
  severity?: string | undefined;
  direction?: string | undefined;
  state?: string | undefined;
  assignee?: 'me' | 'nobody' | undefined;
  overdue?: 'yes' | undefined;
  ageDays?: number | undefined;
  householdId?: string | undefined;
  subjectIds?: string | undefined;
  q?: string | undefined;
  actorId: string;
  today: string;
}

const columns = sql`f.*, h.head_name, s.display_name AS assignee_name`;
const joins = sql`
  LEFT JOIN households.household h ON h.id = f.household_id AND h.county_code = f.county_code
  LEFT JOIN organisation.staff s ON s.id = f.assignee_id`;

function condition(filter: FindingFilter): RawBuilder<unknown> {
  const range = filter.regionCode ? regionRange(filter.regionCode) : undefined;
  return sql`f.released_at IS NOT NULL
    ${range ? sql`AND f.responsible_region_code >= ${range.from} AND f.responsible_region_code < ${range.to}` : sql``}
    ${filter.rule ? sql`AND f.rule_code = ${filter.rule}` : sql``}
    ${filter.severity ? sql`AND f.severity = ${filter.severity}` : sql``}
    ${filter.direction ? sql`AND f.direction = ${filter.direction}` : sql``}
    ${filter.state ? sql`AND f.state = ${filter.state}` : sql``}
    ${filter.assignee === 'me' ? sql`AND f.assignee_id = ${filter.actorId}` : sql``}
    ${filter.assignee === 'nobody' ? sql`AND f.assignee_id IS NULL` : sql``}
    ${filter.overdue ? sql`AND f.due_on < ${filter.today}::date AND f.state <> 'closed'` : sql``}
    ${filter.ageDays !== undefined ? sql`AND f.opened_at < now() - make_interval(days => ${filter.ageDays})` : sql``}
    ${filter.householdId ? sql`AND f.household_id = households.kept_household(${filter.householdId}::uuid)` : sql``}
    ${filter.subjectIds ? sql`AND f.subject_id = ANY (${filter.subjectIds.split(',')}::uuid[])` : sql``}
    ${filter.q ? sql`AND (f.number = ${filter.q} OR f.household_id IN (SELECT t.household_id FROM households.search_token t WHERE t.token IN (${`n:${filter.q}`}, ${`h:${filter.q}`}, ${`p:${filter.q.toLowerCase()}`}, ${`d:${filter.q.toUpperCase()}`})))` : sql``}`;
}

export type FindingSort = '-opened' | 'opened' | 'due' | '-severity';
const orders: Record<FindingSort, RawBuilder<unknown>> = {
  '-severity': sql`f.severity_rank, f.opened_at DESC, f.id`,
  '-opened': sql`f.opened_at DESC, f.id`,
  opened: sql`f.opened_at, f.id`,
  due: sql`coalesce(f.due_on, '9999-12-31'::date), f.id`,
};

export function sortKey(sort: FindingSort, row: FindingRow): (string | number | null)[] {
  if (sort === '-severity') return [row.severity_rank, row.opened_at.toISOString(), row.id];
  if (sort === 'due') return [row.due_on ?? '9999-12-31', row.id];
  return [row.opened_at.toISOString(), row.id];
}

function afterKey(sort: FindingSort, key: (string | number | null)[]): RawBuilder<unknown> {
  const [first, second, third] = key;
  if (sort === '-severity') return sql`AND (f.severity_rank > ${first} OR (f.severity_rank = ${first} AND (date_trunc('milliseconds', f.opened_at) < ${second}::timestamptz OR (date_trunc('milliseconds', f.opened_at) = ${second}::timestamptz AND f.id > ${third}::uuid))))`;
  if (sort === 'due') return sql`AND (coalesce(f.due_on, '9999-12-31'::date), f.id) > (${first}::date, ${second}::uuid)`;
  if (sort === 'opened') return sql`AND (date_trunc('milliseconds', f.opened_at), f.id) > (${first}::timestamptz, ${second}::uuid)`;
  return sql`AND (date_trunc('milliseconds', f.opened_at) < ${first}::timestamptz OR (date_trunc('milliseconds', f.opened_at) = ${first}::timestamptz AND f.id > ${second}::uuid))`;
}

export async function listFindingRows(trx: Trx, filter: FindingFilter, sort: FindingSort, after: (string | number | null)[] | undefined, limit: number): Promise<FindingRow[]> {
  const { rows } = await sql<FindingRow>`SELECT ${columns} FROM supervision.finding f ${joins} WHERE ${condition(filter)} ${after ? afterKey(sort, after) : sql``} ORDER BY ${orders[sort]} LIMIT ${limit}`.execute(trx);
  return rows;
}

export async function countFindings(trx: Trx, filter: FindingFilter): Promise<number> {
  const { rows } = await sql<{ count: number }>`SELECT count(*) AS count FROM (SELECT 1 FROM supervision.finding f WHERE ${condition(filter)} LIMIT ${countCap + 1}) AS counted`.execute(trx);
  return rows[0]?.count ?? 0;
}

export async function findFinding(trx: Trx, id: string, options: { lock?: boolean } = {}): Promise<FindingRow | undefined> {
  const { rows } = await sql<FindingRow>`SELECT ${columns} FROM supervision.finding f ${joins} WHERE f.id = ${id} AND f.released_at IS NOT NULL ${options.lock ? sql`FOR UPDATE OF f` : sql``}`.execute(trx);
  return rows[0];
}

export interface EvidenceRowStored {
  ordinal: number;
  person_id: string | null;
  dataset: string;
  delivery_id: string | null;
  source_row: number | null;
  fact: string;
  observed_on: string | null;
  amount_fen: number | null;
  detail: string | null;
}

export async function listEvidence(trx: Trx, findingId: string): Promise<EvidenceRowStored[]> {
  const { rows } = await sql<EvidenceRowStored>`SELECT * FROM supervision.evidence WHERE finding_id = ${findingId} ORDER BY ordinal`.execute(trx);
  return rows;
}

export async function insertStep(trx: Trx, finding: Pick<FindingRow, 'county_code' | 'id' | 'responsible_region_code'>, step: { id: string; byId: string; byName: string; action: string; from: string | null; to: string; reason: string }): Promise<void> {
  await trx
    .insertInto('supervision.finding_step')
    .values({
      county_code: finding.county_code,
      id: step.id,
      finding_id: finding.id,
      responsible_region_code: finding.responsible_region_code,
      by_id: step.byId,
      by_name: step.byName,
      action: step.action,
      from_state: step.from,
      to_state: step.to,
      reason: step.reason,
    })
    .execute();
}
