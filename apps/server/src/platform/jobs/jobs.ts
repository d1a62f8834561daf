import { sql } from 'kysely';
import pg from 'pg';
import { PgBoss } from 'pg-boss';
import type { Actor } from '../authorization/actor.ts';
import { getActor } from '../authorization/actor.ts';
import { getDatabase } from '../database/database.ts';
import type { Trx } from '../database/transaction.ts';
import { log, withoutQuotedValues } from '../logging/log.ts';
import { countJob } from '../metrics/metrics.ts';
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
  const instance = new PgBoss({ connectionString: getDatabase().jobsUrl, schema: 'jobs', migrate: false, createSchema: false, supervise: true, superviseIntervalSeconds: 10, monitorIntervalSeconds: 10, schedule: false, max: 4, monitorVacuum: false, reindex: false });
  instance.on('error', (error) => log.error({ error: error.message }, 'job queue'));
  await instance.start();
  return instance;
}

/** Held, shared, by every process that takes jobs, for as long as it lives. */
const workersLock = 727003;
let presence: pg.Client | undefined;

/**
 * Jobs of killed processes: whoever finds no other worker alive takes them all back at once; while others live, a job
 * whose process falls silent is taken back by its heartbeat (half a minute).
 */
async function announceWorker(): Promise<void> {
  const client = new pg.Client({ connectionString: getDatabase().jobsUrl, keepAlive: true, application_name: 'sunlit-worker' });
  client.on('error', (error) => log.error({ error: error.message }, 'worker presence'));
  await client.connect();
  presence = client;
  const { rows } = await client.query<{ alone: boolean }>('SELECT pg_try_advisory_lock($1) AS alone', [workersLock]);
  if (rows[0]?.alone) {
    const orphans = await client.query(`
      UPDATE jobs.job SET state = CASE WHEN retry_count < retry_limit THEN 'retry' ELSE 'failed' END::jobs.job_state, start_after = now(), heartbeat_on = NULL
      WHERE state = 'active'`);
    if (orphans.rowCount) log.info({ jobs: orphans.rowCount }, 'interrupted jobs taken back');
  }
  await client.query('SELECT pg_advisory_lock_shared($1)', [workersLock]);
  if (rows[0]?.alone) await client.query('SELECT pg_advisory_unlock($1)', [workersLock]);
}

/** Starts taking jobs, first of all those that a crash interrupted. */
export async function startWorking(): Promise<void> {
  await announceWorker();
  const worker = await getSender();
  for (const [queue, handler] of handlers) {
    await worker.work<JobPayload>(queue, { pollingIntervalSeconds: 0.5, heartbeatRefreshSeconds: 10 }, async (jobs) => {
      for (const job of jobs) {
        const controller = new AbortController();
        running.add(controller);
        try {
          await handler(await getActor(job.data.actorId), job.data, controller.signal);
          countJob(queue, 'done');
        } catch (error) {
          countJob(queue, 'failed');
          log.error({ queue, job: job.id, error: (error as Error).message }, 'job failed');
          // The queue keeps what is thrown here: no value of a file may lie in it.
          throw new Error(withoutQuotedValues((error as Error).message));
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
  await presence?.end().catch(() => undefined);
  presence = undefined;
}
