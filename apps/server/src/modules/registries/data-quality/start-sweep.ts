import type { BodyOf, refreshQuality as refreshEndpoint } from '@sunlit/api-spec';
import { isWithin } from '@sunlit/kernel';
import { sql } from 'kysely';
import { recordAudit } from '#platform/audit/record-audit.ts';
import { systemActor, type Actor } from '#platform/authorization/actor.ts';
import { authorize } from '#platform/authorization/authorize.ts';
import { runCommand } from '#platform/commands/run-command.ts';
import type { Trx } from '#platform/database/transaction.ts';
import { AppError } from '#platform/errors.ts';
import { enqueue } from '#platform/jobs/jobs.ts';
import { openTask } from '#platform/tasks/tasks.ts';
import { findRegion } from '#modules/organisation/index.ts';
import { insertSweep } from './sweep-store.ts';

/** Somebody wants all records of a division checked now. */
export async function startSweep(actor: Actor, command: BodyOf<typeof refreshEndpoint>): Promise<{ taskId: string }> {
  authorize(actor, 'household.change', { regionCode: command.regionCode });
  return runCommand(actor, 'data-quality.refresh', command, async (trx) => {
    if (!(await findRegion(trx, command.regionCode))) throw new AppError('request-invalid', undefined, { fields: [{ path: 'regionCode', message: '没有这个区划。' }] });
    const id = await insertSweep(trx, command.regionCode);
    const taskId = await openTask(trx, actor, { kind: 'data-quality-sweep', titleKey: 'tasks.dataQualitySweep', subjectId: id, link: '/data-quality' });
    await recordAudit(trx, actor, { action: 'data-quality.refresh', objectKind: 'region', objectId: command.regionCode, regionCode: command.regionCode });
    await enqueue(trx, 'data-quality-sweep', { actorId: actor.accountId, subjectId: id, taskId });
    return { taskId };
  });
}

/** Every night, and after an import: county by county, so that one that fails holds back no other. */
export async function enqueueSweeps(trx: Trx, regionCode?: string): Promise<void> {
  const { rows } = await sql<{ county_code: string }>`SELECT DISTINCT county_code FROM households.household`.execute(trx);
  const counties = rows.map((row) => row.county_code).filter((county) => regionCode === undefined || isWithin(county, regionCode));
  // Below a county only the part that was imported is swept.
  for (const county of counties.length > 0 || regionCode === undefined ? counties : [regionCode]) await enqueue(trx, 'data-quality-sweep', { actorId: systemActor.accountId, subjectId: await insertSweep(trx, county) });
}
