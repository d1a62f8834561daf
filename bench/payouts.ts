import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { PermissionCode } from '@sunlit/api-spec';
import { newId } from '@sunlit/kernel';
import pg from 'pg';
import { writeBankAnswer } from '../apps/server/src/command-line/demo/bank-host.ts';
import { systemActor, type Actor } from '../apps/server/src/platform/authorization/actor.ts';
import { today } from '../apps/server/src/platform/clock/today.ts';
import { encryptValue } from '../apps/server/src/platform/personal-data/cipher.ts';
import { getKeyring } from '../apps/server/src/platform/personal-data/keyring.ts';
import { Pseudonymiser } from '../apps/server/src/platform/personal-data/pseudonymiser.ts';
import { createIndicator, listBalanceDifferences, planUse, recordSourceDocument } from '../apps/server/src/modules/registries/funds/index.ts';
import { approveBatch, confirmCheck, createBatch, examineBatch, importResults, sendBatch } from '../apps/server/src/modules/registries/payouts/index.ts';
import { rounded, withBenchDatabase, withPeakMemory } from './bench-database.ts';
import type { BenchResult } from './intake.ts';

export interface PayoutsBench extends BenchResult {
  readonly stepSeconds: Readonly<Record<string, number>>;
}

const county = '320826000000';
const village = '320826101201';
const programmeCode = 'pension-elderly';

const actorWho = (...permissions: PermissionCode[]): Actor => ({ ...systemActor, kind: 'staff', accountId: newId(), displayName: 'bench', regionCode: county, permissions: new Set(permissions), totpEnabled: true });
const maker = actorWho('payout.prepare', 'payout.read');
const checker = actorWho('payout.check', 'payout.read', 'fund.plan');
const finance = actorWho('payout.approve', 'payout.send', 'payout.read', 'fund.receive', 'fund.allocate', 'fund.pay', 'fund.reverse');

/**
 * A list for everybody enrolled, from the entitlements to the ledger: made, checked, approved, sent and answered by the
 * bank, with audit, row-level security and fsync, against bare inserts of the same rows. No department's data are looked
 * at: the check asks the registry alone.
 */
export async function benchPayouts(payees: number): Promise<PayoutsBench> {
  return withBenchDatabase(
    async ({ folder, superuserUrl }) => {
      await enrol(superuserUrl, payees);
      const planId = await envelope(payees);
      const stepSeconds: Record<string, number> = {};
      const measured = await withPeakMemory(async () => {
        const timed = async <Result>(step: string, work: () => Promise<Result>): Promise<Result> => {
          const began = performance.now();
          const result = await work();
          stepSeconds[step] = rounded((performance.now() - began) / 1000);
          return result;
        };
        const commandId = () => ({ commandId: newId() });
        const batch = await timed('made', () => createBatch(maker, { ...commandId(), planId, programmeCode, month: today().slice(0, 7), months: 1, regionCode: county, asOf: today(), payDay: today() }));
        await timed('examined', () => examineBatch(checker, batch.id, commandId()));
        await timed('checked', () => confirmCheck(checker, batch.id, commandId()));
        await timed('approved', () => approveBatch(finance, batch.id, commandId()));
        await timed('sent', () => sendBatch(finance, batch.id, { ...commandId(), format: 'delimited' }));
        const answer = await answerOf(superuserUrl, batch);
        const path = join(folder, 'answer.txt');
        await writeFile(path, answer, { mode: 0o600 });
        const { outcomes } = await timed('answered', () => importResults(finance, batch.id, { path, fileName: 'answer.txt', mediaType: 'text/plain', size: answer.length, fields: {} }));
        if (outcomes['paid'] !== payees) throw new Error('The bank paid something else.');
        return Object.values(stepSeconds).reduce((sum, seconds) => sum + seconds, 0);
      });
      if ((await listBalanceDifferences()).length > 0) throw new Error('The ledger does not agree with its balances.');
      const baselineSeconds = await bareInserts(superuserUrl);
      return { name: 'payouts', scale: String(payees), rows: payees, seconds: rounded(measured.result), baseline: 'bare inserts of the same lines, claims, bank records and ledger lines', baselineSeconds, ratio: rounded(measured.result / baselineSeconds), peakMemoryMiB: measured.peakMemoryMiB, stepSeconds };
    },
    { durable: true },
  );
}

