import { sql } from 'kysely';
import pg from 'pg';
import { PgBoss } from 'pg-boss';
import type { Actor } from '../authorization/actor.ts';
import { getActor, systemActor } from '../authorization/actor.ts';
import { getDatabase } from '../database/database.ts';
import { withExclusiveLockIfFree } from '../database/exclusive-lock.ts';
import type { Trx } from '../database/transaction.ts';
import { log, withoutQuotedValues } from '../logging/log.ts';
import { countJob } from '../metrics/metrics.ts';
import { failOpenTask, listOpenTasks } from '../tasks/tasks.ts';
import { keepHouse } from './housekeeping.ts';
import type { QueueName } from './queue-names.ts';

/** Ids only: a job never carries a personal value. It runs as the person who caused it. */
export interface JobPayload {
  actorId: string;
  subjectId: string;
  taskId?: string;
}

export type JobHandler = (actor: Actor, payload: JobPayload, signal: AbortSignal) => Promise<void>;

/** Gives a subject whose job will not come back an end that people see; only called when nobody works on it. */
export type AbandonHandler = (actor: Actor, subjectId: string) => Promise<void>;

const handlers = new Map<QueueName, JobHandler>();
const abandonHandlers = new Map<string, AbandonHandler>();
let boss: PgBoss | undefined;

/** `abandon` belongs to jobs that hold `jobLock` while they work, wherever they run. */
export function registerJob(queue: QueueName, handler: JobHandler, abandon?: AbandonHandler): void {
  handlers.set(queue, handler);
  if (abandon) abandonHandlers.set(queue, abandon);
}

/** Name of the exclusive lock under which a job works on its subject: it tells the living from the dead. */
export function jobLock(queue: QueueName, subjectId: string): string {
  return `${queue}:${subjectId}`;
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

/**
 * Work that died for good, because its last try ended in a crash or a command was killed, would show as running for
 * ever. Tasks without a job in the queue and without a process that holds their lock are ended as failed.
 */
export async function endAbandonedTasks(): Promise<void> {
  const client = new pg.Client({ connectionString: getDatabase().jobsUrl, application_name: 'sunlit-worker' });
  await client.connect();
  let alive: Set<string>;
  try {
    const { rows } = await client.query<{ id: string }>(`SELECT data ->> 'taskId' AS id FROM jobs.job WHERE state IN ('created', 'retry', 'active')`);
    alive = new Set(rows.map(({ id }) => id));
  } finally {
    await client.end();
  }
  for (const task of await listOpenTasks()) {
    const abandon = abandonHandlers.get(task.kind);
    if (!abandon || alive.has(task.id)) continue;
    await withExclusiveLockIfFree(jobLock(task.kind as QueueName, task.subjectId), async () => {
      if (!(await failOpenTask(task.id))) return;
      await abandon(systemActor, task.subjectId);
      log.warn({ queue: task.kind, subject: task.subjectId }, 'abandoned work ended');
    });
  }
}

const sweepMinutes = 5;
const housekeepingMinutes = 60;
let sweeping: NodeJS.Timeout | undefined;
let housekeeping: NodeJS.Timeout | undefined;

function sweep(): void {
  endAbandonedTasks().catch((error: unknown) => log.error({ error: (error as Error).message }, 'ending abandoned work'));
}

/** Starts taking jobs, first of all those that a crash interrupted. */
export async function startWorking(): Promise<void> {
  await announceWorker();
  sweep();
  sweeping = setInterval(sweep, sweepMinutes * 60_000).unref();
  void keepHouse();
  housekeeping = setInterval(() => void keepHouse(), housekeepingMinutes * 60_000).unref();
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
  clearInterval(sweeping);
  clearInterval(housekeeping);
  for (const controller of running) controller.abort();
  await boss?.stop({ graceful: true, timeout: 5000 });
  boss = undefined;
  await presence?.end().catch(() => undefined);
  presence = undefined;
}
