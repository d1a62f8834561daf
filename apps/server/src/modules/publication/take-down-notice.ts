import type { BodyOf, takeDownNotice as takeDownEndpoint, withdrawNotice as withdrawEndpoint } from '@sunlit/api-spec';
import { sql } from 'kysely';
import { recordAudit } from '#platform/audit/record-audit.ts';
import type { Actor } from '#platform/authorization/actor.ts';
import { authorize } from '#platform/authorization/authorize.ts';
import { today } from '#platform/clock/today.ts';
import { runCommand } from '#platform/commands/run-command.ts';
import { getNotice, insertStep, requireState } from './notice-store.ts';

const done = { ok: true as const };

export async function withdrawNotice(actor: Actor, id: string, body: BodyOf<typeof withdrawEndpoint>): Promise<typeof done> {
  return runCommand(actor, 'notice.withdraw', { ...body, id } as typeof body & { id: string }, async (trx) => {
    const notice = await getNotice(trx, id, { lock: true });
    authorize(actor, 'notice.prepare', { regionCode: notice.region_code });
    requireState(notice, 'draft');
    await sql`UPDATE publication.notice SET state = 'withdrawn', closed_on = ${today()}, version = version + 1 WHERE id = ${id}`.execute(trx);
    await insertStep(trx, actor, notice, 'withdraw', body.reason);
    await recordAudit(trx, actor, { action: 'notice.withdraw', objectKind: 'notice', objectId: id, regionCode: notice.region_code, reason: body.reason });
    return done;
  });
}

/** One person is enough and it acts at once: every minute that a leak stands does harm. The trail stays. */
export async function takeDownNotice(actor: Actor, id: string, body: BodyOf<typeof takeDownEndpoint>): Promise<typeof done> {
  return runCommand(actor, 'notice.take-down', { ...body, id } as typeof body & { id: string }, async (trx) => {
    const notice = await getNotice(trx, id, { lock: true });
    authorize(actor, 'notice.prepare', { regionCode: notice.region_code });
    requireState(notice, 'published');
    await sql`UPDATE publication.notice SET state = 'taken-down', taken_down_for_leak = ${body.leak}, closed_on = ${today()}, version = version + 1 WHERE id = ${id}`.execute(trx);
    await insertStep(trx, actor, notice, body.leak ? 'take-down-leak' : 'take-down', body.reason);
    await recordAudit(trx, actor, { action: 'notice.take-down', objectKind: 'notice', objectId: id, regionCode: notice.region_code, reason: body.reason, details: { leak: body.leak } });
    return done;
  });
}
