import type { BodyOf, disposeAsset as disposeEndpoint, leaseAsset as leaseEndpoint, receiveIncome as incomeEndpoint } from '@sunlit/api-spec';
import { newId } from '@sunlit/kernel';
import { recordAudit } from '#platform/audit/record-audit.ts';
import type { Actor } from '#platform/authorization/actor.ts';
import { authorize } from '#platform/authorization/authorize.ts';
import { today } from '#platform/clock/today.ts';
import { runCommand } from '#platform/commands/run-command.ts';
import { AppError } from '#platform/errors.ts';
import { withoutPersonalData } from '#platform/logging/log.ts';
import { receiveIncomeWithin } from '#modules/registries/funds/index.ts';
import { insertVote } from '../pool/village-votes.ts';
import { getVendor } from '../procurement/vendors.ts';
import { getAssetRow } from './asset-store.ts';

const wrong = (path: string, message: string) => new AppError('request-invalid', undefined, { fields: [{ path, message }] });

/** Records a lease with the days on which rent is due. A lease without a vote, or far below its appraisal, is found by a rule. */
export async function leaseAsset(actor: Actor, assetId: string, body: BodyOf<typeof leaseEndpoint>): Promise<{ id: string }> {
  return runCommand(actor, 'asset.lease', { ...body, assetId } as typeof body, async (trx) => {
    const asset = await getAssetRow(trx, assetId, { lock: true });
    authorize(actor, 'asset.manage', { regionCode: asset.region_code });
    if (asset.state === 'disposed') throw new AppError('wrong-state', '资产已经处置。');
    if (asset.class_code !== 'operating') throw new AppError('wrong-state', '只有经营性资产可以出租。');
    if (body.endOn <= body.startOn) throw wrong('endOn', '租期的结束应晚于开始。');
    if (body.dues.some(({ dueOn }) => dueOn < body.startOn || dueOn > body.endOn)) throw wrong('dues', '各期租金的应收日期应在租期以内。');
    const vendor = await getVendor(trx, asset.county_code, body.vendorId);
    const id = newId();
    const keys = { county_code: asset.county_code, region_code: asset.region_code, asset_id: assetId };
    const vote = body.vote === null ? null : await insertVote(trx, actor, { kind: 'lease', id, ...keys }, body.vote);
    const inserted = await trx
      .insertInto('projects.lease')
      .values({ ...keys, id, number: body.number, vendor_id: vendor.id, start_on: body.startOn, end_on: body.endOn, yearly_fen: body.yearlyFen, appraised_fen: body.appraisedFen, vote_id: vote?.carried ? vote.id : null, published_on: body.publishedOn, recorded_by: actor.accountId, recorded_by_name: actor.displayName })
      .onConflict((conflict) => conflict.constraint('lease_number').doNothing())
      .executeTakeFirst();
    if (inserted.numInsertedOrUpdatedRows === 0n) throw new AppError('already-exists', `租赁合同“${body.number}”已经登记过。`);
    await trx.insertInto('projects.rent_due').values(body.dues.map((one, index) => ({ ...keys, lease_id: id, ordinal: index + 1, due_on: one.dueOn, amount_fen: one.amountFen }))).execute();
    await recordAudit(trx, actor, { action: 'asset.lease', objectKind: 'asset', objectId: assetId, regionCode: asset.region_code, details: { lease: id, yearlyFen: body.yearlyFen } });
    return { id };
  });
}

