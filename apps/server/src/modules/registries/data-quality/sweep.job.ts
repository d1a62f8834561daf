import { regionRange } from '@sunlit/kernel';
import { sql } from 'kysely';
import { recordAudit } from '#platform/audit/record-audit.ts';
import type { Actor } from '#platform/authorization/actor.ts';
import { today } from '#platform/clock/today.ts';
import { withExclusiveLock } from '#platform/database/exclusive-lock.ts';
import { inTransaction, type Trx } from '#platform/database/transaction.ts';
import { jobLock, type JobPayload } from '#platform/jobs/jobs.ts';
import { runTask, type TaskProgress } from '#platform/tasks/tasks.ts';
import { readHouseholdsForQuality } from '#modules/registries/households/index.ts';
import type { CountyChecker } from './county-checker.ts';
import { refreshHouseholds } from './refresh-households.ts';
import { finishSweep, getSweep } from './sweep-store.ts';

const pageHouseholds = 500;

/** Job `data-quality-sweep`: checks every household of a division, page by page, then notes the day's figures. */
export async function sweepQuality(actor: Actor, { subjectId, taskId }: Pick<JobPayload, 'subjectId' | 'taskId'>): Promise<void> {
  await withExclusiveLock(jobLock('data-quality-sweep', subjectId), async () => {
    const sweep = await inTransaction(actor, (trx) => getSweep(trx, subjectId));
    if (sweep.finished_at === null) await runTask(actor, taskId, (progress) => sweepRegion(actor, sweep.id, sweep.region_code, progress));
  });
}

async function sweepRegion(actor: Actor, sweepId: string, regionCode: string, progress: TaskProgress): Promise<void> {
  const total = await inTransaction(actor, (trx) => countHouseholds(trx, regionCode));
  const checkers = new Map<string, CountyChecker>();
  let after: { regionCode: string; number: string } | undefined;
  let done = 0;
  for (;;) {
    const page = await inTransaction(actor, async (trx) => {
      const households = await readHouseholdsForQuality(trx, { regionCode, after, limit: pageHouseholds });
      if (households.length > 0) await refreshHouseholds(trx, households, checkers);
      return households;
    });
    const last = page.at(-1);
    if (!last) break;
    after = { regionCode: last.regionCode, number: last.number };
    done += page.length;
    await progress.report(Math.min(0.95, done / Math.max(1, total)), String(done));
  }
  await inTransaction(actor, async (trx) => {
    await noteFigures(trx, regionCode);
    await finishSweep(trx, sweepId);
    await recordAudit(trx, actor, { action: 'data-quality.sweep', objectKind: 'region', objectId: regionCode, regionCode, details: { households: done } });
  });
}

async function noteFigures(trx: Trx, regionCode: string): Promise<void> {
  const { from, to } = regionRange(regionCode);
  // Households that ended meanwhile leave the work list.
  await sql`UPDATE data_quality.item i SET state = 'resolved', resolved_at = now() WHERE state <> 'resolved' AND responsible_region_code >= ${from} AND responsible_region_code < ${to}
    AND NOT EXISTS (SELECT 1 FROM households.household h WHERE h.id = i.household_id AND h.ended_on IS NULL)`.execute(trx);
  await sql`DELETE FROM data_quality.day WHERE day = ${today()}::date AND responsible_region_code >= ${from} AND responsible_region_code < ${to}`.execute(trx);
  await sql`INSERT INTO data_quality.day (day, responsible_region_code, check_code, open)
    SELECT ${today()}::date, responsible_region_code, check_code, count(*) FROM data_quality.item
    WHERE state = 'open' AND responsible_region_code >= ${from} AND responsible_region_code < ${to} GROUP BY responsible_region_code, check_code`.execute(trx);
}

async function countHouseholds(trx: Trx, regionCode: string): Promise<number> {
  const { from, to } = regionRange(regionCode);
  const { rows } = await sql<{ count: number }>`SELECT count(*) AS count FROM households.household WHERE responsible_region_code >= ${from} AND responsible_region_code < ${to}`.execute(trx);
  return Number(rows[0]!.count);
}
