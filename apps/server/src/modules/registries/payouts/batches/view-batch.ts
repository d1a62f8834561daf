import type { PayoutBatchView } from '@sunlit/api-spec';
import { sql } from 'kysely';
import type { Actor } from '#platform/authorization/actor.ts';
import { authorize } from '#platform/authorization/authorize.ts';
import { today } from '#platform/clock/today.ts';
import { inTransaction } from '#platform/database/transaction.ts';
import { datasetKinds } from '#modules/data-intake/index.ts';
import { regionNamer } from '#modules/organisation/index.ts';
import { findPayoutPlan } from '#modules/registries/funds/index.ts';
import { listBankFiles } from '../bank/bank-file-store.ts';
import { findLongestHold } from '../check/decide-proposal.ts';
import { standardView } from '../entitlements/payout-standard.ts';
import { getBatch } from './batch-store.ts';
import { batchItem } from './list-batches.ts';

export async function viewBatch(actor: Actor, id: string): Promise<PayoutBatchView> {
  authorize(actor, 'payout.read');
  const name = await regionNamer();
  const kinds = await datasetKinds();
  return inTransaction(actor, async (trx) => {
    const batch = await getBatch(trx, id);
    const plan = await findPayoutPlan(trx, batch.plan_id);
    const byState = (await sql<{ state: string; lines: number; fen: number }>`SELECT state, count(*)::int AS lines, sum(amount_fen)::bigint AS fen FROM payouts.line WHERE batch_id = ${id} GROUP BY state ORDER BY state`.execute(trx)).rows;
    const proposals = (await sql<{ open: number; pay: number; hold: number }>`
      SELECT count(*) FILTER (WHERE decision IS NULL)::int AS open, count(*) FILTER (WHERE decision = 'pay')::int AS pay, count(*) FILTER (WHERE decision = 'hold')::int AS hold FROM payouts.proposal WHERE batch_id = ${id}`.execute(trx)).rows[0]!;
    const toPay = (await sql<{ lines: number; fen: number }>`
      SELECT count(*)::int AS lines, coalesce(sum(amount_fen), 0)::bigint AS fen FROM payouts.line l WHERE batch_id = ${id} AND state NOT IN ('held', 'withdrawn')
        AND NOT EXISTS (SELECT 1 FROM payouts.hold_notice n WHERE n.line_id = l.id AND n.withdrawn_at IS NULL)`.execute(trx)).rows[0]!;
    const step = (by: string | null, at: Date | null) => (by === null || at === null ? null : { by, at: at.toISOString() });
    return {
      ...batchItem(batch, name),
      asOf: batch.as_of,
      planId: batch.plan_id,
      planTitle: plan?.title ?? null,
      indicatorId: plan?.indicatorId ?? null,
      standard: standardView(batch.standard, name),
      examined: batch.examined_on && { ...batch.examined_on, datasets: batch.examined_on.datasets.map((one) => ({ ...one, title: kinds.get(one.kind)?.title ?? { zh: one.kind, en: one.kind } })) },
      proposals,
      payable: { lines: toPay.lines, totalFen: toPay.fen },
      byState: byState.map((row) => ({ state: row.state, lines: row.lines, totalFen: row.fen })),
      longestHoldDays: await findLongestHold(trx, batch.region_code, today()),
      checked: step(batch.checked_by_name, batch.checked_at),
      approved: step(batch.approved_by_name, batch.approved_at),
      sent: step(batch.sent_by_name, batch.sent_at),
      settledAt: batch.settled_at?.toISOString() ?? null,
      withdrawnReason: batch.withdrawn_reason,
      files: (await listBankFiles(trx, id)).map((file) => ({ id: file.id, direction: file.direction, format: file.format, fileName: file.file_name, records: file.record_count, totalFen: file.total_fen, outcomes: file.outcomes, by: file.made_by_name, at: file.made_at.toISOString() })),
    };
  });
}
