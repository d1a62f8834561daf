import type { BodyOf, QueryOf, ResponseOf, answerShare as answerEndpoint, decideDistribution as decideEndpoint, listShares as sharesEndpoint, payDistribution as payEndpoint, proposeDistribution as proposeEndpoint } from '@sunlit/api-spec';
import { addDays, newId } from '@sunlit/kernel';
import { recordAudit } from '#platform/audit/record-audit.ts';
import type { Actor } from '#platform/authorization/actor.ts';
import { authorize } from '#platform/authorization/authorize.ts';
import { today } from '#platform/clock/today.ts';
import { runCommand } from '#platform/commands/run-command.ts';
import { inTransaction, type Trx } from '#platform/database/transaction.ts';
import { AppError } from '#platform/errors.ts';
import { countCap, page, readCursor } from '#platform/http/page.ts';
import { withoutPersonalData } from '#platform/logging/log.ts';
import { payPlanWithin, planUseWithin } from '#modules/registries/funds/index.ts';
import { findHouseholdsByNumber, readHouseholdHeads } from '#modules/registries/households/index.ts';
import { insertVote } from '../pool/village-votes.ts';
import { getAssetRow } from './asset-store.ts';

const wrong = (path: string, message: string) => new AppError('request-invalid', undefined, { fields: [{ path, message }] });

/** How the village decided to share out an income. Without a vote that carried there is no distribution. */
export async function proposeDistribution(actor: Actor, assetId: string, body: BodyOf<typeof proposeEndpoint>): Promise<{ id: string }> {
  return runCommand(actor, 'asset.distribution.propose', { ...body, assetId } as typeof body, async (trx) => {
    const asset = await getAssetRow(trx, assetId, { lock: true });
    authorize(actor, 'asset.manage', { regionCode: asset.region_code });
    const income = await trx.selectFrom('projects.income').selectAll().where('id', '=', body.incomeId).where('asset_id', '=', assetId).executeTakeFirst();
    if (!income) throw wrong('incomeId', '没有这笔收益。');
    if (body.proposedOn > today() || body.proposedOn < income.received_on) throw wrong('proposedOn', '分配日期应在收款以后、今天以前。');
    const numbers = body.shares.map(({ householdNumber }) => householdNumber);
    if (new Set(numbers).size !== numbers.length) throw wrong('shares', '同一户在分配方案里出现了两次。');
    const households = await findHouseholdsByNumber(trx, asset.county_code, numbers);
    const unknown = numbers.filter((number) => !households.has(number)).length;
    if (unknown > 0) throw wrong('shares', `有 ${unknown} 个户号不在您负责的区划的帮扶对象库里，方案没有保存。`);
    const total = body.shares.reduce((sum, { amountFen }) => sum + amountFen, 0);
    if (total > income.amount_fen) throw wrong('shares', `分配合计 ${(total / 100).toFixed(2)} 元，超过这笔收益 ${(income.amount_fen / 100).toFixed(2)} 元。`);
    const id = newId();
    const keys = { county_code: asset.county_code, region_code: asset.region_code };
    const vote = await insertVote(trx, actor, { kind: 'distribution', id, ...keys }, body.vote);
    if (!vote.carried) throw wrong('vote', '村民（代表）会议没有通过，不能分配。');
    const inserted = await trx
      .insertInto('projects.distribution')
      .values({ ...keys, id, asset_id: assetId, income_id: income.id, vote_id: vote.id, total_fen: total, households: numbers.length, proposed_on: body.proposedOn, proposed_by: actor.accountId, proposed_by_name: actor.displayName })
      .onConflict((conflict) => conflict.doNothing())
      .executeTakeFirst();
    if (inserted.numInsertedOrUpdatedRows === 0n) throw new AppError('already-exists', '这笔收益已经有分配方案。');
    await trx.insertInto('projects.household_share').values(body.shares.map((one) => ({ ...keys, distribution_id: id, household_id: households.get(one.householdNumber)!, amount_fen: one.amountFen }))).execute();
    await recordAudit(trx, actor, { action: 'asset.distribution.propose', objectKind: 'distribution', objectId: id, regionCode: asset.region_code, details: { asset: assetId, income: income.id, households: numbers.length, totalFen: total } });
    return { id };
  });
}

async function getDistribution(trx: Trx, id: string) {
  const row = await trx.selectFrom('projects.distribution').selectAll().where('id', '=', id).forUpdate().executeTakeFirst();
  if (!row) throw new AppError('not-found');
  return row;
}

/** Approving sets the money aside in the ledger; sending back lets the village propose again. */
export async function decideDistribution(actor: Actor, id: string, body: BodyOf<typeof decideEndpoint>): Promise<{ ok: true }> {
  return runCommand(actor, 'asset.distribution.decide', { ...body, id } as typeof body, async (trx) => {
    const row = await getDistribution(trx, id);
    authorize(actor, 'asset.approve', { regionCode: row.region_code });
    if (row.proposed_by === actor.accountId) throw new AppError('conflict-of-interest', '提出分配方案的人不能审定，须由另一人办理。');
    if (row.state !== 'proposed') throw new AppError('wrong-state', '这个分配方案已经审定。');
    if (body.decidedOn > today() || body.decidedOn < row.proposed_on) throw wrong('decidedOn', '审定日期应在提出以后、今天以前。');
    const asset = await getAssetRow(trx, row.asset_id);
    const income = await trx.selectFrom('projects.income').select('indicator_id').where('id', '=', row.income_id).executeTakeFirstOrThrow();
    const planId = body.approve
      ? (await planUseWithin(trx, actor, { id: income.indicator_id, kind: 'direct-benefit', useCode: 'income-distribution', title: `${asset.title}收益分配`, placeCode: asset.region_code, projectId: asset.project_id, households: row.households, amountFen: row.total_fen, plannedOn: body.decidedOn, finishBy: addDays(body.decidedOn, 30) })).id
      : null;
    await trx
      .updateTable('projects.distribution')
      .set({ state: body.approve ? 'approved' : 'rejected', decided_on: body.decidedOn, decided_by_name: actor.displayName, decided_reason: withoutPersonalData(body.reason), plan_id: planId })
      .where('id', '=', id)
      .execute();
    await recordAudit(trx, actor, { action: 'asset.distribution.decide', objectKind: 'distribution', objectId: id, regionCode: row.region_code, reason: body.reason, details: { approve: body.approve } });
    return { ok: true as const };
  });
}

