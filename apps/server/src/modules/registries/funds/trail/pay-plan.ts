import type { BodyOf, payPlan as endpoint } from '@sunlit/api-spec';
import { newId } from '@sunlit/kernel';
import { recordAudit } from '#platform/audit/record-audit.ts';
import type { Actor } from '#platform/authorization/actor.ts';
import { authorize } from '#platform/authorization/authorize.ts';
import { today } from '#platform/clock/today.ts';
import { runCommand } from '#platform/commands/run-command.ts';
import type { Trx } from '#platform/database/transaction.ts';
import { AppError } from '#platform/errors.ts';
import { countKnownHouseholds } from '#modules/registries/households/index.ts';
import { getFundKind } from '../fund-catalogue.ts';
import { move, type LedgerLine } from '../ledger/accounts.ts';
import { postTransaction } from '../ledger/post-transaction.ts';
import { getIndicatorRow, trancheOf } from './indicator-store.ts';
import { projectChecks } from './project-checks.ts';
import { lastYearOf, requireNotBefore, requireNotFuture } from './trail-policy.ts';

/** Pays from a plan, never more than was planned, never by whoever planned it. A voucher pays once. */
export async function payPlan(actor: Actor, id: string, body: BodyOf<typeof endpoint>): Promise<{ id: string; transactionId: string }> {
  const command = { ...body, id };
  return runCommand(actor, 'fund.pay', command, (trx) => payPlanWithin(trx, actor, command));
}

/** A payment to households says nothing of its account: it goes into their own. */
export type PlanPayment = Omit<BodyOf<typeof endpoint>, 'commandId' | 'accountKind'> & { id: string; accountKind?: BodyOf<typeof endpoint>['accountKind']; /** the list that it pays */ batch?: { id: string; number: string } };

/** The same within a command of another module, which records its own audit beside this one. */
export async function payPlanWithin(trx: Trx, actor: Actor, command: PlanPayment): Promise<{ id: string; transactionId: string }> {
  const { id } = command;
  const plan = await trx.selectFrom('funds.plan').selectAll().where('id', '=', id).forUpdate().executeTakeFirst();
  if (!plan) throw new AppError('not-found');
  authorize(actor, 'fund.pay', { regionCode: plan.region_code });
  if (plan.state !== 'planned') throw new AppError('wrong-state', '这项计划已经取消。');
  if (plan.planned_by === actor.accountId) throw new AppError('conflict-of-interest', '安排计划的人不能支付，须由另一人支付。');
  requireNotBefore('paidOn', command.paidOn, plan.planned_on, '安排日期');
  requireNotFuture('paidOn', command.paidOn, today());
  const indicator = await getIndicatorRow(trx, plan.indicator_id);
  const lastYear = lastYearOf(indicator, getFundKind(indicator.fund_code, indicator.region_code, plan.planned_on).carryOverYears);
  if (Number(command.paidOn.slice(0, 4)) > lastYear) throw new AppError('wrong-state', `${indicator.fiscal_year} 年度的这笔资金最晚支付到 ${lastYear} 年，剩余部分应收回。`);
  await requireKnownHouseholds(trx, command.households.map((one) => one.householdId));
  if (plan.project_id !== null) await projectChecks()?.beforePayment(trx, { projectId: plan.project_id, payeeKind: command.payeeKind, payee: command.payee ?? '', amountFen: command.amountFen, paidOn: command.paidOn });
  const subject = { planId: plan.id, projectId: plan.project_id };
  const [debit, credit] = move(trancheOf(indicator), command.amountFen, 'planned', 'paid', subject) as [LedgerLine, LedgerLine];
  const debits = command.households.length === 0 ? [debit] : command.households.map(({ householdId, amountFen }) => ({ ...debit, householdId, amountFen }));
  const paymentId = newId();
  const transactionId = await postTransaction(trx, actor, { kind: 'payment', businessKey: `payment:${paymentId}`, bookCode: plan.region_code, day: command.paidOn, summary: `${command.voucherNumber} ${plan.title}`, lines: [...debits, credit] });
  const inserted = await trx
    .insertInto('funds.payment')
    .values({ county_code: plan.county_code, id: paymentId, region_code: plan.region_code, plan_id: plan.id, indicator_id: indicator.id, voucher_number: command.voucherNumber, payee_kind: command.payeeKind, payee: command.payee ?? '', account_kind: command.payeeKind === 'household' ? 'unit' : (command.accountKind ?? 'unit'), households: command.households.length, batch_id: command.batch?.id ?? null, batch_number: command.batch?.number ?? null, amount_fen: command.amountFen, paid_on: command.paidOn, transaction_id: transactionId, paid_by: actor.accountId, paid_by_name: actor.displayName })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  if (inserted.numInsertedOrUpdatedRows === 0n) throw new AppError('already-exists', `凭证“${command.voucherNumber}”已经支付过，没有再付一次。`);
  await recordAudit(trx, actor, { action: 'fund.pay', objectKind: 'payment', objectId: paymentId, regionCode: plan.region_code, details: { plan: plan.id, voucher: command.voucherNumber, amountFen: command.amountFen, households: command.households.length } });
  return { id: paymentId, transactionId };
}

async function requireKnownHouseholds(trx: Trx, ids: readonly string[]): Promise<void> {
  const wrong = (message: string) => new AppError('request-invalid', undefined, { fields: [{ path: 'households', message }] });
  if (new Set(ids).size !== ids.length) throw wrong('同一户在这张凭证里出现了两次。');
  if (ids.length > 0 && (await countKnownHouseholds(trx, ids)) !== ids.length) throw wrong('有的户不在您负责的区划的帮扶对象库里。');
}
