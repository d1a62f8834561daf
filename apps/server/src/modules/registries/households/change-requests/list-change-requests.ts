import type { ChangeItem, QueryOf, ResponseOf, exportChangeRequests as exportEndpoint, listChangeRequests as listEndpoint } from '@sunlit/api-spec';
import { newId, regionRange } from '@sunlit/kernel';
import { sql } from 'kysely';
import { recordAudit } from '#platform/audit/record-audit.ts';
import type { Actor } from '#platform/authorization/actor.ts';
import { authorize } from '#platform/authorization/authorize.ts';
import { today } from '#platform/clock/today.ts';
import { labelOf } from '#platform/configuration/dictionaries.ts';
import { inTransaction, type Trx } from '#platform/database/transaction.ts';
import { csvText } from '#platform/files/tabular/csv-text.ts';
import type { Locale } from '#platform/http/locale.ts';
import { countCap, page, readCursor } from '#platform/http/page.ts';
import { regionNamer } from '#modules/organisation/index.ts';
import { nameFor } from '../household-view.ts';
import { changeWorkflow } from './change-procedure.ts';
import type { ChangeRow } from './change-request-store.ts';

type Filter = Omit<QueryOf<typeof listEndpoint>, 'cursor' | 'limit'>;

export interface ListedChange extends ChangeRow {
  number: string;
  head_name: string;
  person_name: string | null;
}

const mostRows = 20_000;
const never = '9999-12-31';

/** Waiting for this person: what their role may decide and they had no hand in, and their own that met a conflict. */
function waitingFor(actor: Actor) {
  const roles = sql`${[...actor.roles]}::text[]`;
  return sql`c.closed_at IS NULL AND (
    (c.proposed_by <> ${actor.accountId} AND c.rebased_by IS DISTINCT FROM ${actor.accountId}::uuid AND (
      (c.state = 'proposed' AND cardinality(c.verifier_roles) > 0 AND c.verifier_roles && ${roles})
      OR (c.state = 'proposed' AND cardinality(c.verifier_roles) = 0 AND c.approver_roles && ${roles})
      OR (c.state = 'verified' AND c.approver_roles && ${roles} AND c.verified_by IS DISTINCT FROM ${actor.accountId}::uuid)))
    OR (c.state = 'conflict' AND (c.proposed_by = ${actor.accountId} OR c.approver_roles && ${roles})))
    AND c.household_id <> ALL (${[...actor.ownHouseholds]}::uuid[])`;
}

function matching(actor: Actor, { regionCode, householdId, kind, state, waiting }: Filter) {
  const range = regionCode ? regionRange(regionCode) : undefined;
  return sql`true
    ${range ? sql`AND c.responsible_region_code >= ${range.from} AND c.responsible_region_code < ${range.to}` : sql``}
    ${householdId ? sql`AND c.household_id = ANY ((SELECT households.household_ids(${householdId}::uuid))::uuid[])` : sql``} ${kind ? sql`AND c.kind = ${kind}` : sql``} ${state ? sql`AND c.state = ${state}` : sql``}
    ${waiting === 'me' ? sql`AND ${waitingFor(actor)}` : waiting === 'mine' ? sql`AND c.proposed_by = ${actor.accountId}` : waiting === 'anybody' ? sql`AND c.closed_at IS NULL` : sql``}`;
}

const order = {
  '-proposed': { key: sql`date_trunc('milliseconds', c.proposed_at)`, cast: sql.raw('timestamptz'), down: true },
  proposed: { key: sql`date_trunc('milliseconds', c.proposed_at)`, cast: sql.raw('timestamptz'), down: false },
  due: { key: sql`coalesce(c.due_on, ${sql.lit(never)}::date)`, cast: sql.raw('date'), down: false },
} as const;

