import { sql } from 'kysely';
import { Gauge } from 'prom-client';
import { recordAudit } from '../audit/record-audit.ts';
import { systemActor } from '../authorization/actor.ts';
import { inTransaction } from '../database/transaction.ts';
import { AppError } from '../errors.ts';
import { registry } from '../metrics/metrics.ts';

export interface UndeliveredEvent {
  position: number;
  event: string;
  subject: string;
  subscriber: string;
  state: 'pending' | 'dead';
  attempts: number;
  at: string;
  dueAt: string;
  failure: string | null;
}

/** What has not reached its subscriber, the oldest first. A dead one holds back the later ones of its subject. */
export async function listUndeliveredEvents(options: { deadOnly: boolean; limit: number }): Promise<UndeliveredEvent[]> {
  return inTransaction(systemActor, async (trx) => {
    const { rows } = await sql<{ position: number; name: string; subject: string; subscriber: string; state: 'pending' | 'dead'; attempts: number; at: Date; due_at: Date; failure: string | null }>`
      SELECT d.position, e.name, d.subject, d.subscriber, d.state, d.attempts, e.at, d.due_at, d.failure FROM platform.event_delivery d JOIN platform.event e ON e.id = d.event_id
      WHERE d.state = 'dead' ${options.deadOnly ? sql`` : sql`OR d.state = 'pending'`} ORDER BY d.position LIMIT ${options.limit}`.execute(trx);
    return rows.map((row) => ({ position: row.position, event: row.name, subject: row.subject, subscriber: row.subscriber, state: row.state, attempts: row.attempts, at: row.at.toISOString(), dueAt: row.due_at.toISOString(), failure: row.failure }));
  });
}

/** An operator has mended the cause, or gives a delivery up for a reason that is recorded. */
export async function settleDeadEvent(position: number, settlement: { action: 'retry' } | { action: 'skip'; reason: string }): Promise<void> {
  await inTransaction(systemActor, async (trx) => {
    const set = settlement.action === 'retry' ? sql`state = 'pending', attempts = 0, due_at = now()` : sql`state = 'done', done_at = now()`;
    const { rows } = await sql<{ event_id: string }>`UPDATE platform.event_delivery SET ${set} WHERE position = ${position} AND state = 'dead' RETURNING event_id`.execute(trx);
    if (!rows[0]) throw new AppError('not-found', '没有这条送不到的事件，或已处理。');
    await recordAudit(trx, systemActor, { action: `event.${settlement.action}`, objectKind: 'event', objectId: rows[0].event_id, reason: settlement.action === 'skip' ? settlement.reason : null });
  });
}

/** Called once per process that serves `/metrics`. */
export function countUndeliveredEvents(): void {
  const name = 'sunlit_events_undelivered';
  registry.removeSingleMetric(name);
  new Gauge({
    name,
    help: 'Events that have not reached a subscriber: pending will be tried again, dead needs an operator (sunlit events list)',
    labelNames: ['state'],
    registers: [registry],
    async collect() {
      const { rows } = await inTransaction(systemActor, (trx) =>
        sql<{ pending: number; dead: number }>`SELECT count(*) FILTER (WHERE state = 'pending')::int AS pending, count(*) FILTER (WHERE state = 'dead')::int AS dead FROM platform.event_delivery WHERE state IN ('pending', 'dead')`.execute(trx),
      );
      this.set({ state: 'pending' }, rows[0]?.pending ?? 0);
      this.set({ state: 'dead' }, rows[0]?.dead ?? 0);
    },
  });
}