/** Households of one with an account each, enrolled since the beginning of the year. */
async function enrol(superuserUrl: string, payees: number): Promise<void> {
  const keys = new Pseudonymiser(getKeyring().pseudonymKey);
  const all = Array.from({ length: payees }, (_, index) => `62220208${String(index).padStart(11, '0')}`).map((account) => ({ household: newId(), person: newId(), account: encryptValue('bank-account', account), key: keys.ofAccount(account) }));
  const admin = new pg.Client({ connectionString: superuserUrl });
  await admin.connect();
  const from = `${today().slice(0, 4)}-01-01`;
  await admin.query(
    `WITH one AS (SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::bytea[], $4::uuid[]) AS t (household, person, account, key)),
      h AS (INSERT INTO households.household (county_code, id, number, responsible_region_code, head_name, status_code, status_from, member_count, bank_name, account_enc, account_key)
        SELECT '${county}', household, household::text, '${village}', '测试', 'unstable', '${from}', 1, '农商行', account, key FROM one),
      p AS (INSERT INTO households.person (county_code, id, household_id, responsible_region_code, name, name_key, person_key, birth_date, sex_code)
        SELECT '${county}', person, household, '${village}', '测试', person, person, '1950-01-01', '1' FROM one),
      m AS (INSERT INTO households.membership (county_code, id, household_id, person_id, responsible_region_code, relation_code, valid_from)
        SELECT '${county}', gen_random_uuid(), household, person, '${village}', '01', '${from}' FROM one)
    INSERT INTO households.enrolment (county_code, id, household_id, person_id, responsible_region_code, programme_code, valid_from)
      SELECT '${county}', gen_random_uuid(), household, person, '${village}', '${programmeCode}', '${from}' FROM one`,
    [all.map((one) => one.household), all.map((one) => one.person), all.map((one) => one.account), all.map((one) => one.key)],
  );
  await admin.query('ANALYZE');
  await admin.end();
}

async function envelope(payees: number): Promise<string> {
  const amountFen = payees * 100_000;
  const day = today();
  const document = await recordSourceDocument(finance, { commandId: newId(), regionCode: county, number: '涟财社〔2026〕1号', title: '补助资金', issuer: '县财政局', issuedOn: day, amountFen });
  const indicator = await createIndicator(finance, { commandId: newId(), documentId: document.id, fundCode: 'subsistence-allowance', purposeCode: 'direct-benefit', fiscalYear: Number(day.slice(0, 4)), title: '到户补助', amountFen, arrivedOn: day });
  const plan = await planUse(checker, indicator.id, { commandId: newId(), kind: 'direct-benefit', useCode: 'direct-benefit', title: '发放', placeCode: county, projectId: null, households: payees, amountFen, plannedOn: day, finishBy: `${day.slice(0, 4)}-12-31` });
  return plan.id;
}

async function answerOf(superuserUrl: string, batch: { id: string; number: string }): Promise<Buffer> {
  const admin = new pg.Client({ connectionString: superuserUrl });
  await admin.connect();
  const { rows } = await admin.query<{ id: string; fen: string }>('SELECT id, amount_fen AS fen FROM payouts.line WHERE batch_id = $1 ORDER BY ordinal', [batch.id]);
  await admin.end();
  return writeBankAnswer('delimited', batch.number, today(), rows.map(({ id, fen }) => ({ lineId: id, amountFen: Number(fen), code: '0000', text: '' })));
}

/** The same rows into tables of the same columns and keys, in one database transaction and nothing else. */
async function bareInserts(superuserUrl: string): Promise<number> {
  const admin = new pg.Client({ connectionString: superuserUrl });
  await admin.connect();
  const tables = ['payouts.line', 'payouts.claim', 'payouts.bank_record', 'funds.ledger_line'];
  await admin.query(`CREATE SCHEMA bare; CREATE SCHEMA kept; ${tables.map((table) => `CREATE TABLE bare.${table.split('.')[1]} (LIKE ${table} INCLUDING ALL); CREATE TABLE kept.${table.split('.')[1]} AS TABLE ${table};`).join('')}`);
  const began = performance.now();
  await admin.query(`BEGIN; ${tables.map((table) => `INSERT INTO bare.${table.split('.')[1]} SELECT * FROM kept.${table.split('.')[1]};`).join('')} COMMIT`);
  const seconds = (performance.now() - began) / 1000;
  await admin.end();
  return rounded(seconds);
}
