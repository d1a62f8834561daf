import type { BodyOf, answerObjection as answerEndpoint, objectToNotice as publicEndpoint, recordObjection as recordEndpoint } from '@sunlit/api-spec';
import { newId } from '@sunlit/kernel';
import { sql } from 'kysely';
import { z } from 'zod';
import { recordAudit } from '#platform/audit/record-audit.ts';
import { residentOnline, systemActor, type Actor } from '#platform/authorization/actor.ts';
import { authorize } from '#platform/authorization/authorize.ts';
import { today } from '#platform/clock/today.ts';
import { runCommand } from '#platform/commands/run-command.ts';
import { findPolicy } from '#platform/configuration/policies.ts';
import { inTransaction, type Trx } from '#platform/database/transaction.ts';
import { AppError } from '#platform/errors.ts';
import { encryptOptional, encryptValue } from '#platform/personal-data/cipher.ts';
import { isStanding } from './notice-policy.ts';
import { findNotice, getNotice, insertStep, listObjections, type NoticeRow } from './notice-store.ts';

interface Said {
  text: string;
  speakerName?: string | undefined;
  speakerPhone?: string | undefined;
}

/** What somebody says against a notice while it stands. It stops nothing by itself. */
async function insertObjection(trx: Trx, actor: Actor, notice: NoticeRow, said: Said, channel: string): Promise<{ id: string; number: string }> {
  if (!isStanding(notice, today())) throw new AppError('wrong-state', '公示期已经结束，不能再提异议；可以向当地反映诉求。');
  const id = newId();
  const speaker = said.speakerName || said.speakerPhone ? JSON.stringify({ name: said.speakerName, phone: said.speakerPhone }) : null;
  const { rows } = await sql<{ number: string }>`
    INSERT INTO publication.objection (county_code, id, number, notice_id, region_code, channel, text_enc, speaker_enc, recorded_by, recorded_by_name)
    VALUES (${notice.county_code}, ${id}, 'YY-' || to_char(now(), 'YYYY') || '-' || lpad(nextval('publication.objection_number')::text, 6, '0'), ${notice.id}, ${notice.region_code}, ${channel},
      ${encryptValue('objection', said.text)}, ${encryptOptional('speaker', speaker)}, ${actor.accountId}, ${actor.displayName}) RETURNING number`.execute(trx);
  await insertStep(trx, actor, notice, 'objection');
  await recordAudit(trx, actor, { action: 'notice.objection', objectKind: 'notice', objectId: notice.id, regionCode: notice.region_code, details: { channel } });
  return { id, number: rows[0]!.number };
}

export async function recordObjection(actor: Actor, id: string, body: BodyOf<typeof recordEndpoint>): Promise<{ id: string; number: string }> {
  return runCommand(actor, 'notice.objection', { ...body, id } as typeof body & { id: string }, async (trx) => {
    const notice = await getNotice(trx, id);
    authorize(actor, 'voice.record', { regionCode: notice.region_code });
    return insertObjection(trx, actor, notice, body, body.channel);
  });
}

/** From the public site, without an account. More in a day than a region expects are taken by phone or at the counter. */
export async function objectOnline(id: string, body: BodyOf<typeof publicEndpoint>): Promise<{ number: string }> {
  const notice = await inTransaction(systemActor, (trx) => findNotice(trx, id));
  if (!notice || !isStanding(notice, today())) throw new AppError('not-found');
  const actor = residentOnline(notice.region_code);
  return runCommand(actor, 'notice.objection-online', { ...body, id } as typeof body & { id: string }, async (trx) => {
    const most = await findPolicy(trx, 'publication.online-objections-per-day', notice.region_code, today(), z.number().int().positive());
    const { rows } = await sql<{ count: number }>`SELECT count(*)::int AS count FROM publication.objection WHERE notice_id = ${id} AND channel = 'online' AND recorded_at > now() - interval '1 day'`.execute(trx);
    if (most && rows[0]!.count >= most.value) throw new AppError('wrong-state', '今天网上提出的异议已经很多，请打电话或当面向公示上的联系人反映。');
    const { number } = await insertObjection(trx, actor, notice, body, 'online');
    return { number };
  });
}

/** Not by who drafted the notice: whoever is asked about their own work does not answer for it. */
export async function answerObjection(actor: Actor, id: string, objectionId: string, body: BodyOf<typeof answerEndpoint>): Promise<{ ok: true }> {
  return runCommand(actor, 'notice.answer', { ...body, objectionId } as typeof body & { objectionId: string }, async (trx) => {
    const notice = await getNotice(trx, id, { lock: true });
    authorize(actor, 'notice.approve', { regionCode: notice.region_code });
    const objection = (await listObjections(trx, id)).find((one) => one.id === objectionId);
    if (!objection) throw new AppError('not-found');
    if (objection.answer !== null) throw new AppError('wrong-state', '这条异议已经答复。');
    if (notice.made_by === actor.accountId) throw new AppError('conflict-of-interest', '起草人不能答复对自己起草的公示的异议，须由他人答复。');
    await sql`UPDATE publication.objection SET answer = ${body.answer}, answered_by = ${actor.accountId}, answered_by_name = ${actor.displayName}, answered_at = now() WHERE id = ${objectionId} AND notice_id = ${id}`.execute(trx);
    await insertStep(trx, actor, notice, 'answer');
    await recordAudit(trx, actor, { action: 'notice.answer', objectKind: 'notice', objectId: id, regionCode: notice.region_code, details: { objection: objectionId } });
    return { ok: true as const };
  });
}

