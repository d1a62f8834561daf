import { sql } from 'kysely';
import type { Trx } from '#platform/database/transaction.ts';
import { AppError } from '#platform/errors.ts';
import { listProjectPayments, readProjectMoney } from '#modules/registries/funds/index.ts';
import { findProjectRow } from './pool/project-store.ts';
import { stateTitle, statesInPool } from './pool/project-workflow.ts';
import { payableBy, type ContractRow } from './procurement/contract-store.ts';

/** Money is set aside only for a project that stands in the pool, where the project is. */
export async function requireProjectForPlan(trx: Trx, plan: { projectId: string; placeCode: string }): Promise<void> {
  const refused = (path: string, message: string) => new AppError('request-invalid', undefined, { fields: [{ path, message }] });
  const row = await findProjectRow(trx, plan.projectId);
  if (!row) throw refused('projectId', '没有这个项目，或它不在您负责的区划内。');
  if (!statesInPool.includes(row.state)) throw refused('projectId', `项目“${row.number}”还没有批准入库（${stateTitle(row.state).title.zh}），不能安排资金。`);
  if (plan.placeCode !== row.region_code) throw refused('placeCode', '实施地点应与项目一致。');
}

/**
 * A firm is paid for a project only by a contract, and never above it: by whatever door the payment comes. The contracts
 * stay locked, so that two payments at once do not both fit.
 */
export async function requireWithinContract(trx: Trx, payment: { projectId: string; payeeKind: string; payee: string; amountFen: number; paidOn: string }): Promise<void> {
  if (payment.payeeKind !== 'vendor') return;
  const { rows } = await sql<ContractRow>`
    SELECT c.* FROM projects.contract c JOIN projects.vendor v ON v.county_code = c.county_code AND v.id = c.vendor_id
    WHERE c.project_id = ${payment.projectId} AND v.name = ${payment.payee} AND c.state <> 'terminated' ORDER BY c.id FOR UPDATE OF c`.execute(trx);
  if (rows.length === 0) throw new AppError('request-invalid', undefined, { fields: [{ path: 'payee', message: '这个项目没有与这家供应商签订的合同，请先登记合同。' }] });
  const paid = (await listProjectPayments(trx, payment.projectId)).filter((one) => one.state === 'paid' && one.payeeKind === 'vendor' && one.payee === payment.payee).reduce((sum, one) => sum + one.amountFen, 0);
  const left = rows.reduce((sum, contract) => sum + payableBy(contract, payment.paidOn), 0) - paid;
  if (payment.amountFen > left) throw new AppError('funds-insufficient', `按合同现在还可支付 ${(Math.max(0, left) / 100).toFixed(2)} 元（质保金到期后才能支付），没有支付。`);
}

/** What has been paid for a project beyond what was built of it. */
export async function paidBeyondWork(trx: Trx, project: { id: string; budget_fen: number; physical_percent: number }): Promise<number> {
  const paid = (await readProjectMoney(trx, [project.id])).get(project.id)?.paidFen ?? 0;
  const { rows } = await sql<{ value: number }>`SELECT coalesce(sum(value_fen), 0)::bigint AS value FROM projects.contract WHERE project_id = ${project.id}`.execute(trx);
  const whole = rows[0]!.value > 0 ? rows[0]!.value : project.budget_fen;
  return Math.max(0, paid - Math.floor((whole * project.physical_percent) / 100));
}
