import type { ProjectItem } from '@sunlit/api-spec';
import { regionRange } from '@sunlit/kernel';
import { sql, type RawBuilder } from 'kysely';
import type { Trx } from '#platform/database/transaction.ts';
import { countCap } from '#platform/http/page.ts';
import { regionNamer } from '#modules/organisation/index.ts';
import { readProjectMoney, type ProjectMoney } from '#modules/registries/funds/index.ts';
import { categoryTitle } from '../project-catalogue.ts';
import { stateTitle } from '../pool/project-workflow.ts';
import type { ProjectRow } from '../pool/project-store.ts';

export interface ProjectFilter {
  regionCode?: string | undefined;
  categoryCode?: string | undefined;
  state?: string | undefined;
  fiscalYear?: number | undefined;
  late?: 'true' | undefined;
  search?: string | undefined;
}

export type ListedProject = ProjectRow & { contract_fen: number };

/** States in which the planned end still means something. */
const open = ['approved', 'under-way'];

function conditions(filter: ProjectFilter, today: string): RawBuilder<unknown> {
  const range = filter.regionCode ? regionRange(filter.regionCode) : undefined;
  const words = (filter.search ?? '').split(/\s+/u).filter(Boolean);
  return sql`true
    ${range ? sql`AND p.region_code >= ${range.from} AND p.region_code < ${range.to}` : sql``}
    ${filter.categoryCode ? sql`AND p.category_code = ${filter.categoryCode}` : sql``}
    ${filter.state ? sql`AND p.state = ${filter.state}` : sql``}
    ${filter.fiscalYear ? sql`AND p.fiscal_year = ${filter.fiscalYear}` : sql``}
    ${filter.late ? sql`AND p.state = ANY (${open}) AND p.finish_by < ${today}::date` : sql``}
    ${sql.join(words.map((word) => sql`AND strpos(p.title || ' ' || p.number, ${word}) > 0`), sql` `)}`;
}

const columns = sql`p.*, (SELECT coalesce(sum(c.value_fen), 0) FROM projects.contract c WHERE c.county_code = p.county_code AND c.project_id = p.id)::bigint AS contract_fen`;

export async function listProjectRows(trx: Trx, filter: ProjectFilter, today: string, order: { sort: '-created' | 'finish'; after: (string | number | null)[] | undefined; limit: number }): Promise<(ListedProject & { created: string })[]> {
  const { after } = order;
  const place = order.sort === 'finish' ? sql`AND (p.finish_by, p.id) > (${after?.[0]}::date, ${after?.[1]}::uuid)` : sql`AND (p.created_at, p.id) < (${after?.[0]}::timestamptz, ${after?.[1]}::uuid)`;
  const { rows } = await sql<ListedProject & { created: string }>`SELECT ${columns}, p.created_at::text AS created FROM projects.project p WHERE ${conditions(filter, today)} ${after ? place : sql``}
    ORDER BY ${order.sort === 'finish' ? sql`p.finish_by, p.id` : sql`p.created_at DESC, p.id DESC`} LIMIT ${order.limit}`.execute(trx);
  return rows;
}

export async function countProjects(trx: Trx, filter: ProjectFilter, today: string): Promise<number> {
  const { rows } = await sql<{ count: number }>`SELECT count(*)::int AS count FROM (SELECT 1 FROM projects.project p WHERE ${conditions(filter, today)} LIMIT ${countCap + 1}) AS counted`.execute(trx);
  return rows[0]?.count ?? 0;
}

export async function findListedProject(trx: Trx, id: string): Promise<ListedProject | undefined> {
  const { rows } = await sql<ListedProject>`SELECT ${columns} FROM projects.project p WHERE p.id = ${id}`.execute(trx);
  return rows[0];
}

export interface ItemContext {
  name: Awaited<ReturnType<typeof regionNamer>>;
  money: ReadonlyMap<string, ProjectMoney>;
  today: string;
}

export async function loadProjectContext(trx: Trx, rows: readonly { id: string }[], today: string): Promise<ItemContext> {
  return { name: await regionNamer(), money: await readProjectMoney(trx, rows.map(({ id }) => id)), today };
}

export function projectItemOf(context: ItemContext, row: ListedProject): ProjectItem {
  const money = context.money.get(row.id) ?? { plannedFen: 0, paidFen: 0 };
  const whole = row.contract_fen > 0 ? row.contract_fen : row.budget_fen;
  return {
    id: row.id,
    number: row.number,
    title: row.title,
    region: context.name(row.region_code),
    category: categoryTitle(row.category_code),
    fiscalYear: row.fiscal_year,
    state: stateTitle(row.state),
    budgetFen: row.budget_fen,
    contractFen: row.contract_fen,
    plannedFen: money.plannedFen,
    paidFen: money.paidFen,
    physicalPercent: row.physical_percent,
    paidPercent: Math.round((money.paidFen * 100) / whole),
    startOn: row.start_on,
    finishBy: row.finish_by,
    rank: row.rank,
    late: open.includes(row.state) && row.finish_by < context.today,
  };
}
