import type { BodyOf, awardTender as awardEndpoint, cancelTender as cancelEndpoint, publishTender as publishEndpoint, recordBid as bidEndpoint } from '@sunlit/api-spec';
import { newId } from '@sunlit/kernel';
import { recordAudit } from '#platform/audit/record-audit.ts';
import type { Actor } from '#platform/authorization/actor.ts';
import { authorize } from '#platform/authorization/authorize.ts';
import { dayOf, today } from '#platform/clock/today.ts';
import { runCommand } from '#platform/commands/run-command.ts';
import type { Trx } from '#platform/database/transaction.ts';
import { AppError } from '#platform/errors.ts';
import { withoutPersonalData } from '#platform/logging/log.ts';
import { getProjectRow, keysOf } from '../pool/project-store.ts';
import { statesAtWork } from '../pool/project-workflow.ts';
import { isDebarredOn } from './change-vendor.ts';
import { getVendor, pseudonymOf } from './vendors.ts';

const wrong = (path: string, message: string) => new AppError('request-invalid', undefined, { fields: [{ path, message }] });

/** Facts are written down as they were, also a term that was too short: rules find them, nobody hides them. */
export async function publishTender(actor: Actor, projectId: string, body: BodyOf<typeof publishEndpoint>): Promise<{ id: string }> {
  return runCommand(actor, 'tender.publish', { ...body, projectId } as typeof body, async (trx) => {
    const project = await getProjectRow(trx, projectId, { lock: true });
    authorize(actor, 'project.run', { regionCode: project.region_code });
    if (!statesAtWork.includes(project.state)) throw new AppError('wrong-state', '项目批准入库以后、完工以前才能招标。');
    if (body.method !== 'open' && !body.methodReason) throw wrong('methodReason', '不公开招标的，请写明依据和理由。');
    if (body.publishedOn > today()) throw wrong('publishedOn', '日期不能晚于今天。');
    if (body.bidsDueAt.slice(0, 10) < body.publishedOn) throw wrong('bidsDueAt', '投标截止不能早于公告日期。');
    const id = newId();
    const inserted = await trx
      .insertInto('projects.tender')
      .values({ ...keysOf(project), id, number: body.number, title: withoutPersonalData(body.title), method_code: body.method, method_reason: body.methodReason === undefined ? null : withoutPersonalData(body.methodReason), estimate_fen: body.estimateFen, price_only: body.priceOnly, published_on: body.publishedOn, bids_due_at: body.bidsDueAt, recorded_by: actor.accountId, recorded_by_name: actor.displayName })
      .onConflict((conflict) => conflict.constraint('tender_number').doNothing())
      .executeTakeFirst();
    if (inserted.numInsertedOrUpdatedRows === 0n) throw new AppError('already-exists', `招标编号“${body.number}”已经登记过。`);
    await recordAudit(trx, actor, { action: 'tender.publish', objectKind: 'tender', objectId: id, regionCode: project.region_code, details: { project: projectId, method: body.method, estimateFen: body.estimateFen } });
    return { id };
  });
}

async function getTender(trx: Trx, id: string) {
  const row = await trx.selectFrom('projects.tender').selectAll().where('id', '=', id).forUpdate().executeTakeFirst();
  if (!row) throw new AppError('not-found');
  return row;
}

