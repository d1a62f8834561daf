import type { Trx } from '#platform/database/transaction.ts';
import { AppError } from '#platform/errors.ts';
import { findProjectRow } from './pool/project-store.ts';
import { stateTitle, statesInPool } from './pool/project-workflow.ts';

/** Money is set aside only for a project that stands in the pool, where the project is. */
export async function requireProjectForPlan(trx: Trx, plan: { projectId: string; placeCode: string }): Promise<void> {
  const refused = (path: string, message: string) => new AppError('request-invalid', undefined, { fields: [{ path, message }] });
  const row = await findProjectRow(trx, plan.projectId);
  if (!row) throw refused('projectId', '没有这个项目，或它不在您负责的区划内。');
  if (!statesInPool.includes(row.state)) throw refused('projectId', `项目“${row.number}”还没有批准入库（${stateTitle(row.state).title.zh}），不能安排资金。`);
  if (plan.placeCode !== row.region_code) throw refused('placeCode', '实施地点应与项目一致。');
}
