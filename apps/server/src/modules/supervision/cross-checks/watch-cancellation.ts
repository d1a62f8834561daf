import type { Actor } from '#platform/authorization/actor.ts';
import { inTransaction } from '#platform/database/transaction.ts';
import { TaskCancelled } from '#platform/tasks/tasks.ts';
import type { RunRow } from './run-store.ts';

export interface CancellationWatch {
  signal: AbortSignal;
  throwIfStopped: () => void;
  stop: () => void;
}

const pollMilliseconds = 400;

/** Looks for a wish to stop while a rule is being evaluated, which may take long; the process ending is one too. */
export function watchCancellation(actor: Actor, run: Pick<RunRow, 'id' | 'task_id'>, ending?: AbortSignal): CancellationWatch {
  const controller = new AbortController();
  let cancelled = false;
  const end = () => controller.abort();
  if (ending?.aborted) end();
  ending?.addEventListener('abort', end);
  const timer = setInterval(() => {
    if (!run.task_id) return;
    void inTransaction(actor, (trx) => trx.selectFrom('platform.task').select('cancel_requested').where('id', '=', run.task_id!).executeTakeFirst()).then(
      (task) => {
        if (!task?.cancel_requested) return;
        cancelled = true;
        end();
      },
      () => undefined,
    );
  }, pollMilliseconds);
  return {
    signal: controller.signal,
    throwIfStopped: () => {
      if (cancelled) throw new TaskCancelled();
      if (controller.signal.aborted) throw new Error('The process is stopping.');
    },
    stop: () => {
      clearInterval(timer);
      ending?.removeEventListener('abort', end);
    },
  };
}
