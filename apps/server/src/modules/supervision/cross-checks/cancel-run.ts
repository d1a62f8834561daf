import { sql } from 'kysely';
import { recordAudit } from '#platform/audit/record-audit.ts';
import type { Actor } from '#platform/authorization/actor.ts';
import { authorize } from '#platform/authorization/authorize.ts';
import { runCommand } from '#platform/commands/run-command.ts';
import { AppError } from '#platform/errors.ts';
import { findRun, setRunState } from './run-store.ts';

/** Stops a run: one that waits ends at once, one that works is asked to stop and takes its drafts away. */
export async function cancelRun(actor: Actor, command: { commandId: string; id: string }): Promise<{ ok: true }> {
  return runCommand(actor, 'run.cancel', command, async (trx) => {
    const run = await findRun(trx, command.id, { lock: true });
    if (!run) throw new AppError('not-found');
    authorize(actor, 'run.start', { regionCode: run.region_code });
    if (run.state !== 'queued' && run.state !== 'running') throw new AppError('wrong-state');
    // The task belongs to whoever started the run; anybody who may start one here may stop it.
    await sql`SELECT set_config('sunlit.worker', 'on', true)`.execute(trx);
    if (run.state === 'queued') {
      await setRunState(trx, run.id, 'cancelled', { finished: true });
      await trx.updateTable('platform.task').set({ state: 'cancelled', cancel_requested: true, finished_at: new Date() }).where('id', '=', run.task_id).execute();
    } else {
      await trx.updateTable('platform.task').set({ cancel_requested: true }).where('id', '=', run.task_id).execute();
    }
    await recordAudit(trx, actor, { action: 'run.cancel', objectKind: 'run', objectId: run.id, regionCode: run.region_code });
    return { ok: true as const };
  });
}
