import type { BodyOf, confirmMilestone as milestoneEndpoint, payContract as payEndpoint, recordInvoice as invoiceEndpoint, voidInvoice as voidEndpoint } from '@sunlit/api-spec';
import { newId } from '@sunlit/kernel';
import { recordAudit } from '#platform/audit/record-audit.ts';
import type { Actor } from '#platform/authorization/actor.ts';
import { authorize } from '#platform/authorization/authorize.ts';
import { today } from '#platform/clock/today.ts';
import { runCommand } from '#platform/commands/run-command.ts';
import type { Trx } from '#platform/database/transaction.ts';
import { AppError } from '#platform/errors.ts';
import { withoutPersonalData } from '#platform/logging/log.ts';
import { listProjectPlans, payPlanWithin } from '#modules/registries/funds/index.ts';
import { getContractRow, listContractPayments, type ContractRow } from './contract-store.ts';
import { getVendor } from './vendors.ts';

const wrong = (path: string, message: string) => new AppError('request-invalid', undefined, { fields: [{ path, message }] });

/** A milestone is met when somebody says so and points to the paper that shows it. */
export async function confirmMilestone(actor: Actor, contractId: string, body: BodyOf<typeof milestoneEndpoint>): Promise<{ ok: true }> {
  return runCommand(actor, 'contract.milestone', { ...body, contractId } as typeof body, async (trx) => {
    const contract = await getContractRow(trx, contractId, { lock: true });
    authorize(actor, 'project.run', { regionCode: contract.region_code });
    if (contract.state !== 'active') throw new AppError('wrong-state', '合同已经结束。');
    if (body.metOn > today() || body.metOn < contract.signed_on) throw wrong('metOn', '日期应在签订以后、今天以前。');
    const document = await trx.selectFrom('projects.document').select('id').where('id', '=', body.documentId).where('project_id', '=', contract.project_id).executeTakeFirst();
    if (!document) throw wrong('documentId', '请选择这个项目的一份材料作为依据。');
    const updated = await trx
      .updateTable('projects.milestone')
      .set({ met_on: body.metOn, document_id: body.documentId, confirmed_by: actor.accountId, confirmed_by_name: actor.displayName })
      .where('contract_id', '=', contractId)
      .where('ordinal', '=', body.milestone)
      .where('met_on', 'is', null)
      .executeTakeFirst();
    if (updated.numUpdatedRows === 0n) throw wrong('milestone', '没有这个节点，或它已经确认过。');
    await recordAudit(trx, actor, { action: 'contract.milestone', objectKind: 'contract', objectId: contractId, regionCode: contract.region_code, details: { milestone: body.milestone, document: body.documentId } });
    return { ok: true as const };
  });
}

export async function recordInvoice(actor: Actor, contractId: string, body: BodyOf<typeof invoiceEndpoint>): Promise<{ id: string }> {
  return runCommand(actor, 'contract.invoice', { ...body, contractId } as typeof body, async (trx) => {
    const contract = await getContractRow(trx, contractId);
    authorize(actor, 'project.run', { regionCode: contract.region_code });
    if (body.issuedOn > today() || body.issuedOn < contract.signed_on) throw wrong('issuedOn', '开票日期应在签订以后、今天以前。');
    const id = newId();
    const inserted = await trx
      .insertInto('projects.invoice')
      .values({ county_code: contract.county_code, id, contract_id: contractId, region_code: contract.region_code, number: body.number, issued_on: body.issuedOn, amount_fen: body.amountFen, recorded_by: actor.accountId, recorded_by_name: actor.displayName })
      .onConflict((conflict) => conflict.constraint('invoice_once').doNothing())
      .executeTakeFirst();
    if (inserted.numInsertedOrUpdatedRows === 0n) throw new AppError('already-exists', `发票“${body.number}”在本县已经登记过，不能重复报账。`);
    await recordAudit(trx, actor, { action: 'contract.invoice', objectKind: 'contract', objectId: contractId, regionCode: contract.region_code, details: { invoice: id, amountFen: body.amountFen } });
    return { id };
  });
}

