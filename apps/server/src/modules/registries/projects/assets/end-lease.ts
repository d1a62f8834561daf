import type { BodyOf, endLease as endpoint } from '@sunlit/api-spec';
import { sql } from 'kysely';
import { recordAudit } from '#platform/audit/record-audit.ts';
import type { Actor } from '#platform/authorization/actor.ts';
import { authorize } from '#platform/authorization/authorize.ts';
import { today } from '#platform/clock/today.ts';
import { runCommand } from '#platform/commands/run-command.ts';
import type { Trx } from '#platform/database/transaction.ts';
import { AppError } from '#platform/errors.ts';
import { withoutPersonalData } from '#platform/logging/log.ts';
import { getAssetRow, standingIncome } from './asset-store.ts';

const wrong = (path: string, message: string) => new AppError('request-invalid', undefined, { fields: [{ path, message }] });

/**
 * Ends a lease before its term. Dues of later days fall away unless they were paid, what is owed up to the last day becomes a
 * due of its own: so that a lessee who leaves does not take the rent along, and nobody is dunned for what was never used.
 */
export async function endLease(actor: Actor, leaseId: string, body: BodyOf<typeof endpoint>): Promise<{ ok: true }> {
  return runCommand(actor, 'asset.lease-end', { ...body, leaseId } as typeof body, async (trx) => {
    const lease = await trx.selectFrom('projects.lease').selectAll().where('id', '=', leaseId).forUpdate().executeTakeFirst();
    if (!lease) throw new AppError('not-found');
    const asset = await getAssetRow(trx, lease.asset_id, { lock: true });
    authorize(actor, 'asset.approve', { regionCode: lease.region_code });
    if (lease.recorded_by === actor.accountId) throw new AppError('conflict-of-interest', '登记租赁的人不能结束它，须由另一人办理。');
    if (lease.ended_on !== null) throw new AppError('wrong-state', '这份租赁合同已经结束。');
    if (body.endedOn > today() || body.endedOn < lease.start_on || body.endedOn >= lease.end_on) throw wrong('endedOn', '结束日期应在租期以内、今天以前；到期的合同不用办理结束。');
    await trx.updateTable('projects.lease').set({ ended_on: body.endedOn, ended_reason: withoutPersonalData(body.reason), ended_by: actor.accountId, ended_by_name: actor.displayName }).where('id', '=', leaseId).execute();
    const cancelled = await cancelLaterDues(trx, leaseId, body.endedOn);
    if (body.settlementFen > 0) await addSettlement(trx, lease, body);
    await recordAudit(trx, actor, { action: 'asset.lease-end', objectKind: 'asset', objectId: asset.id, regionCode: lease.region_code, reason: body.reason, details: { lease: leaseId, settlementFen: body.settlementFen, cancelledDues: cancelled } });
    return { ok: true as const };
  });
}

async function cancelLaterDues(trx: Trx, leaseId: string, endedOn: string): Promise<number> {
  const result = await sql`
    UPDATE projects.rent_due r SET cancelled_on = ${endedOn}::date WHERE r.lease_id = ${leaseId} AND r.due_on > ${endedOn}::date AND r.cancelled_on IS NULL
      AND NOT EXISTS (SELECT 1 FROM ${standingIncome} WHERE n.county_code = r.county_code AND n.lease_id = r.lease_id AND n.due_ordinal = r.ordinal)`.execute(trx);
  return Number(result.numAffectedRows ?? 0);
}

async function addSettlement(trx: Trx, lease: { county_code: string; region_code: string; id: string; asset_id: string; yearly_fen: number }, body: Pick<BodyOf<typeof endpoint>, 'endedOn' | 'settlementFen'>): Promise<void> {
  if (body.settlementFen > lease.yearly_fen) throw wrong('settlementFen', '结清的租金不能超过一年的租金。');
  const { last } = await trx.selectFrom('projects.rent_due').select((eb) => eb.fn.max('ordinal').as('last')).where('lease_id', '=', lease.id).executeTakeFirstOrThrow();
  await trx
    .insertInto('projects.rent_due')
    .values({ county_code: lease.county_code, region_code: lease.region_code, lease_id: lease.id, asset_id: lease.asset_id, ordinal: last + 1, due_on: body.endedOn, amount_fen: body.settlementFen })
    .execute();
}
