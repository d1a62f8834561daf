import { join } from 'node:path';
import { ancestorsOf, regionRange } from '@sunlit/kernel';
import type { ParameterValues, Rule } from '@sunlit/rule-kit';
import { openRuleDatabase, parametersPerCounty, ruleMemoryLimit, runRules, type RuleOutcome, type RunRulesOptions } from '#analytics/rule-runner/index.ts';
import { recordAudit } from '#platform/audit/record-audit.ts';
import { systemActor, type Actor } from '#platform/authorization/actor.ts';
import { withExclusiveLock } from '#platform/database/exclusive-lock.ts';
import { inTransaction } from '#platform/database/transaction.ts';
import { AppError, messageOf } from '#platform/errors.ts';
import { withPrivateFolder } from '#platform/files/private-folder.ts';
import { jobLock } from '#platform/jobs/jobs.ts';
import { log } from '#platform/logging/log.ts';
import { runTask, type TaskProgress } from '#platform/tasks/tasks.ts';
import { chooseDatasets, withDatasets } from '#modules/data-intake/index.ts';
import { readRuleParameterLayers } from '#modules/programmes/index.ts';
import { markFactsGone, openFindings } from '../findings/index.ts';
import { getRuleLibrary } from '../rule-catalogue/index.ts';
import { openRunTables } from './open-run-tables.ts';
import { runActorOf } from './run-actor.ts';
import { finishRule, findRun, hasLaterRun, listRunRules, recordInputs, removeDrafts, resetRules, setRunState, startRule, type RunRow } from './run-store.ts';
import { reasonCodeOf } from './not-run-reason.ts';
import { watchCancellation } from './watch-cancellation.ts';

export interface ExecuteRunOptions {
  /** aborted when the process stops: the run stays as it is and goes on at the next start */
  signal?: AbortSignal | undefined;
  onProgress?: ((progress: { done: number; of: number; rule: string }) => void) | undefined;
}

class RuleUndone extends Error {
  readonly outcome: RuleOutcome;
  constructor(outcome: RuleOutcome) {
    super(`Rule ${outcome.ruleCode} did not end`);
    this.outcome = outcome;
  }
}

/** Does the work of a run, or the rest of it after an interruption. A run that has ended is left alone. */
export async function executeRun(starter: Actor, runId: string, options: ExecuteRunOptions = {}): Promise<void> {
  await withExclusiveLock(jobLock('cross-check-run', runId), () => executeAlone(starter, runId, options));
}

/** A run whose work died has failed; another can be started. */
export async function abandonRun(actor: Actor, runId: string): Promise<void> {
  await inTransaction(actor, async (trx) => {
    const run = await findRun(trx, runId);
    if (!run || !['queued', 'running'].includes(run.state)) return;
    await setRunState(trx, runId, 'failed', { failure: messageOf('internal', 'zh-CN'), finished: true });
  });
}

async function executeAlone(starter: Actor, runId: string, options: ExecuteRunOptions): Promise<void> {
  const run = await inTransaction(systemActor, (trx) => findRun(trx, runId));
  if (!run || !['queued', 'running'].includes(run.state)) return;
  const actor = runActorOf(starter, run.region_code);
  await inTransaction(actor, (trx) => setRunState(trx, runId, 'running'));
  try {
    const end = await runTask(actor, run.task_id ?? undefined, (progress) => work(actor, run, progress, options));
    if (end === 'cancelled') await endCancelled(actor, run);
  } catch (error) {
    // The process is stopping: whoever takes the job again goes on from here.
    if (options.signal?.aborted) throw error;
    log.error({ run: runId, error: (error as Error).message }, 'cross-check failed');
    const failure = error instanceof AppError ? (error.detail ?? messageOf(error.code, 'zh-CN')) : messageOf('internal', 'zh-CN');
    await inTransaction(actor, (trx) => setRunState(trx, runId, 'failed', { failure, finished: true }));
  }
}

/** Room for the registry's picture and what spills, for each row of the datasets: memory-backed only where there is plenty. */
const bytesPerRow = 200;

