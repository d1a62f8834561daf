import type { BodyOf, amendContract as amendEndpoint, endContract as endEndpoint, signContract as signEndpoint } from '@sunlit/api-spec';
import { newId } from '@sunlit/kernel';
import { z } from 'zod';
import { recordAudit } from '#platform/audit/record-audit.ts';
import type { Actor } from '#platform/authorization/actor.ts';
import { authorize } from '#platform/authorization/authorize.ts';
import { today } from '#platform/clock/today.ts';
import { runCommand } from '#platform/commands/run-command.ts';
import { findPolicy } from '#platform/configuration/policies.ts';
import type { Trx } from '#platform/database/transaction.ts';
import { AppError, type FieldProblem } from '#platform/errors.ts';
import { withoutPersonalData } from '#platform/logging/log.ts';
import { getProjectRow, keysOf, type ProjectRow } from '../pool/project-store.ts';
import { statesAtWork } from '../pool/project-workflow.ts';
import { getContractRow, listContractPayments, paidOf } from './contract-store.ts';
import { getVendor } from './vendors.ts';

const wrong = (path: string, message: string) => new AppError('request-invalid', undefined, { fields: [{ path, message }] });

/** Records a contract as signed: with the winner of its tender, or, below the legal threshold, without one. */
export async function signContract(actor: Actor, projectId: string, body: BodyOf<typeof signEndpoint>): Promise<{ id: string }> {
  return runCommand(actor, 'contract.sign', { ...body, projectId } as typeof body, async (trx) => {
    const project = await getProjectRow(trx, projectId, { lock: true });
    authorize(actor, 'project.run', { regionCode: project.region_code });
    if (!statesAtWork.includes(project.state)) throw new AppError('wrong-state', '项目批准入库以后、完工以前才能签订合同。');
    const vendor = await getVendor(trx, project.county_code, body.vendorId);
    await requireSound(trx, project, body);
    await requireAward(trx, project, body);
    const id = newId();
    const keys = { county_code: project.county_code, region_code: project.region_code };
    const inserted = await trx
      .insertInto('projects.contract')
      .values({ ...keysOf(project), id, tender_id: body.tenderId, direct_reason: body.directReason === undefined || body.tenderId !== null ? null : withoutPersonalData(body.directReason), vendor_id: vendor.id, number: body.number, title: withoutPersonalData(body.title), signed_fen: body.valueFen, value_fen: body.valueFen, signed_on: body.signedOn, start_on: body.startOn, finish_by: body.finishBy, retention_percent: body.retentionPercent, retention_until: body.retentionUntil, recorded_by: actor.accountId, recorded_by_name: actor.displayName })
      .onConflict((conflict) => conflict.constraint('contract_number').doNothing())
      .executeTakeFirst();
    if (inserted.numInsertedOrUpdatedRows === 0n) throw new AppError('already-exists', `合同编号“${body.number}”已经登记过。`);
    await trx
      .insertInto('projects.milestone')
      .values(body.milestones.map((one, index) => ({ ...keys, contract_id: id, ordinal: index + 1, title: one.title, due_on: one.dueOn, amount_fen: one.amountFen })))
      .execute();
    await recordAudit(trx, actor, { action: 'contract.sign', objectKind: 'contract', objectId: id, regionCode: project.region_code, details: { project: projectId, vendor: vendor.id, valueFen: body.valueFen } });
    return { id };
  });
}

async function requireSound(trx: Trx, project: ProjectRow, body: BodyOf<typeof signEndpoint>): Promise<void> {
  const fields: FieldProblem[] = [];
  if (body.signedOn > today()) fields.push({ path: 'signedOn', message: '签订日期不能晚于今天。' });
  if (project.approved_on !== null && body.signedOn < project.approved_on) fields.push({ path: 'signedOn', message: '签订日期不能早于项目批复。' });
  if (body.finishBy < body.startOn) fields.push({ path: 'finishBy', message: '完成期限不能早于开工日期。' });
  if (body.milestones.reduce((sum, one) => sum + one.amountFen, 0) !== body.valueFen) fields.push({ path: 'milestones', message: '各节点的金额加起来应等于合同金额。' });
  const most = await findPolicy(trx, 'contract.most-retention-percent', project.region_code, body.signedOn, z.number().int());
  if (most && body.retentionPercent > most.value) fields.push({ path: 'retentionPercent', message: `质保金不得高于 ${most.value} %。` });
  if (fields.length > 0) throw new AppError('request-invalid', undefined, { fields });
}

