import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { demoAsOf, generateCity, payoutTruthSchema } from '@sunlit/demo';
import { newId } from '@sunlit/kernel';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { systemActor, type Actor } from '#platform/authorization/actor.ts';
import { inTransaction } from '#platform/database/transaction.ts';
import { checkDelivery, deliverFile } from '#modules/data-intake/index.ts';
import { listBalanceDifferences } from '#modules/registries/funds/index.ts';
import { importHouseholdsFile } from '#modules/registries/households/index.ts';
import { openTestApp, type TestApp } from '#testing/test-app.ts';
import { makePayouts } from './make-payouts.ts';

let world: TestApp;
const folder = mkdtempSync(join(tmpdir(), 'sunlit-payouts-'));
beforeAll(async () => {
  world = await openTestApp();
});
afterAll(async () => {
  await world.close();
  rmSync(folder, { recursive: true, force: true });
});

const rowsOf = <Row>(statement: ReturnType<typeof sql<Row>>) => inTransaction(systemActor, async (trx) => (await statement.execute(trx)).rows);

it('pays a fiscal year; the check doubts what was planted and nothing else; every payment is posted once', async () => {
  const manifest = await generateCity({ scale: 4000, seed: 7, outFolder: folder });
  const officer = (await world.user(['county-officer'], '320800000000')).actor;
  const provider = (await world.user(['data-provider', 'county-officer'], '320800000000')).actor;
  const { view } = await importHouseholdsFile(officer, join(folder, manifest.householdFile), manifest.householdFile, { asOf: manifest.registeredOn, mode: 'all-or-nothing' });
  expect(view.state).toBe('applied');
  // somebody taken in as a household of their own who still stands in the old one: two names on November's list
  const { file, registeredOn } = manifest.laterFile;
  expect((await importHouseholdsFile(officer, join(folder, file), file, { asOf: registeredOn, mode: 'all-or-nothing' })).view.state).toBe('applied');
  for (const { kind, file } of manifest.departmentFiles.filter((one) => ['death', 'custody', 'payout'].includes(one.kind))) await deliver(provider, kind, join(folder, file), file);

  await makePayouts(folder, 'test', manifest, () => undefined);
  const truth = readFileSync(join(folder, manifest.payouts.truth), 'utf8').split('\n').filter(Boolean).map((line) => payoutTruthSchema.parse(JSON.parse(line)));
  const found = await rowsOf(sql<{ place: string; doubt: string; household: string }>`
    SELECT DISTINCT b.county_code || ' ' || b.month || '-' || b.months AS place, p.doubt, h.number AS household FROM payouts.proposal p JOIN payouts.batch b ON b.id = p.batch_id JOIN payouts.line l ON l.id = p.line_id JOIN households.household h ON h.id = l.household_id
    WHERE b.programme_code = 'subsistence-rural' AND b.kind = 'monthly' AND b.state <> 'withdrawn'`);
  const planted = truth.filter(({ kind, batch }) => kind === 'doubt' && !batch.endsWith('x')).map(({ batch, doubt, householdNumber }) => `${placeOf(batch)} ${doubt} ${householdNumber}`);
  expect(new Set(found.map(({ place, doubt, household }) => `${place} ${doubt} ${household}`))).toEqual(new Set(planted));
  expect(new Set(found.map(({ doubt }) => doubt))).toEqual(new Set(['died', 'in-custody', 'exclusive', 'shared-account', 'owner-mismatch', 'over-standard', 'twice-in-month']));
  // the list by the wrong standard was doubted line by line and taken back
  const [wrong] = await rowsOf(sql<{ lines: number; doubted: number }>`SELECT b.line_count AS lines, (SELECT count(*)::int FROM payouts.proposal p WHERE p.batch_id = b.id AND p.doubt = 'over-standard') AS doubted FROM payouts.batch b WHERE b.state = 'withdrawn'`);
  expect(wrong!.doubted).toBe(wrong!.lines);

  const states = Object.fromEntries((await rowsOf(sql<{ state: string; count: number }>`SELECT state, count(*)::int AS count FROM payouts.batch GROUP BY 1`)).map((row) => [row.state, row.count]));
  expect(states).toMatchObject({ draft: 1, withdrawn: 1 });
  expect(Object.keys(states).toSorted()).toEqual(['draft', 'settled', 'withdrawn']);
  const outcomes = new Set((await rowsOf(sql<{ outcome: string }>`SELECT DISTINCT outcome FROM payouts.bank_record`)).map(({ outcome }) => outcome));
  expect(outcomes).toEqual(new Set(['paid', 'failed', 'returned', 'duplicate']));
  const [money] = await rowsOf(sql<{ lines: number; ledger: number }>`SELECT (SELECT sum(amount_fen) FROM payouts.line WHERE state = 'paid')::bigint AS lines, (SELECT sum(amount_fen) FROM funds.ledger_line WHERE household_id IS NOT NULL AND account_code = 'paid')::bigint AS ledger`);
  expect(money!.ledger).toBe(money!.lines);
  expect(await listBalanceDifferences()).toEqual([]);
  // every hold told its household, and what did not arrive became a finding
  const [holds] = await rowsOf(sql<{ held: number; told: number }>`SELECT (SELECT count(*) FROM payouts.proposal WHERE decision = 'hold')::int AS held, (SELECT count(*) FROM payouts.hold_notice WHERE withdrawn_at IS NULL)::int AS told`);
  expect(holds).toEqual({ held: holds!.told, told: holds!.told });
  const missing = await rowsOf(sql<{ household: string }>`SELECT h.number AS household FROM supervision.finding f JOIN households.household h ON h.id = f.household_id WHERE f.rule_code = 'F25'`);
  expect(missing.map(({ household }) => household)).toEqual(truth.filter(({ kind }) => kind === 'not-received').map(({ householdNumber }) => householdNumber));
  expect(missing).toHaveLength(1);

  // performed again, nothing is made and nothing paid twice
  const before = await rowsOf(sql`SELECT id, state FROM payouts.line ORDER BY id`);
  await makePayouts(folder, 'test', manifest, () => undefined);
  expect(await rowsOf(sql`SELECT id, state FROM payouts.line ORDER BY id`)).toEqual(before);
}, 240_000);

/** `320826-03` → county, first month and number of months */
function placeOf(batch: string): string {
  const [county, part] = batch.split('-') as [string, string];
  const quarter = part.startsWith('q') ? Number(part[1]) : 0;
  return `${county}000000 2026-${quarter ? String(quarter * 3 - 2).padStart(2, '0') : part}-${quarter === 0 ? 1 : quarter === 3 ? 4 : 3}`;
}

async function deliver(actor: Actor, kind: string, path: string, fileName: string): Promise<void> {
  const { id, taskId } = await deliverFile(actor, { commandId: newId(), kind, asOf: demoAsOf }, { path, fileName, mediaType: 'application/octet-stream', size: 1 });
  await checkDelivery(actor, { actorId: actor.accountId, subjectId: id, taskId });
}
