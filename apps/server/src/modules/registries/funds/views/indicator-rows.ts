import type { IndicatorItem } from '@sunlit/api-spec';
import { addDays, regionRange } from '@sunlit/kernel';
import { sql, type RawBuilder } from 'kysely';
import type { Trx } from '#platform/database/transaction.ts';
import { countCap } from '#platform/http/page.ts';
import { departmentNames, regionNamer } from '#modules/organisation/index.ts';
import { fundTitle, purposeTitle } from '../fund-catalogue.ts';
import type { IndicatorRow } from '../trail/indicator-store.ts';
import { withCode } from '../trail/trail-policy.ts';
import { clockOf, loadClock, type ClockContext } from './indicator-clock.ts';

export interface BalanceColumns {
  in_transit: number;
  available: number;
  planned: number;
  paid: number;
  passed_on: number;
  carried_forward: number;
  received: number;
}

/** The accounts of a tranche (or of any group of balances `b`) side by side; what came in is turned positive. */
export const balanceColumns: RawBuilder<unknown> = sql`
  coalesce(sum(b.amount_fen) FILTER (WHERE b.account_code = 'in-transit'), 0)::bigint AS in_transit,
  coalesce(sum(b.amount_fen) FILTER (WHERE b.account_code = 'available'), 0)::bigint AS available,
  coalesce(sum(b.amount_fen) FILTER (WHERE b.account_code = 'planned'), 0)::bigint AS planned,
  coalesce(sum(b.amount_fen) FILTER (WHERE b.account_code = 'paid'), 0)::bigint AS paid,
  coalesce(sum(b.amount_fen) FILTER (WHERE b.account_code = 'passed-on'), 0)::bigint AS passed_on,
  coalesce(sum(b.amount_fen) FILTER (WHERE b.account_code = 'carried-forward'), 0)::bigint AS carried_forward,
  coalesce(-sum(b.amount_fen) FILTER (WHERE b.account_code IN ('source', 'received', 'brought-forward')), 0)::bigint AS received`;

export function balancesOf(row: BalanceColumns): IndicatorItem['balances'] {
  return { inTransitFen: row.in_transit, availableFen: row.available, plannedFen: row.planned, paidFen: row.paid, passedOnFen: row.passed_on, carriedForwardFen: row.carried_forward, receivedFen: row.received };
}

export interface IndicatorFilter {
  regionCode?: string | undefined;
  fundCode?: string | undefined;
  fiscalYear?: number | undefined;
  state?: string | undefined;
  clock?: 'late' | 'orange' | 'red' | undefined;
}

export type ListedIndicator = IndicatorRow & BalanceColumns;

/** The day a clock of the list counts from: arrival, or issue while in transit. */
const clockDay = sql`coalesce(i.clock_from, i.issued_on)`;

function conditions(filter: IndicatorFilter, context: ClockContext): RawBuilder<unknown> {
  const range = filter.regionCode ? regionRange(filter.regionCode) : undefined;
  const lateFrom = (days: number) => (Number.isFinite(days) ? addDays(context.today, -days) : '1000-01-01');
  const days = filter.clock === 'red' ? context.limits.red : filter.clock === 'orange' ? context.limits.orange : context.limits.yellow;
  // In transit: past the deadline by that much; `late` = by any day.
  const overdue = filter.clock === 'late' ? context.today : lateFrom(days);
  return sql`true
    ${range ? sql`AND i.region_code >= ${range.from} AND i.region_code < ${range.to}` : sql``}
    ${filter.fundCode ? sql`AND i.fund_code = ${filter.fundCode}` : sql``}
    ${filter.fiscalYear ? sql`AND i.fiscal_year = ${filter.fiscalYear}` : sql``}
    ${filter.state ? sql`AND i.state = ${filter.state}` : sql``}
    ${filter.clock ? sql`AND ((i.state = 'held' AND a.available > 0 AND i.clock_from < ${lateFrom(days)}::date) OR (i.state = 'in-transit' AND a.in_transit > 0 AND i.expected_on < ${overdue}::date))` : sql``}`;
}

const from = sql`funds.indicator i CROSS JOIN LATERAL (SELECT ${balanceColumns} FROM funds.balance b WHERE b.county_code = i.county_code AND b.indicator_id = i.id) a`;

export async function listIndicatorRows(trx: Trx, filter: IndicatorFilter, context: ClockContext, order: { sort: '-issued' | 'clock'; after: (string | number | null)[] | undefined; limit: number }): Promise<ListedIndicator[]> {
  const { after } = order;
  const place = order.sort === 'clock' ? sql`AND (${clockDay}, i.id) > (${after?.[0]}::date, ${after?.[1]}::uuid)` : sql`AND (i.issued_on, i.id) < (${after?.[0]}::date, ${after?.[1]}::uuid)`;
  const { rows } = await sql<ListedIndicator>`SELECT i.*, a.* FROM ${from} WHERE ${conditions(filter, context)} ${after ? place : sql``}
    ORDER BY ${order.sort === 'clock' ? sql`${clockDay}, i.id` : sql`i.issued_on DESC, i.id DESC`} LIMIT ${order.limit}`.execute(trx);
  return rows;
}

export async function countIndicators(trx: Trx, filter: IndicatorFilter, context: ClockContext): Promise<number> {
  const { rows } = await sql<{ count: number }>`SELECT count(*)::int AS count FROM (SELECT 1 FROM ${from} WHERE ${conditions(filter, context)} LIMIT ${countCap + 1}) AS counted`.execute(trx);
  return rows[0]?.count ?? 0;
}

export async function listIndicatorsWhere(trx: Trx, condition: RawBuilder<unknown>, limit: number): Promise<ListedIndicator[]> {
  const { rows } = await sql<ListedIndicator>`SELECT i.*, a.* FROM ${from} WHERE ${condition} ORDER BY i.issued_on, i.id LIMIT ${limit}`.execute(trx);
  return rows;
}

export interface ItemContext extends ClockContext {
  name: Awaited<ReturnType<typeof regionNamer>>;
  departments: ReadonlyMap<string, string>;
}

export async function loadItemContext(trx: Trx, regionCode: string): Promise<ItemContext> {
  return { ...(await loadClock(trx, regionCode)), name: await regionNamer(), departments: await departmentNames(trx) };
}

export function itemOf(context: ItemContext, row: ListedIndicator): IndicatorItem {
  return {
    id: row.id,
    kind: row.kind,
    region: context.name(row.region_code),
    department: row.department_code === null ? null : (context.departments.get(row.department_code) ?? row.department_code),
    fund: withCode(row.fund_code, fundTitle(row.fund_code)),
    fiscalYear: row.fiscal_year,
    purpose: withCode(row.purpose_code, purposeTitle(row.purpose_code)),
    title: row.title,
    documentNumber: row.document_number,
    amountFen: row.amount_fen,
    issuedOn: row.issued_on,
    expectedOn: row.expected_on,
    arrivedOn: row.arrived_on,
    state: row.state,
    balances: balancesOf(row),
    clock: clockOf(context, { state: row.state, issuedOn: row.issued_on, expectedOn: row.expected_on, clockFrom: row.clock_from, availableFen: row.available, inTransitFen: row.in_transit }),
  };
}