async function requireAward(trx: Trx, project: ProjectRow, body: BodyOf<typeof signEndpoint>): Promise<void> {
  if (body.tenderId === null) {
    if (body.directReason === undefined) throw wrong('directReason', '不招标直接发包的，请写明依据和理由。');
    const threshold = await findPolicy(trx, 'contract.tender-threshold-fen', project.region_code, body.signedOn, z.number().int());
    if (threshold && body.valueFen >= threshold.value) throw wrong('tenderId', '合同金额达到必须招标的标准，请先招标。');
    return;
  }
  const tender = await trx.selectFrom('projects.tender').selectAll().where('id', '=', body.tenderId).where('project_id', '=', project.id).executeTakeFirst();
  if (!tender || tender.state !== 'awarded') throw wrong('tenderId', '这次招标不属于这个项目，或还没有定标。');
  const bid = await trx.selectFrom('projects.bid').selectAll().where('id', '=', tender.awarded_bid_id).executeTakeFirstOrThrow();
  if (bid.vendor_id !== body.vendorId) throw wrong('vendorId', '合同应与中标人签订。');
  if (body.valueFen > bid.amount_fen) throw wrong('valueFen', `合同金额不能高于中标价 ${(bid.amount_fen / 100).toFixed(2)} 元。`);
  if (tender.awarded_on !== null && body.signedOn < tender.awarded_on) throw wrong('signedOn', '签订日期不能早于定标。');
}

/** Changes value or dates, with the reason, by another person than who signed. What is already paid cannot be taken away. */
export async function amendContract(actor: Actor, contractId: string, body: BodyOf<typeof amendEndpoint>): Promise<{ id: string }> {
  return runCommand(actor, 'contract.amend', { ...body, contractId } as typeof body, async (trx) => {
    const contract = await getContractRow(trx, contractId, { lock: true });
    authorize(actor, 'project.approve', { regionCode: contract.region_code });
    if (contract.recorded_by === actor.accountId) throw new AppError('conflict-of-interest', '登记合同的人不能变更合同，须由另一人办理。');
    if (contract.state !== 'active') throw new AppError('wrong-state', '合同已经结束。');
    if (body.amendedOn > today() || body.amendedOn < contract.signed_on) throw wrong('amendedOn', '变更日期应在签订以后、今天以前。');
    const valueFen = contract.value_fen + body.changeFen;
    const paid = paidOf(await listContractPayments(trx, contract));
    if (valueFen <= 0 || valueFen < paid) throw wrong('changeFen', '变更以后的合同金额不能低于已经支付的金额。');
    const id = newId();
    const keys = { county_code: contract.county_code, region_code: contract.region_code };
    await trx
      .insertInto('projects.amendment')
      .values({ ...keys, id, contract_id: contractId, amended_on: body.amendedOn, change_fen: body.changeFen, finish_by: body.finishBy, reason: withoutPersonalData(body.reason), recorded_by: actor.accountId, recorded_by_name: actor.displayName })
      .execute();
    await trx.updateTable('projects.contract').set({ value_fen: valueFen, finish_by: body.finishBy }).where('id', '=', contractId).execute();
    if (body.changeFen > 0) {
      const last = await trx.selectFrom('projects.milestone').select(({ fn }) => fn.max('ordinal').as('ordinal')).where('contract_id', '=', contractId).executeTakeFirstOrThrow();
      await trx.insertInto('projects.milestone').values({ ...keys, contract_id: contractId, ordinal: (last.ordinal ?? 0) + 1, title: withoutPersonalData(body.reason).slice(0, 80), due_on: body.finishBy, amount_fen: body.changeFen }).execute();
    }
    await recordAudit(trx, actor, { action: 'contract.amend', objectKind: 'contract', objectId: contractId, regionCode: contract.region_code, reason: body.reason, details: { changeFen: body.changeFen } });
    return { id };
  });
}

export async function endContract(actor: Actor, contractId: string, body: BodyOf<typeof endEndpoint>): Promise<{ ok: true }> {
  return runCommand(actor, 'contract.end', { ...body, contractId } as typeof body, async (trx) => {
    const contract = await getContractRow(trx, contractId, { lock: true });
    authorize(actor, 'project.approve', { regionCode: contract.region_code });
    if (contract.state !== 'active') throw new AppError('wrong-state', '合同已经结束。');
    if (body.endedOn > today() || body.endedOn < contract.signed_on) throw wrong('endedOn', '日期应在签订以后、今天以前。');
    await trx.updateTable('projects.contract').set({ state: body.state, ended_on: body.endedOn, ended_reason: withoutPersonalData(body.reason) }).where('id', '=', contractId).execute();
    await recordAudit(trx, actor, { action: 'contract.end', objectKind: 'contract', objectId: contractId, regionCode: contract.region_code, reason: body.reason, details: { state: body.state } });
    return { ok: true as const };
  });
}
