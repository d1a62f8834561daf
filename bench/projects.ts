import { villagesOf } from '@sunlit/demo';
import pg from 'pg';
import { systemActor, type Actor } from '../apps/server/src/platform/authorization/actor.ts';
import { createApp } from '../apps/server/src/platform/http/create-app.ts';
import { registerModuleRoutes } from '../apps/server/src/modules.ts';
import { traceIndicator } from '../apps/server/src/modules/registries/funds/views/trace.ts';
import { traceProject } from '../apps/server/src/modules/registries/projects/views/trace-project.ts';
import { rounded, withBenchDatabase, withPeakMemory } from './bench-database.ts';
import type { BenchResult } from './intake.ts';

const years = 10;
/** projects a year in a city of 422,000 assisted people: two or three for every village that has any */
const cityProjectsAYear = 2_000;
const calls = 60;
const city = '320800000000';

/**
 * Ten fiscal years of projects with tenders, bids, contracts and their money: the public list and search, a project's page,
 * the traces, and the open contracting file of everything. The baseline reads the same rows as bare SQL.
 */
export async function benchProjects(persons = 422_000): Promise<BenchResult & Record<string, number | string>> {
  return withBenchDatabase(async ({ superuserUrl }) => {
    const client = new pg.Client({ connectionString: superuserUrl });
    await client.connect();
    try {
      const projects = Math.max(200, Math.round((persons / 422_000) * cityProjectsAYear * years));
      const filling = await timed(() => fill(client, projects));
      const app = await createApp({ version: 'bench', registerRoutes: registerModuleRoutes });
      const get = async (url: string) => {
        const answer = await app.inject({ url, headers: { 'accept-language': 'zh-CN' } });
        if (answer.statusCode !== 200) throw new Error(`${url}: ${answer.statusCode} ${answer.body.slice(0, 200)}`);
        return answer.body;
      };
      const { rows: some } = await client.query<{ id: string; region_code: string; title: string; indicator_id: string }>(
        'SELECT p.id, p.region_code, p.title, l.indicator_id FROM projects.project p JOIN funds.plan l ON l.project_id = p.id ORDER BY md5(p.id::text) LIMIT $1',
        [calls],
      );
      const actor: Actor = { ...systemActor, permissions: new Set(['project.read', 'fund.read']) };
      const of = (work: (one: (typeof some)[number]) => Promise<unknown>) => p95(some, work);
      const measured = {
        listCityP95: await of(() => get(`/api/public/projects?regionCode=${city}`)),
        listVillageP95: await of(({ region_code }) => get(`/api/public/projects?regionCode=${region_code}`)),
        searchP95: await of(({ title }) => get(`/api/public/projects?regionCode=${city}&search=${encodeURIComponent(title)}`)),
        searchNothingP95: await of(() => get(`/api/public/projects?regionCode=${city}&search=${encodeURIComponent('没有这样的项目')}`)),
        pageP95: await of(({ id }) => get(`/api/public/projects/${id}`)),
        traceProjectP95: await of(({ id }) => traceProject(actor, id)),
        traceIndicatorP95: await of(({ indicator_id }) => traceIndicator(actor, indicator_id)),
      };
      const yearSeconds = await timed(() => get(`/api/public/open-contracting/bulk?regionCode=${city}&fiscalYear=2026`));
      const bulk = await withPeakMemory(() => timed(() => readBulk(app)));
      const bare = await timed(() => readBare(client));
      await app.close();
      return {
        name: 'projects',
        scale: String(persons),
        rows: projects,
        seconds: bulk.result,
        baseline: 'all rows of the same tables as bare SQL text',
        baselineSeconds: bare,
        ratio: rounded(bulk.result / bare),
        peakMemoryMiB: bulk.peakMemoryMiB,
        fillSeconds: filling,
        bulkOfAYearSeconds: yearSeconds,
        ...measured,
      };
    } finally {
      await client.end();
    }
  });
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await work();
  return rounded((performance.now() - began) / 1000);
}

