import type { QueryOf, ResponseOf, RunView, listRunCounts as countsEndpoint, listRuns as listEndpoint } from '@sunlit/api-spec';
import type { Actor } from '#platform/authorization/actor.ts';
import { authorize } from '#platform/authorization/authorize.ts';
import { inTransaction } from '#platform/database/transaction.ts';
import { systemActor } from '#platform/authorization/actor.ts';
import { AppError } from '#platform/errors.ts';
import type { Locale } from '#platform/http/locale.ts';
import { codeColumn, type ListColumn } from '#platform/http/list-route.ts';
import { page, readCursor } from '#platform/http/page.ts';
import { regionNamer } from '#modules/organisation/index.ts';
import { getRuleLibrary } from '../rule-catalogue/index.ts';
import { reasonText } from './not-run-reason.ts';
import { findRun, listCounts, listRunRows, listRunRules, type RunRow } from './run-store.ts';

type RunItem = ResponseOf<typeof listEndpoint>['items'][number];
type Namer = Awaited<ReturnType<typeof regionNamer>>;

const itemOf = (run: RunRow, name: Namer): RunItem => ({
  id: run.id,
  region: name(run.region_code),
  asOf: run.as_of,
  state: run.state,
  startedAt: run.started_at.toISOString(),
  finishedAt: run.finished_at?.toISOString() ?? null,
  startedBy: run.started_by_name ?? systemActor.displayName,
  taskId: run.task_id,
  hits: run.hits,
  failure: run.failure,
});

export async function listRuns(actor: Actor, query: QueryOf<typeof listEndpoint>): Promise<ResponseOf<typeof listEndpoint>> {
  authorize(actor, 'run.read');
  const name = await regionNamer();
  return inTransaction(actor, async (trx) => {
    const { rows, count } = await listRunRows(trx, query, readCursor(query.cursor), query.limit + 1);
    return page(rows, query.limit, (row) => [row.id], count, (row) => itemOf(row, name));
  });
}

const stateWords = { queued: ['排队中', 'Waiting'], running: ['比对中', 'Running'], draft: ['草稿，等待发布', 'Draft, to release'], released: ['已发布', 'Released'], failed: ['没有完成', 'Failed'], cancelled: ['已停止', 'Stopped'] } as const;

export const runColumns: readonly ListColumn<RunItem>[] = [
  { zh: '数据日期', en: 'As of', value: (run) => run.asOf },
  { zh: '区划', en: 'Division', value: (run) => run.region.fullName },
  codeColumn('状态', 'State', (run) => run.state, stateWords),
  { zh: '疑点数', en: 'Hits', value: (run) => run.hits },
  { zh: '开始时间', en: 'Started', value: (run) => run.startedAt },
  { zh: '结束时间', en: 'Ended', value: (run) => run.finishedAt },
  { zh: '发起人', en: 'Started by', value: (run) => run.startedBy },
];

/** A run with its rules; those about officials are there only for who may read such findings. */
export async function viewRun(actor: Actor, id: string, locale: Locale): Promise<RunView> {
  authorize(actor, 'run.read');
  const { rules, kinds } = await getRuleLibrary();
  const name = await regionNamer();
  return inTransaction(actor, async (trx) => {
    const run = await findRun(trx, id);
    if (!run) throw new AppError('not-found');
    const known = new Map(rules.map((rule) => [rule.code, rule]));
    return {
      ...itemOf(run, name),
      inputs: run.inputs,
      rules: (await listRunRules(trx, id)).map((row) => ({
        code: row.rule_code,
        title: known.get(row.rule_code)?.titles ?? { zh: row.rule_code, en: row.rule_code },
        severity: known.get(row.rule_code)?.severity ?? 'blue',
        state: row.state,
        reason: reasonText(row.reason, locale, (kind) => kinds.get(kind)?.title ?? { zh: kind, en: kind }),
        hits: row.hits,
        newHits: row.new_hits,
        milliseconds: row.milliseconds,
        releasedAt: row.released_at?.toISOString() ?? null,
      })),
    };
  });
}

const digits = { county: 6, town: 9, village: 12 } as const;

/** Hits per rule and division as the run found them. */
export async function listRunCounts(actor: Actor, id: string, query: QueryOf<typeof countsEndpoint>): Promise<ResponseOf<typeof countsEndpoint>> {
  authorize(actor, 'run.read');
  const name = await regionNamer();
  return inTransaction(actor, async (trx) => {
    if (!(await findRun(trx, id))) throw new AppError('not-found');
    const rows = await listCounts(trx, id, digits[query.level], query.rule);
    return { items: rows.map((row) => ({ region: name(row.region), rule: row.rule_code, hits: row.hits })) };
  });
}
