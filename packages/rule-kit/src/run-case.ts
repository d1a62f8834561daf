import { caseTables } from './case-tables.ts';
import { createTableSql, insertRowsSql } from './create-table-sql.ts';
import type { DatasetTable } from './dataset-tables.ts';
import { derivedRelationsSql } from './derived-relations.ts';
import { evidenceRowOf, orderedEvidenceSql } from './evidence-row.ts';
import type { EvidenceRow } from './evidence-row.ts';
import { isInForce } from './load-rules.ts';
import type { Rule } from './load-rules.ts';
import type { RuleCase } from './rule-cases.ts';
import { parametersTableSql } from './rule-parameters.ts';
import type { ParameterValues } from './rule-parameters.ts';
import { registryTables } from './snapshot-tables.ts';
import type { SnapshotTable } from './snapshot-tables.ts';
import { sqlShim } from './sql-shim.ts';
import type { SqlEngine } from './sql-shim.ts';

/** One connection to either engine; the caller opens and closes it. */
export interface SqlSession {
  readonly engine: SqlEngine;
  execute(sql: string): Promise<void>;
  /** Rows as text cells, in the order of the query. */
  query(sql: string): Promise<(string | null)[][]>;
}

/** Makes a session ready for cases: shim, empty snapshot tables, derived relations. */
export async function prepareCaseSession(
  session: SqlSession,
  datasets: ReadonlyMap<string, DatasetTable>,
): Promise<void> {
  for (const statement of sqlShim(session.engine)) await session.execute(statement);
  for (const [name, columns] of Object.entries<SnapshotTable>(registryTables))
    await session.execute(createTableSql(name, columns));
  for (const { table, columns } of datasets.values()) await session.execute(createTableSql(table, columns));
  for (const statement of derivedRelationsSql) await session.execute(statement);
}

/** Runs one case and leaves the session as it was. `defaults` are the regional parameters on the case's day. */
export async function runCase(
  session: SqlSession,
  rule: Rule,
  ruleCase: RuleCase,
  defaults: ParameterValues,
  datasets: ReadonlyMap<string, DatasetTable>,
): Promise<EvidenceRow[]> {
  if (!isInForce(rule, ruleCase.asOf)) return [];
  const parameters = rule.parameters.strict().parse({ ...defaults, ...ruleCase.parameters }) as ParameterValues;
  const tables = caseTables(ruleCase, datasets);
  const counties = tables.filter(({ columns }) => 'county_code' in columns && 'region_code' in columns).flatMap(({ rows }) => rows.map((row) => String(row['county_code'])));
  await session.execute('BEGIN');
  try {
    for (const { name, columns, rows } of tables) {
      const insert = insertRowsSql(name, columns, rows);
      if (insert) await session.execute(insert);
    }
    const perCounty = new Map(counties.map((county) => [county, parameters] as const));
    for (const statement of parametersTableSql(rule.parameters, perCounty)) await session.execute(statement);
    return (await session.query(orderedEvidenceSql(rule.evidenceSql))).map(evidenceRowOf);
  } finally {
    await session.execute('ROLLBACK');
  }
}