async function p95<One>(ones: readonly One[], work: (one: One) => Promise<unknown>): Promise<number> {
  const times: number[] = [];
  for (const one of ones) {
    const began = performance.now();
    await work(one);
    times.push(performance.now() - began);
  }
  times.sort((left, right) => left - right);
  return rounded(times[Math.floor(times.length * 0.95)]!);
}

/** As a tool reads it: over the wire, thrown away as it comes. */
async function readBulk(app: Awaited<ReturnType<typeof createApp>>): Promise<void> {
  const address = await app.listen({ host: '127.0.0.1', port: 0 });
  const answer = await fetch(`${address}/api/public/open-contracting/bulk?regionCode=${city}`);
  if (!answer.ok || !answer.body) throw new Error(`bulk: ${answer.status}`);
  for await (const part of answer.body) void part;
}

const tables = ['project', 'tender', 'bid', 'contract', 'milestone', 'amendment'];

async function readBare(client: pg.Client): Promise<void> {
  for (const table of tables) await client.query(`SELECT sum(length(t::text)) FROM projects.${table} t`);
  await client.query('SELECT sum(length(t::text)) FROM funds.payment t');
}

async function fill(client: pg.Client, projects: number): Promise<void> {
  const villages = villagesOf('3208');
  const by = `'00000000-0000-7000-8000-000000000001'::uuid, 'bench'`;
  const run = (sql: string, values: unknown[] = []) => client.query(sql, values);
  await run(
    `INSERT INTO platform.policy_value (region_code, code, value, valid_from, basis) VALUES ($1, 'open-contracting.publisher', $2, '2015-01-01', 'bench')`,
    [city, JSON.stringify({ releasePrefix: 'ocds-bench0', projectPrefix: 'oc4ids-bench0', name: 'bench', uri: 'https://bench.example', license: 'https://bench.example' })],
  );
  await run(
    `CREATE TEMP TABLE made AS SELECT gen_random_uuid() AS id, gen_random_uuid() AS plan_id, gen_random_uuid() AS tender_id, gen_random_uuid() AS contract_id, n, v.code AS region_code, left(v.code, 6) || '000000' AS county_code, v.name,
       2017 + n % ${years} AS year, make_date(2017 + n % ${years}, 1 + n % 12, 1 + n % 27) AS on_day, 100000000 + (n % 900) * 100000 AS fen
     FROM generate_series(1, $3::int) n JOIN unnest($1::text[], $2::text[]) WITH ORDINALITY AS v (code, name, place) ON v.place = 1 + n % $4::int`,
    [villages.map(({ code }) => code), villages.map(({ name }) => name), projects, villages.length],
  );
  await run('CREATE INDEX ON made (plan_id); ANALYZE made');
  await run(`INSERT INTO projects.vendor (county_code, id, credit_code, name, recorded_by, recorded_by_name)
    SELECT c.county_code, gen_random_uuid(), '91' || lpad(i::text, 16, '0'), '供应商' || i || '有限公司', ${by} FROM (SELECT DISTINCT county_code FROM made) c, generate_series(1, 30) i`);
  await run(`CREATE TEMP TABLE firm AS SELECT county_code, id, row_number() OVER (PARTITION BY county_code ORDER BY id) - 1 AS place FROM projects.vendor`);
  await run(`INSERT INTO projects.project (county_code, id, region_code, number, title, category_code, fiscal_year, responsible_unit, works, mechanism, households, budget_fen, start_on, finish_by, state, published_on, published_until, approved_on, started_on, physical_percent, completed_on, declared_by, declared_by_name)
    SELECT county_code, id, region_code, 'XM-' || year || '-' || lpad(n::text, 6, '0'), name || (ARRAY['标准化蔬菜大棚', '光伏电站', '机耕路硬化', '泵站改造', '冷链仓储'])[1 + n % 5] || '（' || n || '期）', 'infrastructure', year, '村股份经济合作社', '土建、设备和配套', '优先用工，收益按村民会议决议分配', 20 + n % 80, fen, on_day, on_day + 150, CASE WHEN year < 2026 THEN 'settled' ELSE 'under-way' END, on_day - 60, on_day - 50, on_day - 40, on_day, 100, CASE WHEN year < 2026 THEN on_day + 120 END, ${by} FROM made`);
  await run(`INSERT INTO projects.tender (county_code, id, project_id, region_code, number, title, method_code, estimate_fen, price_only, published_on, bids_due_at, state, awarded_on, award_number, recorded_by, recorded_by_name)
    SELECT county_code, tender_id, id, region_code, 'ZB-' || n, '施工', 'open', fen, false, on_day - 34, (on_day - 10)::timestamptz, 'awarded', on_day - 6, 'ZBTZ-' || n, ${by} FROM made`);
  await run(`INSERT INTO projects.bid (county_code, id, tender_id, region_code, vendor_id, amount_fen, received_at)
    SELECT m.county_code, gen_random_uuid(), m.tender_id, m.region_code, f.id, m.fen + i * 3000000, (m.on_day - 11)::timestamptz FROM made m, generate_series(0, 2) i, firm f WHERE f.county_code = m.county_code AND f.place = (m.n + i) % 30`);
  await run(`UPDATE projects.tender t SET awarded_bid_id = b.id FROM projects.bid b, made m WHERE m.tender_id = t.id AND b.tender_id = t.id AND b.amount_fen = m.fen`);
  await run(`INSERT INTO projects.contract (county_code, id, project_id, region_code, tender_id, vendor_id, number, title, signed_fen, value_fen, signed_on, start_on, finish_by, retention_percent, retention_until, recorded_by, recorded_by_name)
    SELECT m.county_code, m.contract_id, m.id, m.region_code, m.tender_id, f.id, 'HT-' || m.n, '施工合同', m.fen, m.fen, m.on_day - 3, m.on_day, m.on_day + 150, 0, m.on_day + 150, ${by} FROM made m JOIN firm f ON f.county_code = m.county_code AND f.place = m.n % 30`);
  await run(`INSERT INTO projects.milestone (county_code, contract_id, region_code, ordinal, title, due_on, amount_fen, met_on) SELECT county_code, contract_id, region_code, i, '阶段' || i, on_day + 40 * i, fen / 3, on_day + 40 * i FROM made, generate_series(1, 3) i`);
  await run(`INSERT INTO projects.amendment (county_code, id, contract_id, region_code, amended_on, change_fen, finish_by, reason, recorded_by, recorded_by_name) SELECT county_code, gen_random_uuid(), contract_id, region_code, on_day + 30, 100000, on_day + 160, '增加附属工程', ${by} FROM made WHERE n % 10 = 0`);
  await fillMoney(client, by);
  await run('ANALYZE');
}

