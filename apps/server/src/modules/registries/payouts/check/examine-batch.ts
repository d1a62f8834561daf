import type { BodyOf, examinePayoutBatch as endpoint } from '@sunlit/api-spec';
import { newId } from '@sunlit/kernel';
import { sql } from 'kysely';
import { lookUpPayees, nothingDelivered, type PayeeData } from '#analytics/payment-check/look-up-payees.ts';
import { recordAudit } from '#platform/audit/record-audit.ts';
import { systemActor, type Actor } from '#platform/authorization/actor.ts';
import { authorize } from '#platform/authorization/authorize.ts';
import { runCommand } from '#platform/commands/run-command.ts';
import { inTransaction } from '#platform/database/transaction.ts';
import { chooseDatasets, withDatasets } from '#modules/data-intake/index.ts';
import { getBatch, listBatchLines, requireState, type BatchRow, type Examination, type LineRow } from '../batches/batch-store.ts';
import { monthsOf } from '../entitlements/entitlement-list.ts';
import { findDoubts } from './find-doubts.ts';

const kindsLookedAt = ['death', 'custody', 'payout'];

/** Looks at a draft against the registry and the departments' data as they are now. Run again, it adds what is new and keeps what was decided. */
export async function examineBatch(actor: Actor, id: string, body: BodyOf<typeof endpoint>): Promise<{ proposals: number }> {
  const command = { ...body, id };
  const before = await inTransaction(actor, async (trx) => {
    const batch = await getBatch(trx, id);
    authorize(actor, 'payout.check', { regionCode: batch.region_code });
    return { batch, lines: await listBatchLines(trx, id) };
  });
  const { delivered, datasets } = await lookUp(before.batch, before.lines);
  return runCommand(actor, 'payout.examine', command, async (trx) => {
    const batch = await getBatch(trx, id, { lock: true });
    requireState(batch, 'draft');
    const doubts = await findDoubts(trx, batch, before.lines, delivered);
    await sql`DELETE FROM payouts.proposal WHERE batch_id = ${id} AND decision IS NULL`.execute(trx);
    await sql`
      INSERT INTO payouts.proposal (county_code, id, batch_id, line_id, region_code, doubt, fact)
      SELECT county, id, ${id}::uuid, line, region, doubt, fact::jsonb
      FROM unnest(${doubts.map(({ line }) => line.county_code)}::text[], ${doubts.map(() => newId())}::uuid[], ${doubts.map(({ line }) => line.id)}::uuid[], ${doubts.map(({ line }) => line.region_code)}::text[], ${doubts.map(({ doubt }) => doubt)}::text[], ${doubts.map(({ fact }) => JSON.stringify(fact))}::text[]) AS t (county, id, line, region, doubt, fact)
      ON CONFLICT (county_code, line_id, doubt) DO NOTHING`.execute(trx);
    const examination: Examination = { at: new Date().toISOString(), by: actor.displayName, datasets };
    await sql`UPDATE payouts.batch SET examined_on = ${JSON.stringify(examination)}::jsonb WHERE id = ${id}`.execute(trx);
    const { rows } = await sql<{ count: number }>`SELECT count(*)::int AS count FROM payouts.proposal WHERE batch_id = ${id}`.execute(trx);
    await recordAudit(trx, actor, { action: 'payout.examine', objectKind: 'payout-batch', objectId: id, regionCode: batch.region_code, details: { proposals: rows[0]!.count } });
    return { proposals: rows[0]!.count };
  });
}

/** The data may be of the city; only people on the list are asked for. A kind never delivered is said to be missing, not clean. */
async function lookUp(batch: BatchRow, lines: readonly LineRow[]): Promise<{ delivered: PayeeData; datasets: Examination['datasets'] }> {
  const chosen = (await chooseDatasets(systemActor, batch.pay_day, batch.region_code)).filter(({ kind }) => kindsLookedAt.includes(kind));
  if (chosen.length === 0) return { delivered: nothingDelivered, datasets: kindsLookedAt.map((kind) => ({ kind, asOf: null })) };
  return withDatasets(chosen, async (all, folder) => {
    // data that need an authorisation are not looked at for a whole list
    const open = all.filter(({ kind }) => !kind.matching.authorisationRequired);
    return {
      delivered: await lookUpPayees(folder, open.map(({ kind, relation }) => ({ code: kind.code, relation })), {
        personKeys: lines.map((line) => line.payee_key),
        accountKeys: lines.flatMap((line) => line.account_key ?? []),
        programmeCode: batch.programme_code,
        months: monthsOf(batch),
        day: batch.pay_day,
      }),
      datasets: kindsLookedAt.map((kind) => ({ kind, asOf: open.find((one) => one.kind.code === kind)?.latestAsOf ?? null })),
    };
  });
}
