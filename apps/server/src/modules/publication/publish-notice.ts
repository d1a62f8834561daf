import type { BodyOf, publishNotice as endpoint } from '@sunlit/api-spec';
import { addDays } from '@sunlit/kernel';
import { sql } from 'kysely';
import { recordAudit } from '#platform/audit/record-audit.ts';
import type { Actor } from '#platform/authorization/actor.ts';
import { authorize } from '#platform/authorization/authorize.ts';
import { thisMoment, today } from '#platform/clock/today.ts';
import { runCommand } from '#platform/commands/run-command.ts';
import { AppError } from '#platform/errors.ts';
import { obstaclesOf, type NoticeObstacle } from './notice-policy.ts';
import { getNotice, insertStep, listAttachments, listEntries, requireState } from './notice-store.ts';
import { scanNotice } from './scan-notice.ts';

const words: Record<NoticeObstacle, string> = {
  'leak-in-text': '内容里有不能公开的个人信息，不能发布；请撤回后重新起草。',
  'leak-in-attachment': '有附件含不能公开的个人信息，不能发布；请先移除。',
  'attachment-not-seen': '有图片还没有第二人看过，不能发布。',
  'own-draft': '起草人不能审定自己起草的公示，须由另一人审定。',
};

/** The longest a notice stands: an end that never comes is no end. */
const mostDays = 365;

/** A second person approves; it stands from today. The day itself does not count (《民法典》第二百零一条). */
export async function publishNotice(actor: Actor, id: string, body: BodyOf<typeof endpoint>): Promise<{ startsOn: string; endsOn: string }> {
  return runCommand(actor, 'notice.publish', { ...body, id } as typeof body & { id: string }, async (trx) => {
    const notice = await getNotice(trx, id, { lock: true });
    authorize(actor, 'notice.approve', { regionCode: notice.region_code });
    requireState(notice, 'draft');
    if (notice.version !== body.expectedVersion) throw new AppError('version-conflict');
    const obstacle = obstaclesOf(notice, scanNotice(notice, await listEntries(trx, id)), await listAttachments(trx, id), actor.accountId)[0];
    if (obstacle !== undefined) throw new AppError(obstacle === 'own-draft' ? 'conflict-of-interest' : 'wrong-state', words[obstacle]);
    const startsOn = today();
    const earliest = addDays(startsOn, notice.minimum_days);
    const endsOn = body.endsOn ?? earliest;
    if (endsOn < earliest) throw new AppError('request-invalid', undefined, { fields: [{ path: 'endsOn', message: `公示期不能少于 ${notice.minimum_days} 天，最早到 ${earliest}。` }] });
    if (endsOn > addDays(startsOn, mostDays)) throw new AppError('request-invalid', undefined, { fields: [{ path: 'endsOn', message: '公示期不能超过一年。' }] });
    await sql`UPDATE publication.notice SET state = 'published', starts_on = ${startsOn}, ends_on = ${endsOn}, approved_by = ${actor.accountId}, approved_by_name = ${actor.displayName}, approved_at = ${thisMoment()}, version = version + 1 WHERE id = ${id}`.execute(trx);
    await insertStep(trx, actor, notice, 'publish');
    await recordAudit(trx, actor, { action: 'notice.publish', objectKind: 'notice', objectId: id, regionCode: notice.region_code, details: { endsOn } });
    return { startsOn, endsOn };
  });
}
