import type { DuckDBConnection } from '@duckdb/node-api';
import { evidenceRowOf, isInForce, orderedEvidenceSql, parametersTableSql } from '@sunlit/rule-kit';
import type { DatasetTable, EvidenceRow, ParameterValues, Rule } from '@sunlit/rule-kit';
import type { SnapshotSources } from './attach-tables.ts';
import { findingCandidate } from './finding-candidate.ts';
import type { FindingCandidate } from './finding-candidate.ts';

export interface RuleOutcome {
  readonly ruleCode: string;
  readonly ruleVersion: number;
  /** `not-run` and `failed` say nothing about anybody: they are never a zero */
  readonly status: 'done' | 'not-run' | 'failed' | 'cancelled';
  readonly reason?: NotRunReason;
  readonly findings: number;
  readonly evidenceRows: number;
  readonly seconds: number;
  /** dataset kinds whose newest delivery is older than its freshness allows */
  readonly staleDatasets: readonly string[];
}

export type NotRunReason =
  | { readonly code: 'dataset-missing'; readonly datasets: readonly string[] }
  | { readonly code: 'not-in-force' }
  | { readonly code: 'error'; readonly message: string };

export interface RunRulesOptions {
  /** a database on which `attachTables` and `attachContext` were called */
  readonly connection: DuckDBConnection;
  readonly rules: readonly Rule[];
  readonly datasets: SnapshotSources['datasets'];
  readonly datasetTables: ReadonlyMap<string, DatasetTable>;
  /** the values in force per county, 12-digit code → values; a county that is not here is out of scope */
  readonly parametersOf: (rule: Rule) => ReadonlyMap<string, ParameterValues>;
  readonly asOf: string;
  /** takes the findings in batches; the next batch waits for it */
  readonly onFindings: (rule: Rule, findings: readonly FindingCandidate[]) => Promise<void> | void;
  readonly onProgress?: (progress: {
    readonly position: number;
    readonly total: number;
    readonly outcome: RuleOutcome;
  }) => void;
  readonly signal?: AbortSignal;
  readonly batchSize?: number;
}

/** Large enough that a statement's fixed cost does not count, small enough to keep memory flat. */
export const defaultFindingBatch = 4000;

/** Runs the rules one after another. A rule that cannot run does not stop the others. */
export async function runRules(options: RunRulesOptions): Promise<RuleOutcome[]> {
  const outcomes: RuleOutcome[] = [];
  const interrupt = () => options.connection.interrupt();
  options.signal?.addEventListener('abort', interrupt);
  try {
    for (const rule of options.rules) {
      const outcome = await runOneRule(rule, options);
      outcomes.push(outcome);
      options.onProgress?.({ position: outcomes.length, total: options.rules.length, outcome });
    }
  } finally {
    options.signal?.removeEventListener('abort', interrupt);
  }
  return outcomes;
}

async function runOneRule(rule: Rule, options: RunRulesOptions): Promise<RuleOutcome> {
  const startedAt = performance.now();
  const counts = { findings: 0, evidenceRows: 0 };
  const outcome = (status: RuleOutcome['status'], reason?: NotRunReason): RuleOutcome => ({
    ruleCode: rule.code,
    ruleVersion: rule.version,
    status,
    ...(reason && { reason }),
    ...counts,
    seconds: (performance.now() - startedAt) / 1000,
    staleDatasets: staleDatasets(rule, options),
  });
  if (options.signal?.aborted) return outcome('cancelled');
  if (!isInForce(rule, options.asOf)) return outcome('not-run', { code: 'not-in-force' });
  const missing = rule.datasets.required.filter((kind) => !options.datasets[kind]);
  if (missing.length > 0) return outcome('not-run', { code: 'dataset-missing', datasets: missing });
  try {
    for (const statement of parametersTableSql(rule.parameters, options.parametersOf(rule))) {
      await options.connection.run(statement);
    }
    for await (const batch of findingsOf(rule, options)) {
      counts.findings += batch.length;
      counts.evidenceRows += batch.reduce((sum, { evidence }) => sum + evidence.length, 0);
      await options.onFindings(rule, batch);
    }
    return outcome('done');
  } catch (error) {
    if (options.signal?.aborted) return outcome('cancelled');
    return outcome('failed', { code: 'error', message: error instanceof Error ? error.message : String(error) });
  }
}

async function* findingsOf(rule: Rule, options: RunRulesOptions): AsyncGenerator<FindingCandidate[]> {
  const batchSize = options.batchSize ?? defaultFindingBatch;
  const result = await options.connection.stream(orderedEvidenceSql(rule.evidenceSql));
  let batch: FindingCandidate[] = [];
  let group: EvidenceRow[] = [];
  for await (const rows of result.yieldRowsJs()) {
    if (options.signal?.aborted) throw new Error('cancelled');
    for (const cells of rows) {
      const row = evidenceRowOf(cells as (string | null)[]);
      const first = group[0];
      if (first && (first.subjectId !== row.subjectId || first.period !== row.period)) {
        batch.push(findingCandidate(rule, group));
        group = [];
        if (batch.length >= batchSize) {
          yield batch;
          batch = [];
        }
      }
      group.push(row);
    }
  }
  if (group.length > 0) batch.push(findingCandidate(rule, group));
  if (batch.length > 0) yield batch;
}

function staleDatasets(rule: Rule, { datasets, datasetTables, asOf }: RunRulesOptions): string[] {
  return [...rule.datasets.required, ...rule.datasets.optional].filter((kind) => {
    const latest = datasets[kind]?.latestAsOf;
    const freshnessDays = datasetTables.get(kind)?.freshnessDays;
    if (latest === undefined || freshnessDays === undefined) return false;
    return (Date.parse(asOf) - Date.parse(latest)) / 86_400_000 > freshnessDays;
  });
}