export async function voidInvoice(actor: Actor, invoiceId: string, body: BodyOf<typeof voidEndpoint>): Promise<{ ok: true }> {
  return runCommand(actor, 'contract.invoice-void', { ...body, invoiceId } as typeof body, async (trx) => {
    const invoice = await trx.selectFrom('projects.invoice').selectAll().where('id', '=', invoiceId).forUpdate().executeTakeFirst();
    if (!invoice) throw new AppError('not-found');
    authorize(actor, 'project.run', { regionCode: invoice.region_code });
    if (invoice.void_on !== null) throw new AppError('wrong-state', '这张发票已经登记作废。');
    if (body.voidOn > today() || body.voidOn < invoice.issued_on) throw wrong('voidOn', '作废日期应在开票以后、今天以前。');
    await trx.updateTable('projects.invoice').set({ void_on: body.voidOn, void_reason: withoutPersonalData(body.reason) }).where('id', '=', invoiceId).execute();
    await recordAudit(trx, actor, { action: 'contract.invoice-void', objectKind: 'invoice', objectId: invoiceId, regionCode: invoice.region_code, reason: body.reason });
    return { ok: true as const };
  });
}

/** Pays a milestone that was met, by valid invoices that paid nothing before. The ledger keeps the plan, this the contract. */
export async function payContract(actor: Actor, contractId: string, body: BodyOf<typeof payEndpoint>): Promise<{ id: string; transactionId: string }> {
  return runCommand(actor, 'contract.pay', { ...body, contractId } as typeof body, async (trx) => {
    const contract = await getContractRow(trx, contractId, { lock: true });
    authorize(actor, 'fund.pay', { regionCode: contract.region_code });
    if (contract.state === 'terminated') throw new AppError('wrong-state', '合同已经终止，不能再支付。');
    const milestone = await trx.selectFrom('projects.milestone').selectAll().where('contract_id', '=', contractId).where('ordinal', '=', body.milestone).executeTakeFirst();
    if (!milestone) throw wrong('milestone', '没有这个节点，或它已经确认过。');
    if (milestone.met_on === null || milestone.met_on > body.paidOn) throw wrong('milestone', '这个节点还没有确认完成，不能支付。');
    const payments = (await listContractPayments(trx, contract)).filter(({ state }) => state === 'paid');
    const left = milestone.amount_fen - payments.filter((one) => one.milestone === body.milestone).reduce((sum, one) => sum + one.amountFen, 0);
    if (body.amountFen > left) throw new AppError('funds-insufficient', `这个节点还可支付 ${(left / 100).toFixed(2)} 元，没有支付。`);
    await requireInvoices(trx, contract, body, new Set(payments.flatMap(({ invoiceIds }) => invoiceIds)));
    if (!(await listProjectPlans(trx, contract.project_id)).some(({ id }) => id === body.planId)) throw wrong('planId', '请选择为这个项目安排的资金。');
    const vendor = await getVendor(trx, contract.county_code, contract.vendor_id);
    const paid = await payPlanWithin(trx, actor, { id: body.planId, voucherNumber: body.voucherNumber, payeeKind: 'vendor', payee: vendor.name, accountKind: body.accountKind, households: [], amountFen: body.amountFen, paidOn: body.paidOn });
    await trx
      .insertInto('projects.contract_payment')
      .values({ county_code: contract.county_code, payment_id: paid.id, contract_id: contractId, region_code: contract.region_code, milestone_ordinal: body.milestone, invoice_ids: body.invoiceIds })
      .execute();
    await recordAudit(trx, actor, { action: 'contract.pay', objectKind: 'contract', objectId: contractId, regionCode: contract.region_code, details: { payment: paid.id, milestone: body.milestone, amountFen: body.amountFen } });
    return paid;
  });
}

async function requireInvoices(trx: Trx, contract: ContractRow, body: BodyOf<typeof payEndpoint>, used: ReadonlySet<string>): Promise<void> {
  const ids = [...new Set(body.invoiceIds)];
  const invoices = await trx.selectFrom('projects.invoice').select(['id', 'amount_fen', 'void_on', 'issued_on']).where('contract_id', '=', contract.id).where('id', 'in', ids).execute();
  if (invoices.length !== ids.length) throw wrong('invoiceIds', '发票不属于这份合同。');
  if (invoices.some((one) => one.void_on !== null)) throw wrong('invoiceIds', '发票已经作废，不能据以支付。');
  if (ids.some((id) => used.has(id))) throw wrong('invoiceIds', '发票已经付过款，不能再用一次。');
  const sum = invoices.reduce((total, one) => total + one.amount_fen, 0);
  if (sum < body.amountFen) throw wrong('invoiceIds', `发票合计 ${(sum / 100).toFixed(2)} 元，少于要支付的金额。`);
}
