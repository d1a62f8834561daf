export type SqlEngine = 'duckdb' | 'postgresql';

/**
 * The few functions a rule may call that the engines spell differently, under one name in both:
 * month_of(date) → 'YYYY-MM' · month_start('YYYY-MM') → date · add_months(date, n) → date (end of month stays inside it)
 * · months_between('YYYY-MM', 'YYYY-MM') → whole calendar months · age_years(birth, on) → completed years
 * · date_of(year, month, day) → date · year_of(date) → integer.
 */
export function sqlShim(engine: SqlEngine): readonly string[] {
  return engine === 'duckdb' ? duckdbMacros : postgresqlFunctions;
}

const monthsBetween = (a: string, b: string) =>
  `(CAST(substr(${b}, 1, 4) AS INTEGER) - CAST(substr(${a}, 1, 4) AS INTEGER)) * 12 + CAST(substr(${b}, 6, 2) AS INTEGER) - CAST(substr(${a}, 6, 2) AS INTEGER)`;
const monthStart = (m: string) =>
  `make_date(CAST(substr(${m}, 1, 4) AS INTEGER), CAST(substr(${m}, 6, 2) AS INTEGER), 1)`;
const part = (name: string, d: string) => `CAST(extract(${name} FROM ${d}) AS INTEGER)`;
const monthOf = (d: string) =>
  `lpad(CAST(${part('year', d)} AS VARCHAR), 4, '0') || '-' || lpad(CAST(${part('month', d)} AS VARCHAR), 2, '0')`;
const ageYears = (birth: string, on: string) =>
  `${part('year', on)} - ${part('year', birth)} - CASE WHEN ${part('month', on)} * 100 + ${part('day', on)} < ${part('month', birth)} * 100 + ${part('day', birth)} THEN 1 ELSE 0 END`;

const duckdbMacros = [
  `CREATE OR REPLACE MACRO month_of(d) AS ${monthOf('d')}`,
  `CREATE OR REPLACE MACRO month_start(m) AS ${monthStart('m')}`,
  `CREATE OR REPLACE MACRO add_months(d, n) AS CAST(d + to_months(CAST(n AS INTEGER)) AS DATE)`,
  `CREATE OR REPLACE MACRO months_between(a, b) AS ${monthsBetween('a', 'b')}`,
  `CREATE OR REPLACE MACRO age_years(birth, "on") AS ${ageYears('birth', '"on"')}`,
  `CREATE OR REPLACE MACRO date_of(y, m, d) AS make_date(CAST(y AS INTEGER), CAST(m AS INTEGER), CAST(d AS INTEGER))`,
  `CREATE OR REPLACE MACRO year_of(d) AS ${part('year', 'd')}`,
];

const immutable = (signature: string, returns: string, body: string) =>
  `CREATE OR REPLACE FUNCTION ${signature} RETURNS ${returns} LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$ SELECT ${body} $$`;

const postgresqlFunctions = [
  immutable('month_of(d DATE)', 'VARCHAR', monthOf('d')),
  immutable('month_start(m VARCHAR)', 'DATE', monthStart('m')),
  immutable('add_months(d DATE, n BIGINT)', 'DATE', 'CAST(d + make_interval(months => CAST(n AS INTEGER)) AS DATE)'),
  immutable('months_between(a VARCHAR, b VARCHAR)', 'INTEGER', monthsBetween('a', 'b')),
  immutable('age_years(birth DATE, "on" DATE)', 'INTEGER', ageYears('birth', '"on"')),
  immutable(
    'date_of(y BIGINT, m BIGINT, d BIGINT)',
    'DATE',
    'make_date(CAST(y AS INTEGER), CAST(m AS INTEGER), CAST(d AS INTEGER))',
  ),
  immutable('year_of(d DATE)', 'INTEGER', part('year', 'd')),
];
