import type { BodyOf, reportProgress as endpoint } from '@sunlit/api-spec';
import { newId } from '@sunlit/kernel';
import { sql } from 'kysely';
import { recordAudit } from '#platform/audit/record-audit.ts';
import type { Actor } from '#platform/authorization/actor.ts';
import { authorize } from '#platform/authorization/authorize.ts';
import { today } from '#platform/clock/today.ts';
import { runCommand } from '#platform/commands/run-command.ts';
import { AppError } from '#platform/errors.ts';
import { withoutPersonalData } from '#platform/logging/log.ts';
import { getProjectRow, keysOf } from '../pool/project-store.ts';

const wrong = (path: string, message: string) => new AppError('request-invalid', undefined, { fields: [{ path, message }] });

/** Says how far a stage is; the whole follows by the stages' weights. It may go back: a correction is written down too. */
export async function reportProgress(actor: Actor, id: string, body: BodyOf<typeof endpoint>): Promise<{ physicalPercent: number }> {
  const command = { ...body, id };
  return runCommand(actor, 'project.progress', command, async (trx) => {
    const row = await getProjectRow(trx, id, { lock: true });
    authorize(actor, 'project.run', { regionCode: row.region_code });
    if (row.state !== 'under-way') throw new AppError('wrong-state', '项目开工以后、报完工以前才能填报进度。');
    if (body.reportedOn > today()) throw wrong('reportedOn', '填报日期不能晚于今天。');
    const earliest = row.progress_on ?? row.started_on;
    if (earliest !== null && body.reportedOn < earliest) throw wrong('reportedOn', `不能早于上一次填报或开工的日期（${earliest}）。`);
    const updated = await trx
      .updateTable('projects.stage')
      .set({ done_percent: body.donePercent, done_on: body.donePercent === 100 ? body.reportedOn : null })
      .where('project_id', '=', id)
      .where('ordinal', '=', body.stage)
      .executeTakeFirst();
    if (updated.numUpdatedRows === 0n) throw wrong('stage', '没有这个阶段。');
    const { rows } = await sql<{ whole: number }>`SELECT floor(sum(share_percent * done_percent) / 100.0)::int AS whole FROM projects.stage WHERE project_id = ${id}`.execute(trx);
    const physicalPercent = rows[0]!.whole;
    await trx.updateTable('projects.project').set({ physical_percent: physicalPercent, progress_on: body.reportedOn, changed_at: sql`now()` }).where('id', '=', id).execute();
    await trx
      .insertInto('projects.progress')
      .values({ ...keysOf(row), id: newId(), stage_ordinal: body.stage, done_percent: body.donePercent, physical_percent: physicalPercent, reported_on: body.reportedOn, note: withoutPersonalData(body.note), by_id: actor.accountId, by_name: actor.displayName })
      .execute();
    await recordAudit(trx, actor, { action: 'project.progress', objectKind: 'project', objectId: id, regionCode: row.region_code, details: { stage: body.stage, donePercent: body.donePercent } });
    return { physicalPercent };
  });
}
