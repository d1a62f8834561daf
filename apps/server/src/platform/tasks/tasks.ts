import { newId } from '@sunlit/kernel';
import { systemActor, type Actor } from '../authorization/actor.ts';
import { inTransaction, type Trx } from '../database/transaction.ts';

export class TaskCancelled extends Error {}

/** Opens a visible piece of long work in the command's transaction. `titleKey` is a catalogue key of the web apps. */
export async function openTask(trx: Trx, actor: Actor, task: { kind: string; titleKey: string; subjectId: string; link: string }): Promise<string> {
  const id = newId();
  await trx
    .insertInto('platform.task')
    .values({ id, kind: task.kind, title_key: task.titleKey, subject_id: task.subjectId, owner_id: actor.accountId, link: task.link })
    .execute();
  return id;
}

export interface TaskProgress {
  /** Reports progress (0–1) at most a few times a second; throws TaskCancelled when the owner asked to stop. */
  report: (progress: number, message?: string) => Promise<void>;
}

/** A command opens its task a moment before it takes the lock of its work. */
const youngSeconds = 60;

/** Tasks that have not ended and are no longer just being begun. */
export async function listOpenTasks(): Promise<{ id: string; kind: string; subjectId: string }[]> {
  const before = new Date(Date.now() - youngSeconds * 1000);
  const rows = await inTransaction(systemActor, (trx) =>
    trx.selectFrom('platform.task').select(['id', 'kind', 'subject_id']).where('state', 'in', ['queued', 'running']).where('created_at', '<', before).execute(),
  );
  return rows.flatMap(({ id, kind, subject_id }) => (subject_id === null ? [] : [{ id, kind, subjectId: subject_id }]));
}

/** Ends a task that nobody works on; false when it has ended by itself meanwhile. */
export async function failOpenTask(taskId: string): Promise<boolean> {
  const rows = await inTransaction(systemActor, (trx) =>
    trx.updateTable('platform.task').set({ state: 'failed', finished_at: new Date() }).where('id', '=', taskId).where('state', 'in', ['queued', 'running']).returning('id').execute(),
  );
  return rows.length > 0;
}

/** Runs long work under a task: its progress is seen, it can be cancelled, its end is recorded. */
export async function runTask(actor: Actor, taskId: string | undefined, work: (progress: TaskProgress) => Promise<void>): Promise<'done' | 'cancelled' | 'failed'> {
  if (!taskId) {
    await work({ report: async () => undefined });
    return 'done';
  }
  const set = (values: { state?: string; progress?: number; message?: string | null; finished_at?: Date | null }) =>
    inTransaction(actor, (trx) =>
      trx.updateTable('platform.task').set(values).where('id', '=', taskId).returning('cancel_requested').executeTakeFirst(),
    );
  const first = await set({ state: 'running', progress: 0, finished_at: null });
  let reportedAt = 0;
  try {
    if (first?.cancel_requested) throw new TaskCancelled();
    await work({
      report: async (progress, message) => {
        const now = Date.now();
        if (now - reportedAt < 250) return;
        reportedAt = now;
        const row = await set({ progress: Math.min(1, Math.max(0, progress)), ...(message === undefined ? {} : { message }) });
        if (row?.cancel_requested) throw new TaskCancelled();
      },
    });
    await set({ state: 'done', progress: 1, finished_at: new Date() });
    return 'done';
  } catch (error) {
    if (error instanceof TaskCancelled) {
      await set({ state: 'cancelled', finished_at: new Date() });
      return 'cancelled';
    }
    await set({ state: 'failed', message: null, finished_at: new Date() });
    throw error;
  }
}