async function listRows(trx: Trx, actor: Actor, filter: Filter, after: (string | number | null)[] | undefined, limit: number): Promise<ListedChange[]> {
  const { key, cast, down } = order[filter.sort];
  const { rows } = await sql<ListedChange>`
    SELECT c.*, h.number, h.head_name, p.name AS person_name FROM households.change_request c
    JOIN households.household h ON h.id = c.household_id AND h.county_code = c.county_code
    LEFT JOIN households.person p ON p.id = c.person_id AND p.county_code = c.county_code
    WHERE ${matching(actor, filter)} ${after ? sql`AND (${key}, c.id) ${down ? sql`<` : sql`>`} (${after[0]}::${cast}, ${after[1]}::uuid)` : sql``}
    ORDER BY ${down ? sql`${key} DESC, c.id DESC` : sql`${key}, c.id`} LIMIT ${limit}`.execute(trx);
  return rows;
}

export async function changeItemView(actor: Actor, locale: Locale): Promise<(row: ListedChange) => ChangeItem> {
  const regionOf = await regionNamer();
  return (row) => {
    const state = changeWorkflow(row.workflow_code).definition.states.find(({ code }) => code === row.state)!;
    return {
      id: row.id,
      kind: { code: row.kind, label: labelOf('change-kind', row.kind, locale) },
      state: { code: row.state, label: locale === 'en' ? state.en : state.zh },
      household: { id: row.household_id, number: row.number, headName: nameFor(actor, row.head_name) },
      person: row.person_id && row.person_name ? { id: row.person_id, name: nameFor(actor, row.person_name) } : null,
      region: regionOf(row.responsible_region_code),
      effectiveOn: row.effective_on,
      proposedBy: row.proposed_by_name,
      proposedAt: row.proposed_at.toISOString(),
      dueOn: row.due_on,
      overdue: row.due_on !== null && row.due_on < today(),
    };
  };
}

export async function listChangeRequests(actor: Actor, { cursor, limit, ...filter }: QueryOf<typeof listEndpoint>, locale: Locale): Promise<ResponseOf<typeof listEndpoint>> {
  authorize(actor, 'household.read', { regionCode: filter.regionCode ?? actor.regionCode });
  const view = await changeItemView(actor, locale);
  return inTransaction(actor, async (trx) => {
    const rows = await listRows(trx, actor, filter, readCursor(cursor), limit + 1);
    const { rows: counted } = await sql<{ count: number }>`SELECT count(*)::int AS count FROM (SELECT 1 FROM households.change_request c WHERE ${matching(actor, filter)} LIMIT ${countCap + 1}) AS counted`.execute(trx);
    return page(rows, limit, (row) => [filter.sort === 'due' ? (row.due_on ?? never) : row.proposed_at.toISOString(), row.id], counted[0]!.count, view);
  });
}

export async function exportChangeRequests(actor: Actor, { purpose, ...filter }: QueryOf<typeof exportEndpoint>, locale: Locale): Promise<Buffer> {
  const regionCode = filter.regionCode ?? actor.regionCode;
  authorize(actor, 'household.export', { regionCode });
  const view = await changeItemView(actor, locale);
  return inTransaction(actor, async (trx) => {
    const items = (await listRows(trx, actor, filter, undefined, mostRows)).map(view);
    const exportId = newId();
    await recordAudit(trx, actor, { action: 'change.export', objectKind: 'export', objectId: exportId, regionCode, reason: purpose, details: { rows: items.length } });
    const en = locale === 'en';
    const header = en ? ['Change', 'State', 'Division', 'Household', 'Head', 'Member', 'Effective on', 'Proposed by', 'Proposed on', 'Due'] : ['变更', '状态', '所在地', '户编号', '户主', '成员', '生效日期', '提出人', '提出日期', '时限'];
    const body = items.map((item) => [item.kind.label, item.state.label, item.region.fullName, item.household.number, item.household.headName, item.person?.name ?? '', item.effectiveOn, item.proposedBy, item.proposedAt.slice(0, 10), item.dueOn ?? '']);
    const mark = en ? [`Exported by ${actor.displayName} on ${today()}; purpose: ${purpose}; export ${exportId}`] : [`导出人 ${actor.displayName}，${today()}，用途：${purpose}，导出编号 ${exportId}`];
    return csvText([mark, header, ...body, mark]);
  });
}
