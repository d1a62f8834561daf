import { calendarDate } from '@sunlit/api-spec';
import { ancestorsOf, newId } from '@sunlit/kernel';
import { sql } from 'kysely';
import { recordAudit } from '#platform/audit/record-audit.ts';
import type { Actor } from '#platform/authorization/actor.ts';
import { authorize } from '#platform/authorization/authorize.ts';
import { today } from '#platform/clock/today.ts';
import { runCommand } from '#platform/commands/run-command.ts';
import { AppError } from '#platform/errors.ts';
import { enqueue } from '#platform/jobs/jobs.ts';
import { openTask } from '#platform/tasks/tasks.ts';
import { findRegion } from '#modules/organisation/index.ts';
import { getRuleLibrary } from '../rule-catalogue/index.ts';
import { findRunUnderWay, insertRun } from './run-store.ts';

export interface StartRun {
  commandId: string;
  regionCode: string;
  asOf?: string | undefined;
}

/** Opens a run. With `inline` the caller executes it itself (the command line), otherwise a job does. */
export async function startRun(actor: Actor, command: StartRun, options: { inline?: boolean } = {}): Promise<{ id: string; taskId: string }> {
  authorize(actor, 'run.start', { regionCode: command.regionCode });
  const asOf = command.asOf ?? today();
  if (!calendarDate.safeParse(asOf).success) throw new AppError('request-invalid', undefined, { fields: [{ path: 'asOf', message: '日期应写作 2026-01-31。' }] });
  if (asOf > today()) throw new AppError('request-invalid', undefined, { fields: [{ path: 'asOf', message: '数据日期不能晚于今天。' }] });
  const { rules } = await getRuleLibrary();
  return runCommand(actor, 'run.start', command, async (trx) => {
    if (!(await findRegion(trx, command.regionCode))) throw new AppError('request-invalid', undefined, { fields: [{ path: 'regionCode', message: '没有这个区划。' }] });
    // Of two that start at the same moment the second must see the first.
    await sql`SELECT pg_advisory_xact_lock(hashtext('cross-check-run'))`.execute(trx);
    if (await findRunUnderWay(trx, [...ancestorsOf(command.regionCode), command.regionCode], command.regionCode)) throw new AppError('wrong-state', '这个区划正在比对，请等它完成，或先停止它。');
    const id = newId();
    const taskId = await openTask(trx, actor, { kind: 'cross-check-run', titleKey: 'tasks.crossCheckRun', subjectId: id, link: `/runs/${id}` });
    await insertRun(trx, { id, regionCode: command.regionCode, asOf, taskId, startedBy: actor.accountId }, rules.map((rule) => ({ code: rule.code, version: String(rule.version), visibility: rule.visibility })));
    await recordAudit(trx, actor, { action: 'run.start', objectKind: 'run', objectId: id, regionCode: command.regionCode, details: { asOf } });
    if (!options.inline) await enqueue(trx, 'cross-check-run', { actorId: actor.accountId, subjectId: id, taskId });
    return { id, taskId };
  });
}
