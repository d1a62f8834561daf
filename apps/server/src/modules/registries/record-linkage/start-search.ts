import type { BodyOf, searchLinkagePairs as endpoint } from '@sunlit/api-spec';
import { newId } from '@sunlit/kernel';
import { sql } from 'kysely';
import { recordAudit } from '#platform/audit/record-audit.ts';
import type { Actor } from '#platform/authorization/actor.ts';
import { authorize } from '#platform/authorization/authorize.ts';
import { runCommand } from '#platform/commands/run-command.ts';
import { AppError } from '#platform/errors.ts';
import { enqueue } from '#platform/jobs/jobs.ts';
import { openTask } from '#platform/tasks/tasks.ts';
import { findRegion } from '#modules/organisation/index.ts';

/** A county searches itself; a city also across its counties. */
export async function startSearch(actor: Actor, command: BodyOf<typeof endpoint>): Promise<{ taskId: string }> {
  authorize(actor, 'household.change', { regionCode: command.regionCode });
  return runCommand(actor, 'record-linkage.start', command, async (trx) => {
    if (!(await findRegion(trx, command.regionCode))) throw new AppError('request-invalid', undefined, { fields: [{ path: 'regionCode', message: '没有这个区划。' }] });
    const id = newId();
    await sql`INSERT INTO linkage.search (id, region_code) VALUES (${id}, ${command.regionCode})`.execute(trx);
    const taskId = await openTask(trx, actor, { kind: 'record-linkage-search', titleKey: 'tasks.recordLinkageSearch', subjectId: id, link: '/record-linkage' });
    await recordAudit(trx, actor, { action: 'record-linkage.start', objectKind: 'region', objectId: command.regionCode, regionCode: command.regionCode });
    await enqueue(trx, 'record-linkage-search', { actorId: actor.accountId, subjectId: id, taskId });
    return { taskId };
  });
}
