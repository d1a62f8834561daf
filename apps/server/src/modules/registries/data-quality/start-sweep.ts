import type { BodyOf, refreshQuality as refreshEndpoint } from '@sunlit/api-spec';
import { isWithin } from '@sunlit/kernel';
import { sql } from 'kysely';
import { recordAudit } from '#platform/audit/record-audit.ts';
import { systemActor, type Actor } from '#platform/authorization/actor.ts';
import { authorize } from '#platform/authorization/authorize.ts';
import { hourOfDay, today } from '#platform/clock/today.ts';
import { runCommand } from '#platform/commands/run-command.ts';
import { inTransaction, type Trx } from '#platform/database/transaction.ts';
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

/** After an import: county by county, so that one that fails holds back no other; below a county only what was imported. */
export async function enqueueSweeps(trx: Trx, regionCode: string): Promise<void> {
  const counties = (await listCounties(trx)).filter((county) => isWithin(county, regionCode));
  await enqueueEach(trx, counties.length > 0 ? counties : [regionCode]);
}

/** Local hour: after the deliveries of the evening, before the first officer. */
const nightlyHour = 2;

/** Every night, each county that was not swept since; a machine that was off at night catches up when it starts. */
export async function startNightlySweeps(hour = hourOfDay()): Promise<void> {
  if (hour < nightlyHour) return;
  await inTransaction(systemActor, async (trx) => {
    const { rows } = await sql<{ region_code: string }>`SELECT region_code FROM data_quality.sweep WHERE day = ${today()}::date`.execute(trx);
    const swept = new Set(rows.map((row) => row.region_code));
    await enqueueEach(trx, (await listCounties(trx)).filter((county) => !swept.has(county)));
  });
}

async function listCounties(trx: Trx): Promise<string[]> {
  const { rows } = await sql<{ county_code: string }>`SELECT DISTINCT county_code FROM households.household ORDER BY 1`.execute(trx);
  return rows.map((row) => row.county_code);
}

async function enqueueEach(trx: Trx, regions: readonly string[]): Promise<void> {
  for (const region of regions) await enqueue(trx, 'data-quality-sweep', { actorId: systemActor.accountId, subjectId: await insertSweep(trx, region) });
}
