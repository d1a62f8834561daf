import type { DuckDBConnection } from '@duckdb/node-api';
import {
  datasetTableName,
  expectedFindings,
  loadCases,
  loadDatasetTables,
  loadRules,
  prepareCaseSession,
  registryTables,
  renderFact,
  renderHeadline,
  renderNotice,
  resolveParameters,
  ruleParameterFileSchema,
  runCase,
  summariseEvidence,
} from '@sunlit/rule-kit';
import type { SqlSession } from '@sunlit/rule-kit';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { parse } from 'yaml';
import { duckdbSession, openRuleDatabase } from './duckdb-session.ts';

const root = fileURLToPath(new URL('../../../../../', import.meta.url));
const rules = await loadRules(`${root}rules`);
const datasets = await loadDatasetTables(`${root}regions/_base/dataset-kinds`);
const base = ruleParameterFileSchema.parse(parse(await readFile(`${root}regions/_base/rule-parameters.yaml`, 'utf8')));

let connection: DuckDBConnection;
let duckdb: SqlSession;
let postgresql: SqlSession;
const closing: (() => unknown)[] = [];

beforeAll(async () => {
  const database = await openRuleDatabase({ threads: 1 });
  closing.push(() => database.close());
  connection = database.connection;
  duckdb = duckdbSession(connection);
  const admin = new pg.Client({ connectionString: inject('superuserUrl') });
  await admin.connect();
  const name = `rules_${process.pid}`;
  await admin.query(`CREATE DATABASE ${name}`);
  const url = new URL(inject('superuserUrl'));
  url.pathname = `/${name}`;
  const client = new pg.Client({ connectionString: url.toString() });
  await client.connect();
  closing.push(async () => {
    await client.end();
    await admin.query(`DROP DATABASE ${name}`);
    await admin.end();
  });
  postgresql = {
    engine: 'postgresql',
    execute: async (sql) => void (await client.query(sql)),
    query: async (sql) => (await client.query<(string | null)[]>({ text: sql, rowMode: 'array' })).rows,
  };
  await prepareCaseSession(duckdb, datasets);
  await prepareCaseSession(postgresql, datasets);
}, 60_000);

afterAll(async () => {
  for (const close of closing) await close();
});

for (const rule of rules) {
  const cases = await loadCases(rule);
  describe(`${rule.code} ${rule.titles.zh}`, () => {
    it.each(cases.map((ruleCase) => [ruleCase.name, ruleCase] as const))('%s', async (_, ruleCase) => {
      const parameters = ruleCase.asOf < rule.effectiveFrom ? {} : resolveParameters(rule, [base], ruleCase.asOf);
      const fromDuckdb = await runCase(duckdb, rule, ruleCase, parameters, datasets);
      const fromPostgresql = await runCase(postgresql, rule, ruleCase, parameters, datasets);
      expect(fromDuckdb).toEqual(fromPostgresql);
      const expected = expectedFindings(rule, ruleCase);
      expect(summariseEvidence(fromDuckdb, expected)).toEqual(expected);
      for (const language of ['zh', 'en'] as const) {
        for (const row of fromDuckdb) expect(renderFact(rule, row, language, '名册')).not.toMatch(/[{}]|undefined/);
        if (fromDuckdb.length === 0) continue;
        expect(`${renderHeadline(rule, fromDuckdb, language)} ${renderNotice(rule, fromDuckdb, language)}`).not.toMatch(
          /[{}]|undefined/,
        );
      }
    });

    it('reads no other data than it declares', () => {
      const read = connection.getTableNames(rule.evidenceSql, false).filter((table) => table.startsWith('dataset_'));
      const declared = [...rule.datasets.required, ...rule.datasets.optional].map(datasetTableName);
      expect(read.toSorted()).toEqual(declared.toSorted());
      const shared = [...Object.keys(registryTables), 'assisted_households', 'parameters', ...declared];
      expect(connection.getTableNames(rule.evidenceSql, false).filter((table) => !shared.includes(table))).toEqual([]);
    });

    it('has cases that hit, cases that must not, and one before its law is in force', () => {
      expect(cases.filter(({ expect: findings }) => findings.length > 0).length).toBeGreaterThanOrEqual(1);
      expect(cases.filter(({ expect: findings }) => findings.length === 0).length).toBeGreaterThanOrEqual(2);
      expect(cases.some(({ asOf, expect: findings }) => asOf < rule.effectiveFrom && findings.length === 0)).toBe(true);
    });
  });
}
