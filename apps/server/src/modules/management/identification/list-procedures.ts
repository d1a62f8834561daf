import type { ProcedureItem, QueryOf, RegionSummary, ResponseOf, exportProcedures as exportEndpoint, getIdentificationFigures as figuresEndpoint, listProcedureDefinitions as definitionsEndpoint, listProcedures as endpoint } from '@sunlit/api-spec';
import { maskName, newId, regionRange } from '@sunlit/kernel';
import { sql } from 'kysely';
import { recordAudit } from '#platform/audit/record-audit.ts';
import type { Actor } from '#platform/authorization/actor.ts';
import { authorize } from '#platform/authorization/authorize.ts';
import { loadCalendar, workingDaysLeft, type WorkingCalendar } from '#platform/calendar/working-days.ts';
import { today } from '#platform/clock/today.ts';
import { inTransaction, type Trx } from '#platform/database/transaction.ts';
import { csvText } from '#platform/files/tabular/csv-text.ts';
import type { Locale } from '#platform/http/locale.ts';
import { countCap, page, readCursor } from '#platform/http/page.ts';
import { regionNamer } from '#modules/organisation/index.ts';
import { listHeadNames, nameFor } from '#modules/registries/households/index.ts';
import { getProcedureDefinition, help, procedures, titled } from './definitions.ts';
import { listProcedureRows, matching, type ProcedureRow } from './procedure-store.ts';

const mostRows = 50_000;

export interface ItemContext {
  actor: Actor;
  name: (code: string) => RegionSummary;
  calendar: WorkingCalendar;
  heads: ReadonlyMap<string, string>;
}

export async function itemContext(trx: Trx, actor: Actor, rows: readonly ProcedureRow[]): Promise<ItemContext> {
  return { actor, name: await regionNamer(), calendar: await loadCalendar(trx), heads: await listHeadNames(trx, rows.flatMap((row) => row.household_id ?? [])) };
}

export function procedureItem(row: ProcedureRow, { actor, name, calendar, heads }: ItemContext): ProcedureItem {
  const { definition } = getProcedureDefinition(row.definition);
  const head = row.household_id === null ? undefined : heads.get(row.household_id);
  return {
    id: row.id,
    number: row.number,
    definition: { code: definition.code, title: definition.title },
    purpose: row.purpose,
    region: name(row.region_code),
    householdId: row.household_id,
    head: head === undefined ? null : nameFor(actor, head),
    channel: row.channel,
    state: titled(definition.states, row.state),
    isFinal: row.outcome !== null,
    outcome: row.outcome,
    dueOn: row.outcome === null ? row.due_on : null,
    workingDaysLeft: row.outcome === null && row.due_on !== null ? workingDaysLeft(calendar, today(), row.due_on) : null,
    openAppeals: row.open_appeals,
    openedAt: row.opened_at.toISOString(),
  };
}

export async function listProcedures(actor: Actor, query: QueryOf<typeof endpoint>): Promise<ResponseOf<typeof endpoint>> {
  authorize(actor, 'identification.read');
  return inTransaction(actor, async (trx) => {
    const after = readCursor(query.cursor);
    const [order, following] =
      query.sort === 'due'
        ? [sql`coalesce(p.due_on, '9999-12-31'::date), p.id`, after && sql`AND (coalesce(p.due_on, '9999-12-31'::date), p.id) > (${after[0]}::date, ${after[1]}::uuid)`]
        : query.sort === 'opened'
          ? [sql`p.opened_at, p.id`, after && sql`AND (p.opened_at, p.id) > (${after[0]}::timestamptz, ${after[1]}::uuid)`]
          : [sql`p.opened_at DESC, p.id DESC`, after && sql`AND (p.opened_at, p.id) < (${after[0]}::timestamptz, ${after[1]}::uuid)`];
    const rows = await listProcedureRows(trx, query, order, query.limit + 1, following ?? sql``);
    const count = await sql<{ count: number }>`SELECT count(*)::int AS count FROM (SELECT 1 FROM identification.procedure p WHERE ${matching(query)} LIMIT ${countCap + 1}) AS counted`.execute(trx);
    const context = await itemContext(trx, actor, rows);
    return page(rows, query.limit, (row) => [query.sort === 'due' ? (row.due_on ?? '9999-12-31') : row.key, row.id], count.rows[0]!.count, (row) => procedureItem(row, context));
  });
}

