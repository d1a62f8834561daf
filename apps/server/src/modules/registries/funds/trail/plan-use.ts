import type { BodyOf, ResponseOf, planUse as endpoint } from '@sunlit/api-spec';
import { isWithin, newId } from '@sunlit/kernel';
import { recordAudit } from '#platform/audit/record-audit.ts';
import type { Actor } from '#platform/authorization/actor.ts';
import { authorize } from '#platform/authorization/authorize.ts';
import { today } from '#platform/clock/today.ts';
import { runCommand } from '#platform/commands/run-command.ts';
import type { Trx } from '#platform/database/transaction.ts';
import { AppError } from '#platform/errors.ts';
import { findRegion } from '#modules/organisation/index.ts';
import { getFundKind, negativeWordsIn, requirePurpose } from '../fund-catalogue.ts';
import { move } from '../ledger/accounts.ts';
import { postTransaction } from '../ledger/post-transaction.ts';
import { getIndicatorRow, trancheOf } from './indicator-store.ts';
import { projectChecks } from './project-checks.ts';
import { requireHeld, requireNotBefore, requireNotFuture, requireOpenYear } from './trail-policy.ts';

/** Sets money aside for a project or a direct benefit. Words of the negative list are noted as a lead, not refused. */
export async function planUse(actor: Actor, id: string, body: BodyOf<typeof endpoint>): Promise<ResponseOf<typeof endpoint>> {
  const command = { ...body, id };
  return runCommand(actor, 'fund.plan', command, (trx) => planUseWithin(trx, actor, command));
}

export type PlannedUse = Omit<BodyOf<typeof endpoint>, 'commandId'> & { id: string };

/** The same within a command of another module, which records its own audit beside this one. */
export async function planUseWithin(trx: Trx, actor: Actor, command: PlannedUse): Promise<ResponseOf<typeof endpoint>> {
  const { id } = command;
  const row = await getIndicatorRow(trx, id, { lock: true });
  authorize(actor, 'fund.plan', { regionCode: row.region_code });
  requireHeld(row);
  requireNotBefore('plannedOn', command.plannedOn, row.arrived_on, '到账日期');
  requireNotFuture('plannedOn', command.plannedOn, today());
  requireOpenYear('plannedOn', row, command.plannedOn);
  requireNotBefore('finishBy', command.finishBy, command.plannedOn, '安排日期');
  const kind = getFundKind(row.fund_code, row.region_code, command.plannedOn);
  requirePurpose(kind, command.useCode);
  if (!isWithin(command.placeCode, row.region_code) || !(await findRegion(trx, command.placeCode))) throw new AppError('request-invalid', undefined, { fields: [{ path: 'placeCode', message: '实施地点应在这笔资金所在的区划内。' }] });
  if (command.projectId !== null) await projectChecks()?.beforePlan(trx, { projectId: command.projectId, placeCode: command.placeCode, plannedOn: command.plannedOn, amountFen: command.amountFen });
  const planId = newId();
  const negativeWords = negativeWordsIn(kind, command.title);
  const transactionId = await postTransaction(trx, actor, {
    kind: 'plan',
    businessKey: `plan:${planId}`,
    bookCode: row.region_code,
    day: command.plannedOn,
    summary: command.title,
    lines: move(trancheOf(row), command.amountFen, 'available', 'planned', { planId, projectId: command.projectId }),
  });
  await trx
    .insertInto('funds.plan')
    .values({ county_code: row.county_code, id: planId, region_code: row.region_code, indicator_id: row.id, kind: command.kind, use_code: command.useCode, title: command.title, place_code: command.placeCode, project_id: command.projectId, households: command.households, amount_fen: command.amountFen, planned_on: command.plannedOn, finish_by: command.finishBy, negative_words: negativeWords, transaction_id: transactionId, planned_by: actor.accountId, planned_by_name: actor.displayName })
    .execute();
  await recordAudit(trx, actor, { action: 'fund.plan', objectKind: 'plan', objectId: planId, regionCode: row.region_code, details: { indicator: row.id, use: command.useCode, amountFen: command.amountFen } });
  return { id: planId, negativeWords };
}
