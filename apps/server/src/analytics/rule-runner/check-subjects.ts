import type { DuckDBConnection } from '@duckdb/node-api';
import { createTableSql, insertRowsSql, registryTables } from '@sunlit/rule-kit';
import type { CellValue, DatasetTable } from '@sunlit/rule-kit';
import { attachContext, attachTables } from './attach-tables.ts';
import type { SnapshotSources } from './attach-tables.ts';
import { openRuleDatabase } from './duckdb-session.ts';
import type { RuleDatabaseOptions } from './duckdb-session.ts';
import type { FindingCandidate } from './finding-candidate.ts';
import { runRules } from './run-rules.ts';
import type { RuleOutcome, RunRulesOptions } from './run-rules.ts';

type Row = Readonly<Record<string, CellValue | undefined>>;

/** The household as it stands now, when the snapshot is older than the change being checked. Columns as in `registryTables`. */
export interface HouseholdInHand {
  readonly household: Row;
  readonly persons: readonly Row[];
  readonly enrolments: readonly Row[];
}

export interface CheckSubjectsOptions
  extends Pick<RunRulesOptions, 'rules' | 'parametersOf' | 'asOf' | 'datasetTables' | 'signal'>, RuleDatabaseOptions {
  /** a function when the tables have to be made in the check's own database first */
  readonly sources: SnapshotSources | ((connection: DuckDBConnection) => Promise<SnapshotSources>);
  readonly householdId: string;
  readonly inHand?: HouseholdInHand;
}

/** Answers for one household at once and opens nothing: entry, enrolment and payment ask before they act. */
export async function checkSubjects(
  options: CheckSubjectsOptions,
): Promise<{ findings: FindingCandidate[]; outcomes: RuleOutcome[] }> {
  const { connection, close } = await openRuleDatabase(options);
  try {
    const sources = typeof options.sources === 'function' ? await options.sources(connection) : options.sources;
    await attachTables(connection, sources, options.datasetTables, 'all_');
    await narrowRegistry(connection, options);
    await narrowDatasets(connection, options.datasetTables);
    await attachContext(connection, options.asOf);
    const findings: FindingCandidate[] = [];
    const outcomes = await runRules({
      ...options,
      connection,
      datasets: sources.datasets,
      onFindings(_, batch) {
        // people who share an account with this household are present so that it can be seen; they are not the question
        findings.push(
          ...batch.filter(({ evidence }) => evidence.some((row) => row.householdId === options.householdId)),
        );
      },
    });
    return { findings, outcomes };
  } finally {
    close();
  }
}

async function narrowRegistry(
  connection: DuckDBConnection,
  { householdId, inHand }: CheckSubjectsOptions,
): Promise<void> {
  if (!/^[0-9a-f-]{36}$/i.test(householdId)) throw new Error('A household id is a UUID');
  const tables = [
    ['households', inHand && [inHand.household]],
    ['persons', inHand?.persons],
    ['enrolments', inHand?.enrolments],
  ] as const;
  for (const [name, rows] of tables) {
    if (rows) {
      await connection.run(createTableSql(name, registryTables[name]));
      const insert = insertRowsSql(name, registryTables[name], rows);
      if (insert) await connection.run(insert);
    } else {
      await connection.run(
        `CREATE TEMPORARY TABLE ${name} AS SELECT * FROM all_${name} WHERE household_id = '${householdId}'`,
      );
    }
  }
  const narrowed = new Set<string>(['run_context', ...tables.map(([name]) => name)]);
  for (const name of Object.keys(registryTables).filter((table) => !narrowed.has(table))) {
    await connection.run(`CREATE TEMPORARY VIEW ${name} AS SELECT * FROM all_${name}`);
  }
}

async function narrowDatasets(
  connection: DuckDBConnection,
  datasetTables: ReadonlyMap<string, DatasetTable>,
): Promise<void> {
  await connection.run(
    'CREATE TEMPORARY TABLE keys AS SELECT person_key FROM persons UNION SELECT person_key FROM enrolments',
  );
  for (const { table, columns, personKeyColumns } of datasetTables.values()) {
    const own = personKeyColumns.map((column) => `${column} IN (SELECT person_key FROM keys)`).join(' OR ');
    if (!('account_key' in columns)) {
      await connection.run(`CREATE TEMPORARY TABLE ${table} AS SELECT * FROM all_${table} WHERE ${own}`);
      continue;
    }
    await connection.run(
      `CREATE TEMPORARY TABLE accounts AS SELECT DISTINCT account_key FROM all_${table} WHERE ${own}`,
    );
    await connection.run(
      `CREATE TEMPORARY TABLE ${table} AS SELECT * FROM all_${table} WHERE (${own}) OR account_key IN (SELECT account_key FROM accounts)`,
    );
    await connection.run(
      `INSERT INTO persons SELECT * FROM all_persons
       WHERE person_key IN (SELECT ${personKeyColumns[0] ?? 'NULL'} FROM ${table}) AND person_key NOT IN (SELECT person_key FROM keys)`,
    );
    await connection.run(
      `INSERT INTO households SELECT * FROM all_households
       WHERE household_id IN (SELECT household_id FROM persons) AND household_id NOT IN (SELECT household_id FROM households)`,
    );
  }
}
