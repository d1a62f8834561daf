import { sql } from 'kysely';
import { systemActor } from '../authorization/actor.ts';
import { inTransaction } from '../database/transaction.ts';
import { log, withoutQuotedValues } from '../logging/log.ts';
import { findSubscriber } from './subscribe.ts';

/** Waits 2 s, 6 s, 18 s … between tries; after the last, half an hour later, a person must look. */
const mostAttempts = 8;
const keptDays = 30;

interface Claim {
  position: number;
  subscriber: string;
  attempts: number;
}

/**
 * Takes the next delivery that is due. The try is counted before the work begins, so that one that kills the process
 * ends as well. Of one subject and subscriber only the oldest delivery not done is ever due.
 */
async function claimNext(): Promise<Claim | undefined> {
  return inTransaction(systemActor, async (trx) => {
    const { rows } = await sql<Claim>`
      UPDATE platform.event_delivery SET attempts = attempts + 1, due_at = now() + make_interval(secs => 2 * power(3, attempts))
      WHERE position = (
        SELECT d.position FROM platform.event_delivery d
        WHERE d.state = 'pending' AND d.due_at <= now() AND NOT EXISTS (
          SELECT 1 FROM platform.event_delivery e WHERE e.subscriber = d.subscriber AND e.subject = d.subject AND e.position < d.position AND e.state IN ('pending', 'dead'))
        ORDER BY d.position LIMIT 1 FOR UPDATE SKIP LOCKED)
      RETURNING position, subscriber, attempts`.execute(trx);
    return rows[0];
  });
}

async function work(claim: Claim): Promise<void> {
  const subscriber = findSubscriber(claim.subscriber);
  if (!subscriber) throw new Error('Nobody of this name subscribes any more.');
  await inTransaction({ ...systemActor, permissions: new Set(subscriber.permissions) }, async (trx) => {
    const { rows } = await sql<{ id: string; payload: unknown; actor_id: string }>`
      SELECT e.id, e.payload, e.actor_id FROM platform.event_delivery d JOIN platform.event e ON e.id = d.event_id
      WHERE d.position = ${claim.position} AND d.state = 'pending' FOR UPDATE OF d SKIP LOCKED`.execute(trx);
    const event = rows[0];
    if (!event) return;
    await subscriber.handler(trx, { id: event.id, payload: subscriber.event.payload.parse(event.payload) as never, actorId: event.actor_id });
    await sql`UPDATE platform.event_delivery SET state = 'done', done_at = now(), failure = NULL WHERE position = ${claim.position}`.execute(trx);
  });
}

async function recordFailure(claim: Claim, error: Error): Promise<void> {
  const dead = claim.attempts >= mostAttempts;
  log.error({ subscriber: claim.subscriber, position: claim.position, attempt: claim.attempts, dead, error: error.message }, 'event not delivered');
  await inTransaction(systemActor, (trx) =>
    sql`UPDATE platform.event_delivery SET state = ${dead ? 'dead' : 'pending'}, failure = ${withoutQuotedValues(error.message)} WHERE position = ${claim.position} AND state = 'pending'`.execute(trx),
  );
}

/** Delivers what is due, one after the other; returns how many tries were made. */
export async function deliverDueEvents(shouldStop: () => boolean = () => false): Promise<number> {
  let tries = 0;
  for (let claim = await claimNext(); claim; claim = shouldStop() ? undefined : await claimNext()) {
    tries += 1;
    try {
      if (claim.attempts > mostAttempts) throw new Error('The process ended during the last try.');
      await work(claim);
    } catch (error) {
      await recordFailure(claim, error as Error);
    }
  }
  return tries;
}

async function forgetOldEvents(): Promise<void> {
  await inTransaction(systemActor, (trx) =>
    sql`DELETE FROM platform.event e WHERE e.at < now() - make_interval(days => ${keptDays}) AND NOT EXISTS (SELECT 1 FROM platform.event_delivery d WHERE d.event_id = e.id AND d.state <> 'done')`.execute(trx),
  );
}

/** Delivers events until stopped; several processes may do so at once. */
export function startDeliveringEvents(): () => Promise<void> {
  let stopped = false;
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> = Promise.resolve();
  let forgottenAt = 0;
  const tick = async () => {
    try {
      await deliverDueEvents(() => stopped);
      if (Date.now() - forgottenAt > 3_600_000) {
        await forgetOldEvents();
        forgottenAt = Date.now();
      }
    } catch (error) {
      if (!stopped) log.error({ error: (error as Error).message }, 'delivering events');
    }
    if (!stopped) timer = setTimeout(() => (running = tick()), 500);
  };
  running = tick();
  return async () => {
    stopped = true;
    clearTimeout(timer);
    await running;
  };
}
