import type { BodyOf, checkExcuse as excuseEndpoint, recordAnswer as answerEndpoint } from '@sunlit/api-spec';
import { newId } from '@sunlit/kernel';
import { sql } from 'kysely';
import { recordAudit } from '#platform/audit/record-audit.ts';
import type { Actor } from '#platform/authorization/actor.ts';
import { runCommand } from '#platform/commands/run-command.ts';
import { AppError } from '#platform/errors.ts';
import type { Upload } from '#platform/http/endpoint-route.ts';
import { checkAttachment } from '#platform/files/check-attachment.ts';
import { storeFile } from '#platform/files/stored-files.ts';
import { encryptValue } from '#platform/personal-data/cipher.ts';
import { getRule } from '../rule-catalogue/index.ts';
import { insertStep } from './finding-store.ts';
import { requireFinding } from './take-step.ts';

const done = { ok: true as const };

/** What the household says, in its own words where possible; kept encrypted, never changed afterwards. */
export async function recordAnswer(actor: Actor, id: string, command: BodyOf<typeof answerEndpoint>): Promise<typeof done> {
  return runCommand(actor, 'finding.answer', { ...command, id } as typeof command & { id: string }, async (trx) => {
    const row = await requireFinding(trx, actor, id, 'finding.verify');
    if (row.state !== 'verifying' && row.state !== 'awaiting-answer') throw new AppError('wrong-state', '只有在核实中或等待说明时才能记录户方说明。');
    await trx
      .insertInto('supervision.finding_answer')
      .values({
        county_code: row.county_code,
        id: newId(),
        finding_id: id,
        responsible_region_code: row.responsible_region_code,
        recorded_by: actor.accountId,
        recorded_by_name: actor.displayName,
        channel: command.channel,
        text_enc: encryptValue('answer', command.text),
      })
      .execute();
    await insertStep(trx, row, { id: newId(), byId: actor.accountId, byName: actor.displayName, action: 'record-answer', from: row.state, to: row.state, reason: '' });
    await recordAudit(trx, actor, { action: 'finding.answer', objectKind: 'finding', objectId: id, regionCode: row.responsible_region_code, householdId: row.household_id, details: { channel: command.channel } });
    return done;
  });
}

export async function checkExcuse(actor: Actor, id: string, excuse: string, command: BodyOf<typeof excuseEndpoint>): Promise<typeof done> {
  return runCommand(actor, 'finding.excuse', { ...command, id, excuse } as typeof command & { id: string }, async (trx) => {
    const row = await requireFinding(trx, actor, id, 'finding.verify');
    if (row.state === 'decided' || row.state === 'followed-up' || row.state === 'closed') throw new AppError('wrong-state');
    if (!(await getRule(row.rule_code)).knownExcuses.some((known) => known.code === excuse)) throw new AppError('not-found');
    await sql`INSERT INTO supervision.finding_excuse (county_code, finding_id, responsible_region_code, excuse_code, checked, checked_by)
      VALUES (${row.county_code}, ${id}, ${row.responsible_region_code}, ${excuse}, ${command.checked}, ${actor.accountId})
      ON CONFLICT (county_code, finding_id, excuse_code) DO UPDATE SET checked = excluded.checked, checked_by = excluded.checked_by, checked_at = now()`.execute(trx);
    await recordAudit(trx, actor, { action: 'finding.excuse', objectKind: 'finding', objectId: id, regionCode: row.responsible_region_code, householdId: row.household_id, details: { excuse, checked: command.checked } });
    return done;
  });
}

/** Pictures and papers that belong to the matter; kept encrypted, opened by whoever may see the finding. */
export async function attachFile(actor: Actor, id: string, upload: Upload): Promise<{ id: string }> {
  await checkAttachment(upload);
  const commandId = upload.fields.commandId ?? newId();
  return runCommand(actor, 'finding.attach', { commandId, id, size: upload.size } as { commandId: string }, async (trx) => {
    const row = await requireFinding(trx, actor, id, 'finding.verify');
    if (row.state === 'closed') throw new AppError('wrong-state');
    const stored = await storeFile(trx, actor, { path: upload.path, fileName: upload.fileName, mediaType: upload.mediaType, purpose: 'finding' });
    const attachmentId = newId();
    await trx
      .insertInto('supervision.finding_attachment')
      .values({
        county_code: row.county_code,
        id: attachmentId,
        finding_id: id,
        responsible_region_code: row.responsible_region_code,
        file_id: stored.id,
        file_name: upload.fileName,
        size_bytes: stored.size,
        added_by: actor.accountId,
        added_by_name: actor.displayName,
      })
      .execute();
    await recordAudit(trx, actor, { action: 'finding.attach', objectKind: 'finding', objectId: id, regionCode: row.responsible_region_code, householdId: row.household_id, details: { attachment: attachmentId } });
    return { id: attachmentId };
  });
}