/** Records what an asset brought. The money enters the ledger of the place; one receipt counts once. */
export async function receiveIncome(actor: Actor, assetId: string, body: BodyOf<typeof incomeEndpoint>): Promise<{ id: string; indicatorId: string }> {
  return runCommand(actor, 'asset.income', { ...body, assetId } as typeof body, async (trx) => {
    const asset = await getAssetRow(trx, assetId, { lock: true });
    authorize(actor, 'asset.manage', { regionCode: asset.region_code });
    if (body.receivedOn > today() || body.receivedOn < asset.formed_on) throw wrong('receivedOn', '收款日期应在资产形成以后、今天以前。');
    if ((body.leaseId === null) !== (body.due === null)) throw wrong('due', '租金应说明是哪份租赁合同的哪一期。');
    if (body.leaseId !== null && body.due !== null) {
      const due = await trx.selectFrom('projects.rent_due').select('ordinal').where('lease_id', '=', body.leaseId).where('asset_id', '=', assetId).where('ordinal', '=', body.due).where('cancelled_on', 'is', null).executeTakeFirst();
      if (!due) throw wrong('due', '没有这一期租金。');
    }
    const id = newId();
    const { indicatorId } = await receiveIncomeWithin(trx, actor, { regionCode: asset.region_code, receiptNumber: body.receiptNumber, title: `${asset.title}收益`, amountFen: body.amountFen, receivedOn: body.receivedOn });
    const inserted = await trx
      .insertInto('projects.income')
      .values({ county_code: asset.county_code, id, asset_id: assetId, region_code: asset.region_code, lease_id: body.leaseId, due_ordinal: body.due, kind: body.kind, receipt_number: body.receiptNumber, amount_fen: body.amountFen, received_on: body.receivedOn, indicator_id: indicatorId, recorded_by: actor.accountId, recorded_by_name: actor.displayName })
      .onConflict((conflict) => conflict.constraint('income_receipt').doNothing())
      .executeTakeFirst();
    if (inserted.numInsertedOrUpdatedRows === 0n) throw new AppError('already-exists', `收据“${body.receiptNumber}”已经登记过，没有再记一次。`);
    await recordAudit(trx, actor, { action: 'asset.income', objectKind: 'asset', objectId: assetId, regionCode: asset.region_code, details: { income: id, indicator: indicatorId, amountFen: body.amountFen } });
    return { id, indicatorId };
  });
}

/** Disposal needs a vote of the villagers that carried (村民委员会组织法 第二十四条), and another person than who keeps the asset. */
export async function disposeAsset(actor: Actor, assetId: string, body: BodyOf<typeof disposeEndpoint>): Promise<{ ok: true }> {
  return runCommand(actor, 'asset.dispose', { ...body, assetId } as typeof body, async (trx) => {
    const asset = await getAssetRow(trx, assetId, { lock: true });
    authorize(actor, 'asset.approve', { regionCode: asset.region_code });
    if (asset.recorded_by === actor.accountId) throw new AppError('conflict-of-interest', '登记资产的人不能审定它的处置，须由另一人办理。');
    if (asset.state === 'disposed') throw new AppError('wrong-state', '资产已经处置。');
    const lease = await trx.selectFrom('projects.lease').select('number').where('asset_id', '=', assetId).where('ended_on', 'is', null).where('end_on', '>=', body.disposedOn).executeTakeFirst();
    if (lease) throw new AppError('wrong-state', `租赁合同“${lease.number}”还没有到期或结束，请先结束租赁、结清租金。`);
    if (body.disposedOn > today() || body.disposedOn < body.vote.heldOn) throw wrong('disposedOn', '处置应在村民会议以后、今天以前。');
    const vote = await insertVote(trx, actor, { kind: 'disposal', id: assetId, county_code: asset.county_code, region_code: asset.region_code }, body.vote);
    if (!vote.carried) throw wrong('vote', '村民（代表）会议没有通过，不能处置。');
    await trx
      .insertInto('projects.disposal')
      .values({ county_code: asset.county_code, id: newId(), asset_id: assetId, region_code: asset.region_code, kind: body.kind, appraised_fen: body.appraisedFen, price_fen: body.priceFen, vote_id: vote.id, published_on: body.publishedOn, disposed_on: body.disposedOn, reason: withoutPersonalData(body.reason), approved_by: actor.accountId, approved_by_name: actor.displayName })
      .execute();
    await trx.updateTable('projects.asset').set({ state: 'disposed', state_on: body.disposedOn }).where('id', '=', assetId).execute();
    await recordAudit(trx, actor, { action: 'asset.dispose', objectKind: 'asset', objectId: assetId, regionCode: asset.region_code, reason: body.reason, details: { kind: body.kind, priceFen: body.priceFen } });
    return { ok: true as const };
  });
}