/** All shares at once, by a third person; the ledger lines carry the households. */
export async function payDistribution(actor: Actor, id: string, body: BodyOf<typeof payEndpoint>): Promise<{ transactionId: string }> {
  return runCommand(actor, 'asset.distribution.pay', { ...body, id } as typeof body, async (trx) => {
    const row = await getDistribution(trx, id);
    authorize(actor, 'fund.pay', { regionCode: row.region_code });
    if (row.state !== 'approved' || row.plan_id === null) throw new AppError('wrong-state', row.state === 'paid' ? '已经发放过，没有再发一次。' : '分配方案审定以后才能发放。');
    if (row.proposed_by === actor.accountId) throw new AppError('conflict-of-interest', '提出分配方案的人不能发放，须由另一人办理。');
    const shares = await trx.selectFrom('projects.household_share').select(['household_id', 'amount_fen']).where('distribution_id', '=', id).orderBy('household_id').execute();
    const paid = await payPlanWithin(trx, actor, { id: row.plan_id, voucherNumber: body.voucherNumber, payeeKind: 'household', households: shares.map((one) => ({ householdId: one.household_id, amountFen: one.amount_fen })), amountFen: row.total_fen, paidOn: body.paidOn });
    await trx.updateTable('projects.distribution').set({ state: 'paid', payment_id: paid.id, paid_on: body.paidOn, paid_by: actor.accountId, transaction_id: paid.transactionId }).where('id', '=', id).execute();
    await recordAudit(trx, actor, { action: 'asset.distribution.pay', objectKind: 'distribution', objectId: id, regionCode: row.region_code, details: { payment: paid.id, households: shares.length } });
    return { transactionId: paid.transactionId };
  });
}

/** What the household itself says, in its own words of three: all, less, nothing. It may say something else later. */
export async function answerShare(actor: Actor, id: string, body: BodyOf<typeof answerEndpoint>): Promise<{ ok: true }> {
  return runCommand(actor, 'asset.share.answer', { ...body, id } as typeof body, async (trx) => {
    const row = await getDistribution(trx, id);
    authorize(actor, 'asset.confirm', { regionCode: row.region_code });
    if (row.proposed_by === actor.accountId || row.paid_by === actor.accountId) throw new AppError('conflict-of-interest', '提出方案或发放的人不能替农户确认，须由另一人听农户说。');
    if (row.state !== 'paid') throw new AppError('wrong-state', '发放以后才能登记农户是否收到。');
    if (body.answeredOn > today() || (row.paid_on !== null && body.answeredOn < row.paid_on)) throw wrong('answeredOn', '日期应在发放以后、今天以前。');
    const share = await trx.selectFrom('projects.household_share').select('amount_fen').where('distribution_id', '=', id).where('household_id', '=', body.householdId).executeTakeFirst();
    if (!share) throw wrong('householdId', '这一户不在分配方案里。');
    const answered = body.answer === 'received' ? share.amount_fen : body.answer === 'nothing' ? 0 : body.answeredFen;
    if (answered === undefined || (body.answer === 'less' && answered >= share.amount_fen)) throw wrong('answeredFen', '请填写农户说实际收到的金额，应少于应得的。');
    await trx
      .updateTable('projects.household_share')
      .set({ answer: body.answer, answered_fen: answered, answered_on: body.answeredOn, answer_by: actor.accountId, answer_by_name: actor.displayName })
      .where('distribution_id', '=', id)
      .where('household_id', '=', body.householdId)
      .execute();
    await recordAudit(trx, actor, { action: 'asset.share.answer', objectKind: 'distribution', objectId: id, householdId: body.householdId, regionCode: row.region_code, details: { answer: body.answer } });
    return { ok: true as const };
  });
}

export async function listShares(actor: Actor, id: string, query: QueryOf<typeof sharesEndpoint>): Promise<ResponseOf<typeof sharesEndpoint>> {
  authorize(actor, 'asset.confirm');
  authorize(actor, 'household.read');
  return inTransaction(actor, async (trx) => {
    const after = readCursor(query.cursor)?.[0];
    let rows = trx.selectFrom('projects.household_share').selectAll().where('distribution_id', '=', id);
    if (after !== undefined) rows = rows.where('household_id', '>', String(after));
    const found = await rows.orderBy('household_id').limit(query.limit + 1).execute();
    const { count } = await trx.selectFrom('projects.household_share').select(({ fn }) => fn.countAll<number>().as('count')).where('distribution_id', '=', id).executeTakeFirstOrThrow();
    const heads = await readHouseholdHeads(trx, actor, found.map((row) => row.household_id));
    return page(found, query.limit, (row) => [row.household_id], Math.min(Number(count), countCap), (row) => ({ householdId: row.household_id, householdNumber: heads.get(row.household_id)?.number ?? '', head: heads.get(row.household_id)?.name ?? '', amountFen: row.amount_fen, answer: row.answer as 'received' | 'less' | 'nothing' | null, answeredFen: row.answered_fen, answeredOn: row.answered_on, answerBy: row.answer_by_name }));
  });
}
