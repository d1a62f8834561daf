import type { BodyOf, PermissionCode, ResponseOf, takeProjectStep as endpoint } from '@sunlit/api-spec';
import { addDays, newId } from '@sunlit/kernel';
import { sql } from 'kysely';
import { z } from 'zod';
import { recordAudit } from '#platform/audit/record-audit.ts';
import type { Actor } from '#platform/authorization/actor.ts';
import { authorize } from '#platform/authorization/authorize.ts';
import { today } from '#platform/clock/today.ts';
import { runCommand } from '#platform/commands/run-command.ts';
import { findPolicy } from '#platform/configuration/policies.ts';
import type { Trx } from '#platform/database/transaction.ts';
import { AppError } from '#platform/errors.ts';
import { withoutPersonalData } from '#platform/logging/log.ts';
import { paidBeyondWork } from '../project-money-checks.ts';
import { missingForStep } from './missing-for-step.ts';
import { getProjectRow, keysOf, requireVersion, type ProjectRow } from './project-store.ts';
import { projectWorkflow } from './project-workflow.ts';

type Step = BodyOf<typeof endpoint> & { id: string };
type Change = Partial<Record<'rank' | 'settlement_fen' | 'recover_fen', number>> & Partial<Record<'rank_reason' | 'published_on' | 'published_until' | 'approval_number' | 'approved_on' | 'started_on' | 'completed_on' | 'accepted_on' | 'audited_on' | 'settled_on' | 'cancelled_on', string>>;

const wrong = (path: string, message: string) => new AppError('request-invalid', undefined, { fields: [{ path, message }] });

/** Takes a project one step on. Whoever declared it neither reviews nor approves nor accepts it. */
export async function takeProjectStep(actor: Actor, id: string, body: BodyOf<typeof endpoint>): Promise<ResponseOf<typeof endpoint>> {
  const command: Step = { ...body, id };
  return runCommand(actor, `project.${body.action}`, command, async (trx) => {
    const row = await getProjectRow(trx, id, { lock: true });
    const transition = projectWorkflow().find(row.state, command.action);
    if (!transition) throw new AppError('wrong-state');
    authorize(actor, transition.permission as PermissionCode, { regionCode: row.region_code });
    requireVersion(row, command.expectedVersion);
    const isJudged = transition.permission === 'project.review' || transition.permission === 'project.approve';
    if (isJudged && row.declared_by === actor.accountId) throw new AppError('conflict-of-interest', '申报项目的人不能评审、批准或验收自己申报的项目，须由另一人办理。');
    if (transition.reasonRequired && !command.reason) throw wrong('reason', '请写明理由。');
    if (command.happenedOn > today()) throw wrong('happenedOn', '日期不能晚于今天。');
    await requireAfterLastStep(trx, row, command.happenedOn);
    const missing = await missingForStep(trx, row, command.action, command.happenedOn);
    if (missing.length > 0) throw new AppError('wrong-state', `还不能进行这一步：${missing.join('；')}。`);
    const change = await changeOf(trx, row, command);
    await trx.updateTable('projects.project').set({ ...change, state: transition.to, version: row.version + 1, changed_at: sql`now()` }).where('id', '=', id).execute();
    await trx
      .insertInto('projects.step')
      .values({ ...keysOf(row), id: newId(), action: command.action, from_state: row.state, to_state: transition.to, happened_on: command.happenedOn, reason: command.reason === undefined ? null : withoutPersonalData(command.reason), by_id: actor.accountId, by_name: actor.displayName })
      .execute();
    await recordAudit(trx, actor, { action: `project.${command.action}`, objectKind: 'project', objectId: id, regionCode: row.region_code, reason: command.reason ?? null, details: { from: row.state, to: transition.to } });
    return { state: transition.to, recoverFen: change.recover_fen ?? null };
  });
}

async function requireAfterLastStep(trx: Trx, row: ProjectRow, day: string): Promise<void> {
  const last = await trx.selectFrom('projects.step').select('happened_on').where('project_id', '=', row.id).orderBy('happened_on', 'desc').limit(1).executeTakeFirst();
  if (last && day < last.happened_on) throw wrong('happenedOn', `不能早于上一步的日期（${last.happened_on}）。`);
}

async function changeOf(trx: Trx, row: ProjectRow, step: Step): Promise<Change> {
  const on = step.happenedOn;
  switch (step.action) {
    case 'rank':
      if (step.rank === undefined) throw wrong('rank', '请填写排序名次。');
      return { rank: step.rank, rank_reason: withoutPersonalData(step.reason ?? '') };
    case 'publish': {
      const days = await findPolicy(trx, 'project.publication-days', row.region_code, on, z.number().int().positive());
      if (!days) throw new AppError('not-ready', '没有“项目公示天数”这项政策参数，不能公示。');
      // the day of posting does not count
      return { published_on: on, published_until: addDays(on, days.value) };
    }
    case 'approve':
      if (step.approvalNumber === undefined) throw wrong('approvalNumber', '请填写批复文号。');
      return { approval_number: step.approvalNumber, approved_on: on };
    case 'start':
      return { started_on: on };
    case 'complete':
      return { completed_on: on };
    case 'accept':
      await recordActuals(trx, row, step.actuals);
      return { accepted_on: on };
    case 'audit':
      return { audited_on: on };
    case 'settle':
      if (step.settlementFen === undefined) throw wrong('settlementFen', '请填写决算金额。');
      return { settled_on: on, settlement_fen: step.settlementFen };
    case 'cancel':
      return { cancelled_on: on, recover_fen: await paidBeyondWork(trx, row) };
    default:
      return {};
  }
}

async function recordActuals(trx: Trx, row: ProjectRow, actuals: readonly number[] | undefined): Promise<void> {
  const targets = await trx.selectFrom('projects.target').select('ordinal').where('project_id', '=', row.id).orderBy('ordinal').execute();
  if (actuals?.length !== targets.length) throw wrong('actuals', '请逐项填写绩效目标的完成值。');
  for (const [index, { ordinal }] of targets.entries()) {
    await trx.updateTable('projects.target').set({ actual_thousandths: Math.round(actuals[index]! * 1000) }).where('project_id', '=', row.id).where('ordinal', '=', ordinal).execute();
  }
}