/** One tranche for each county and year, a plan for each project, three payments of each plan: posted as the ledger demands. */
async function fillMoney(client: pg.Client, by: string): Promise<void> {
  const run = (sql: string) => client.query(sql);
  await run(`CREATE TEMP TABLE tranche AS SELECT gen_random_uuid() AS id, gen_random_uuid() AS transaction_id, county_code, year, sum(fen)::bigint AS fen FROM made GROUP BY county_code, year`);
  await run(`INSERT INTO funds.indicator (county_code, id, region_code, kind, root_id, document_number, fund_code, fiscal_year, purpose_code, title, amount_fen, issued_on, expected_on, arrived_on, clock_from, state, transaction_id, issued_by, issued_by_name)
    SELECT county_code, id, county_code, 'source', id, '财农〔' || year || '〕1号', 'bridging-central', year, 'industry', '衔接资金', fen, make_date(year, 1, 5), make_date(year, 1, 20), make_date(year, 1, 10), make_date(year, 1, 10), 'held', transaction_id, ${by} FROM tranche`);
  await run(`CREATE TEMP TABLE posting AS
    SELECT transaction_id AS id, county_code, year, id AS indicator_id, NULL::uuid AS plan_id, NULL::uuid AS project_id, NULL::uuid AS payment_id, 'source' AS kind, 'source' AS credit, 'available' AS debit, fen, make_date(year, 1, 10) AS day FROM tranche
    UNION ALL SELECT gen_random_uuid(), m.county_code, m.year, t.id, m.plan_id, m.id, NULL, 'plan', 'available', 'planned', m.fen, m.on_day - 20 FROM made m JOIN tranche t USING (county_code, year)
    UNION ALL SELECT gen_random_uuid(), m.county_code, m.year, t.id, m.plan_id, m.id, gen_random_uuid(), 'payment', 'planned', 'paid', m.fen / 4, m.on_day + 40 * i FROM made m JOIN tranche t USING (county_code, year), generate_series(1, 3) i`);
  // a few hundred at a time: the check of a statement compares each header with the lines of that statement
  await run(`ALTER TABLE posting ADD COLUMN batch int; UPDATE posting p SET batch = o.batch FROM (SELECT id, row_number() OVER (ORDER BY kind DESC, day, id) / 400 AS batch FROM posting WHERE kind <> 'source') o WHERE o.id = p.id; UPDATE posting SET batch = -1 WHERE kind = 'source'; CREATE INDEX ON posting (batch); ANALYZE posting; ANALYZE tranche`);
  const { rows: batches } = await client.query<{ batch: number }>(`SELECT DISTINCT batch FROM posting ORDER BY batch`);
  for (const { batch } of batches) {
    await run('BEGIN');
    await run(`INSERT INTO funds.ledger_transaction (county_code, id, book_code, kind, business_key, day, line_count, total_fen, summary, posted_by, posted_by_name)
      SELECT county_code, id, county_code, kind, kind || ':' || id, day, 2, fen, 'bench', ${by} FROM posting WHERE batch = ${batch}`);
    await run(`INSERT INTO funds.ledger_line (county_code, transaction_id, line_number, book_code, account_code, indicator_id, fund_code, fiscal_year, plan_id, project_id, amount_fen)
      SELECT p.county_code, p.id, s.line, p.county_code, CASE s.line WHEN 1 THEN p.debit ELSE p.credit END, p.indicator_id, 'bridging-central', p.year, CASE WHEN (CASE s.line WHEN 1 THEN p.debit ELSE p.credit END) IN ('planned', 'paid') THEN p.plan_id END, CASE WHEN (CASE s.line WHEN 1 THEN p.debit ELSE p.credit END) IN ('planned', 'paid') THEN p.project_id END, CASE s.line WHEN 1 THEN p.fen ELSE -p.fen END
      FROM posting p, (VALUES (1), (2)) AS s (line) WHERE p.batch = ${batch}`);
    await run('COMMIT');
  }
  await run(`INSERT INTO funds.plan (county_code, id, region_code, indicator_id, kind, use_code, title, place_code, project_id, households, amount_fen, planned_on, finish_by, transaction_id, planned_by, planned_by_name)
    SELECT m.county_code, m.plan_id, m.county_code, p.indicator_id, 'project', 'industry', m.name || '项目', m.region_code, m.id, 20, m.fen, m.on_day - 20, m.on_day + 150, p.id, ${by} FROM made m JOIN posting p ON p.plan_id = m.plan_id AND p.kind = 'plan'`);
  await run(`INSERT INTO funds.payment (county_code, id, region_code, plan_id, indicator_id, voucher_number, payee_kind, payee, amount_fen, paid_on, transaction_id, paid_by, paid_by_name)
    SELECT county_code, payment_id, county_code, plan_id, indicator_id, 'PZ-' || id, 'vendor', '供应商', fen, day, id, ${by} FROM posting WHERE kind = 'payment'`);
  await run(`INSERT INTO projects.contract_payment (county_code, payment_id, contract_id, region_code, milestone_ordinal, invoice_ids)
    SELECT p.county_code, p.payment_id, m.contract_id, m.region_code, 1, '{}' FROM posting p JOIN made m ON m.plan_id = p.plan_id WHERE p.kind = 'payment'`);
}
