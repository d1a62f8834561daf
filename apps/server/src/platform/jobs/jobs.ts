import { sql } from 'kysely';
import { PgBoss } from 'pg-boss';
import type { Actor } from '../authorization/actor.ts';
import { getActor } from '../authorization/actor.ts';
import { getDatabase } from '../database/database.ts';
import type { Trx } from '../database/transaction.ts';
import { log } from '../logging/log.ts';
import type { QueueName } from './queue-names.ts';

/** Ids only: a job never carries a personal value. It runs as the person who caused it. */
export interface JobPayload {
  actorId: string;
  subjectId: string;
  taskId?: string;
}

export type JobHandler = (actor: Actor, payload: JobPayload, signal: AbortSignal) => Promise<void>;

const handlers = new Map<QueueName, JobHandler>();
let boss: PgBoss | undefined;

export function registerJob(queue: QueueName, handler: JobHandler): void {
  handlers.set(queue, handler);
}

/** Puts a job into the queue inside the business transaction: it exists exactly when the change does. */
export async function enqueue(trx: Trx, queue: QueueName, payload: JobPayload, options: { startAfterSeconds?: number } = {}): Promise<void> {
  const sender = await getSender();
  await sql`SET LOCAL ROLE sunlit_jobs`.execute(trx);
  await sender.send(queue, payload, {
    ...(options.startAfterSeconds ? { startAfter: options.startAfterSeconds } : {}),
    db: {
      executeSql: async (text: string, values: unknown[] = []) => {
        const result = await trx.executeQuery({ sql: text, parameters: values, query: { kind: 'RawNode', sqlFragments: [text], parameters: [] } as never, queryId: { queryId: 'job' } });
        return { rows: result.rows as unknown[] as never[] };
      },
    },
  });
  await sql`RESET ROLE`.execute(trx);
}

async function getSender(): Promise<PgBoss> {
  boss ??= await start();
  return boss;
}

async function start(): Promise<PgBoss> {
  const instance = new PgBoss({ connectionString: getDatabase().jobsUrl, schema: 'jobs', migrate: false, createSchema: false, supervise: true, schedule: false, max: 4, monitorVacuum: false, reindex: false });
  instance.on('error', (error) => log.error({ error: error.message }, 'job queue'));
  await instance.start();
  return instance;
}

/** Starts taking jobs; a job interrupted by a crash is taken again when its turn expires. */
export async function startWorking(): Promise<void> {
  const worker = await getSender();
  for (const [queue, handler] of handlers) {
    await worker.work<JobPayload>(queue, { pollingIntervalSeconds: 0.5 }, async (jobs) => {
      for (const job of jobs) {
        const controller = new AbortController();
        running.add(controller);
        try {
          await handler(await getActor(job.data.actorId), job.data, controller.signal);
        } catch (error) {
          log.error({ queue, job: job.id, error: (error as Error).message }, 'job failed');
          throw error;
        } finally {
          running.delete(controller);
        }
      }
    });
  }
}

const running = new Set<AbortController>();

export async function stopWorking(): Promise<void> {
  for (const controller of running) controller.abort();
  await boss?.stop({ graceful: true, timeout: 5000 });
  boss = undefined;
}