export async function recordBid(actor: Actor, tenderId: string, body: BodyOf<typeof bidEndpoint>): Promise<{ id: string; late: boolean }> {
  // where it was sent from stays out of what the command ledger keeps
  const { origin, ...kept } = body;
  return runCommand(actor, 'tender.bid', { ...kept, tenderId } as typeof kept, async (trx) => {
    const tender = await getTender(trx, tenderId);
    authorize(actor, 'project.run', { regionCode: tender.region_code });
    if (tender.state !== 'active') throw new AppError('wrong-state', '这次招标已经结束。');
    const vendor = await getVendor(trx, tender.county_code, body.vendorId);
    if (await isDebarredOn(trx, vendor, body.receivedAt.slice(0, 10))) throw wrong('vendorId', `这家供应商在 ${vendor.debarred_until} 以前被限制投标。`);
    const id = newId();
    const inserted = await trx
      .insertInto('projects.bid')
      .values({ county_code: tender.county_code, id, tender_id: tenderId, region_code: tender.region_code, vendor_id: vendor.id, amount_fen: body.amountFen, received_at: body.receivedAt, origin_key: origin ? pseudonymOf('origin', origin) : null })
      .onConflict((conflict) => conflict.constraint('bid_once').doNothing())
      .executeTakeFirst();
    if (inserted.numInsertedOrUpdatedRows === 0n) throw new AppError('already-exists', '这家供应商已经投过这次标。');
    await recordAudit(trx, actor, { action: 'tender.bid', objectKind: 'tender', objectId: tenderId, regionCode: tender.region_code, details: { bid: id, vendor: vendor.id } });
    return { id, late: new Date(body.receivedAt) > tender.bids_due_at };
  });
}

/** Names the winner. Whoever ran the tender does not award it. */
export async function awardTender(actor: Actor, tenderId: string, body: BodyOf<typeof awardEndpoint>): Promise<{ ok: true }> {
  return runCommand(actor, 'tender.award', { ...body, tenderId } as typeof body, async (trx) => {
    const tender = await getTender(trx, tenderId);
    authorize(actor, 'project.approve', { regionCode: tender.region_code });
    if (tender.recorded_by === actor.accountId) throw new AppError('conflict-of-interest', '发布招标的人不能定标，须由另一人办理。');
    if (tender.state !== 'active') throw new AppError('wrong-state', '这次招标已经结束。');
    if (body.awardedOn > today() || body.awardedOn < dayOf(tender.bids_due_at)) throw wrong('awardedOn', '定标日期应在投标截止以后、今天以前。');
    const bids = new Set((await trx.selectFrom('projects.bid').select('id').where('tender_id', '=', tenderId).execute()).map(({ id }) => id));
    const out = body.disqualified.map(({ bidId }) => bidId);
    if (!bids.has(body.bidId) || out.includes(body.bidId)) throw wrong('bidId', '中标的应是这次招标里没有被否决的投标。');
    if (out.some((id) => !bids.has(id))) throw wrong('disqualified', '被否决的应是这次招标的投标。');
    for (const { bidId, reason } of body.disqualified) await trx.updateTable('projects.bid').set({ state: 'disqualified', reason: withoutPersonalData(reason) }).where('id', '=', bidId).execute();
    await trx.updateTable('projects.tender').set({ state: 'awarded', awarded_bid_id: body.bidId, awarded_on: body.awardedOn, award_number: body.awardNumber }).where('id', '=', tenderId).execute();
    await recordAudit(trx, actor, { action: 'tender.award', objectKind: 'tender', objectId: tenderId, regionCode: tender.region_code, details: { bid: body.bidId, disqualified: out.length } });
    return { ok: true as const };
  });
}

export async function cancelTender(actor: Actor, tenderId: string, body: BodyOf<typeof cancelEndpoint>): Promise<{ ok: true }> {
  return runCommand(actor, 'tender.cancel', { ...body, tenderId } as typeof body, async (trx) => {
    const tender = await getTender(trx, tenderId);
    authorize(actor, 'project.run', { regionCode: tender.region_code });
    if (tender.state !== 'active') throw new AppError('wrong-state', '这次招标已经结束。');
    await trx.updateTable('projects.tender').set({ state: 'cancelled', closed_reason: withoutPersonalData(body.reason) }).where('id', '=', tenderId).execute();
    await recordAudit(trx, actor, { action: 'tender.cancel', objectKind: 'tender', objectId: tenderId, regionCode: tender.region_code, reason: body.reason });
    return { ok: true as const };
  });
}