export async function exportProcedures(actor: Actor, query: QueryOf<typeof exportEndpoint>, locale: Locale): Promise<Buffer> {
  authorize(actor, 'identification.read');
  const en = locale === 'en';
  return inTransaction(actor, async (trx) => {
    const rows = await listProcedureRows(trx, query, sql`p.opened_at DESC, p.id DESC`, mostRows);
    const context = await itemContext(trx, actor, rows);
    const exportId = newId();
    await recordAudit(trx, actor, { action: 'identification.export', objectKind: 'export', objectId: exportId, regionCode: actor.regionCode, reason: query.purpose, details: { rows: rows.length } });
    const header = en ? ['Number', 'Division', 'Procedure', 'Household', 'State', 'Due', 'Opened'] : ['编号', '区划', '程序', '户主', '状态', '期限', '登记日期'];
    const body = rows.map((row) => {
      const item = procedureItem(row, context);
      const say = (words: { zh: string; en: string }) => (en ? words.en : words.zh);
      const head = row.household_id === null ? '' : maskName(context.heads.get(row.household_id) ?? '');
      return [item.number, item.region.fullName, say(item.definition.title), head, say(item.state.title), item.dueOn ?? '', item.openedAt.slice(0, 10)];
    });
    const mark = en ? [`Exported by ${actor.displayName} on ${today()}; purpose: ${query.purpose}; export ${exportId}`] : [`导出人 ${actor.displayName}，${today()}，用途：${query.purpose}，导出编号 ${exportId}`];
    return csvText([mark, header, ...body, mark]);
  });
}

/** Days pass from the event, not from when somebody typed it in. */
export async function identificationFigures(actor: Actor, query: QueryOf<typeof figuresEndpoint>): Promise<ResponseOf<typeof figuresEndpoint>> {
  authorize(actor, 'identification.read');
  const range = regionRange(query.regionCode ?? actor.regionCode);
  return inTransaction(actor, async (trx) => {
    const scope = sql`p.region_code >= ${range.from} AND p.region_code < ${range.to}`;
    const { rows } = await sql<Record<string, number | null>>`
      SELECT count(*) FILTER (WHERE outcome IS NULL)::int AS open, count(*) FILTER (WHERE outcome IS NULL AND due_on < ${today()}::date)::int AS overdue,
        percentile_cont(0.5) WITHIN GROUP (ORDER BY visited_on - event_on) FILTER (WHERE visited_on IS NOT NULL) AS visit_median, max(visited_on - event_on) AS visit_longest, count(visited_on)::int AS visit_count,
        percentile_cont(0.5) WITHIN GROUP (ORDER BY decided_on - event_on) FILTER (WHERE decided_on IS NOT NULL) AS decision_median, max(decided_on - event_on) AS decision_longest, count(decided_on)::int AS decision_count,
        percentile_cont(0.5) WITHIN GROUP (ORDER BY helped_on - event_on) FILTER (WHERE helped_on IS NOT NULL) AS help_median, max(helped_on - event_on) AS help_longest, count(helped_on)::int AS help_count,
        percentile_cont(0.5) WITHIN GROUP (ORDER BY visited_on - event_on) FILTER (WHERE visited_on IS NOT NULL AND channel = 'department') AS warning_median,
        max(visited_on - event_on) FILTER (WHERE channel = 'department') AS warning_longest, count(visited_on) FILTER (WHERE channel = 'department')::int AS warning_count,
        count(*) FILTER (WHERE outcome = 'entered' AND NOT EXISTS (SELECT 1 FROM identification.measure m WHERE m.procedure_id = p.id AND m.state <> 'dropped'))::int AS without_measure
      FROM identification.procedure p WHERE ${scope} AND purpose = 'entry'`.execute(trx);
    const late = await sql<{ count: number }>`SELECT count(*)::int AS count FROM identification.measure p WHERE ${scope} AND state = 'promised' AND due_on < ${today()}::date`.execute(trx);
    const row = rows[0]!;
    const days = (name: string) => ({ median: row[`${name}_median`] ?? null, longest: row[`${name}_longest`] ?? null, count: row[`${name}_count`] ?? 0 });
    return { open: row['open'] ?? 0, overdue: row['overdue'] ?? 0, toVisit: days('visit'), toDecision: days('decision'), toHelp: days('help'), warningToVisit: days('warning'), measuresOverdue: late.rows[0]!.count, withoutMeasure: row['without_measure'] ?? 0 };
  });
}

export async function listDefinitions(actor: Actor): Promise<ResponseOf<typeof definitionsEndpoint>> {
  authorize(actor, 'identification.read');
  const on = today();
  const coded = (list: readonly { code: string; zh: string; en: string }[]) => list.map(({ code, zh, en }) => ({ code, title: { zh, en } }));
  return {
    items: procedures().map(({ definition }) => ({
      code: definition.code,
      title: definition.title,
      purpose: definition.purpose,
      validFrom: definition.validFrom,
      validTo: definition.validTo ?? null,
      isCurrent: definition.validFrom <= on && (definition.validTo === undefined || definition.validTo > on),
      legalBasis: definition.legalBasis,
      classes: coded(definition.classes),
      states: definition.states.map(({ code, zh, en, dueWorkingDays }) => ({ code, title: { zh, en }, dueWorkingDays: dueWorkingDays ?? null })),
      quorumPercent: definition.appraisal?.quorumPercent ?? null,
      signatures: coded(definition.signatures),
      confirmations: coded(definition.confirmations),
    })),
    risks: coded(help().risks),
    measures: help().measures.map(({ code, zh, en, developing }) => ({ code, title: { zh, en }, developing })),
    relations: coded(help().relations),
  };
}