async function work(actor: Actor, run: RunRow, progress: TaskProgress, options: ExecuteRunOptions): Promise<void> {
  const { rules } = await getRuleLibrary();
  const watch = watchCancellation(actor, run, options.signal);
  try {
    const chosen = await chooseDatasets(systemActor, run.as_of, run.region_code);
    const rows = chosen.reduce((sum, delivery) => sum + delivery.rows, 0);
    await withDatasets(chosen, (open) =>
      withPrivateFolder(async (folder) => {
        const { connection, close } = await openRuleDatabase({ memoryLimit: ruleMemoryLimit(rows), temporaryFolder: join(folder, 'spill') });
        try {
          const tables = await openRunTables(connection, actor, run.as_of, folder, chosen, open);
          const states = await inTransaction(actor, async (trx) => {
            const { changed } = await recordInputs(trx, run.id, tables.inputs);
            await resetRules(trx, run.id, changed);
            return new Map((await listRunRules(trx, run.id)).map((row) => [row.rule_code, row.state]));
          });
          const library = await getRuleLibrary();
          const parametersOf = parametersPerCounty(library, tables.counties, run.as_of, await inTransaction(actor, readRuleParameterLayers));
          const shared = { connection, datasets: tables.datasets, datasetTables: library.datasetTables, parametersOf, asOf: run.as_of, signal: watch.signal };
          for (const [position, rule] of rules.entries()) {
            if (states.get(rule.code) !== 'waiting') continue;
            watch.throwIfStopped();
            await progress.report(position / rules.length, rule.code);
            await runOne(actor, run, rule, shared);
            watch.throwIfStopped();
            options.onProgress?.({ done: position + 1, of: rules.length, rule: rule.code });
          }
        } finally {
          close();
        }
      }, { bytes: rows * bytesPerRow }),
    );
    watch.throwIfStopped();
    await inTransaction(actor, async (trx) => {
      await setRunState(trx, run.id, 'draft', { finished: true });
      await recordAudit(trx, actor, { action: 'run.finish', objectKind: 'run', objectId: run.id, regionCode: run.region_code });
    });
  } finally {
    watch.stop();
  }
}

/** One rule in one transaction: its findings with their evidence, what is gone, its counts and its end, or nothing. */
async function runOne(actor: Actor, run: RunRow, rule: Rule, shared: Omit<RunRulesOptions, 'rules' | 'onFindings'>): Promise<void> {
  const began = performance.now();
  const end = (outcome: RuleOutcome, state: 'done' | 'not-run' | 'failed') => ({ state, reason: outcome.reason ? reasonCodeOf(outcome.reason) : null, hits: outcome.findings, milliseconds: Math.round(performance.now() - began) });
  await inTransaction(actor, (trx) => startRule(trx, run.id, { code: rule.code, version: String(rule.version), parameters: recordable(shared.parametersOf(rule)) }));
  try {
    await inTransaction(actor, async (trx) => {
      const [outcome] = await runRules({ ...shared, rules: [rule], onFindings: async (_rule, batch) => void (await openFindings(trx, run.id, rule, batch)) });
      if (!outcome || outcome.status === 'cancelled' || outcome.status === 'failed') throw new RuleUndone(outcome!);
      if (outcome.status === 'done' && !(await hasLaterRun(trx, run, [...ancestorsOf(run.region_code), run.region_code]))) {
        const range = regionRange(run.region_code);
        await markFactsGone(trx, run.id, rule.code, range.from, range.to);
      }
      await finishRule(trx, run.id, rule.code, end(outcome, outcome.status));
    });
  } catch (error) {
    if (!(error instanceof RuleUndone)) throw error;
    const { outcome } = error;
    if (outcome.status === 'cancelled') return;
    log.error({ run: run.id, rule: rule.code, error: outcome.reason?.code === 'error' ? outcome.reason.message : '' }, 'rule failed');
    await inTransaction(actor, (trx) => finishRule(trx, run.id, rule.code, { ...end(outcome, 'failed'), hits: 0 }));
  }
}

/** Counties with the same values are written together. */
function recordable(parameters: ReadonlyMap<string, ParameterValues>): { counties: string[]; values: ParameterValues }[] {
  const groups = Map.groupBy(parameters, ([, values]) => JSON.stringify(values));
  return [...groups.values()].map((group) => ({ counties: group.map(([county]) => county), values: group[0]![1] }));
}

async function endCancelled(actor: Actor, run: RunRow): Promise<void> {
  await inTransaction(actor, async (trx) => {
    await removeDrafts(trx, run.id);
    await setRunState(trx, run.id, 'cancelled', { finished: true });
  });
}

