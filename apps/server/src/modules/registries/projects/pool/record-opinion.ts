import type { BodyOf, recordOpinion as endpoint } from '@sunlit/api-spec';
import { newId } from '@sunlit/kernel';
import { recordAudit } from '#platform/audit/record-audit.ts';
import type { Actor } from '#platform/authorization/actor.ts';
import { authorize } from '#platform/authorization/authorize.ts';
import { today } from '#platform/clock/today.ts';
import { runCommand } from '#platform/commands/run-command.ts';
import { AppError } from '#platform/errors.ts';
import { withoutPersonalData } from '#platform/logging/log.ts';
import { getProjectRow, keysOf } from './project-store.ts';

/** What experts or an accounting firm say, recorded by somebody other than who declared the project. */
export async function recordOpinion(actor: Actor, id: string, body: BodyOf<typeof endpoint>): Promise<{ id: string }> {
  const command = { ...body, id };
  return runCommand(actor, 'project.opinion', command, async (trx) => {
    const row = await getProjectRow(trx, id, { lock: true });
    authorize(actor, 'project.review', { regionCode: row.region_code });
    if (row.state !== 'declared') throw new AppError('wrong-state', '项目申报以后、评审结束以前才能登记评审意见。');
    if (row.declared_by === actor.accountId) throw new AppError('conflict-of-interest', '申报项目的人不能登记评审意见，须由另一人登记。');
    if (body.givenOn > today()) throw new AppError('request-invalid', undefined, { fields: [{ path: 'givenOn', message: '评审日期不能晚于今天。' }] });
    const opinionId = newId();
    await trx
      .insertInto('projects.opinion')
      .values({ ...keysOf(row), id: opinionId, kind: body.kind, reviewer: body.reviewer, result: body.result, score: body.score, summary: withoutPersonalData(body.summary), given_on: body.givenOn, recorded_by: actor.accountId, recorded_by_name: actor.displayName })
      .execute();
    await recordAudit(trx, actor, { action: 'project.opinion', objectKind: 'project', objectId: id, regionCode: row.region_code, details: { opinion: opinionId, kind: body.kind, result: body.result } });
    return { id: opinionId };
  });
}
