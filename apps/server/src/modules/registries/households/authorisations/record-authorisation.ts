import type { BodyOf, recordAuthorisation as recordEndpoint, withdrawAuthorisation as withdrawEndpoint } from '@sunlit/api-spec';
import { newId } from '@sunlit/kernel';
import { sql } from 'kysely';
import { recordAudit } from '#platform/audit/record-audit.ts';
import type { Actor } from '#platform/authorization/actor.ts';
import { authorize } from '#platform/authorization/authorize.ts';
import { today } from '#platform/clock/today.ts';
import { runCommand } from '#platform/commands/run-command.ts';
import type { Trx } from '#platform/database/transaction.ts';
import { AppError } from '#platform/errors.ts';
import { checkAttachment } from '#platform/files/check-attachment.ts';
import { storeFile } from '#platform/files/stored-files.ts';
import type { Upload } from '#platform/http/endpoint-route.ts';
import { datasetKinds } from '#modules/data-intake/index.ts';
import { listStandingRecords } from '../person-aliases.ts';
import { findAuthorisation, type AuthorisationRow } from './authorisation-store.ts';

const refuse = (path: string, message: string): never => {
  throw new AppError('request-invalid', undefined, { fields: [{ path, message }] });
};

/** Records on paper what a member signed: which data, for what, from when and until when. */
export async function recordAuthorisation(actor: Actor, personId: string, command: BodyOf<typeof recordEndpoint>): Promise<{ id: string }> {
  const kinds = await datasetKinds();
  const needless = command.kinds.find((code) => !kinds.get(code)?.matching.authorisationRequired);
  if (needless !== undefined) refuse('kinds', '只能选择需要本人授权的数据。');
  if (command.signedOn > today()) refuse('signedOn', '签字日期不能晚于今天。');
  if (command.validUntil && command.validUntil < command.signedOn) refuse('validUntil', '不能早于签字日期。');
  if (command.signedBy !== 'self' && !command.signerName) refuse('signerName', '请填写代签人姓名。');
  return runCommand(actor, 'authorisation.record', { ...command, personId } as typeof command & { personId: string }, async (trx) => {
    // Of two records that people merged, the paper is kept with the one that stands for both.
    const [person] = await listStandingRecords(trx, personId);
    if (!person) throw new AppError('not-found');
    authorize(actor, 'authorisation.record', { regionCode: person.responsible_region_code });
    if (actor.ownHouseholds.includes(person.household_id)) throw new AppError('conflict-of-interest');
    const id = newId();
    const signer = command.signedBy === 'self' ? null : command.signerName;
    await sql`INSERT INTO households.authorisation (county_code, id, household_id, person_id, responsible_region_code, kinds, purpose, signed_by, signer_name, signed_on, valid_until, recorded_by, recorded_by_name)
      VALUES (${person.county_code}, ${id}, ${person.household_id}, ${person.id}, ${person.responsible_region_code}, ${command.kinds}::text[], ${command.purpose}, ${command.signedBy}, ${signer}, ${command.signedOn}, ${command.validUntil ?? null},
        ${actor.accountId}, ${actor.displayName})`.execute(trx);
    await recordAudit(trx, actor, { action: 'authorisation.record', objectKind: 'authorisation', objectId: id, householdId: person.household_id, regionCode: person.responsible_region_code, reason: command.purpose, details: { person: person.id, kinds: command.kinds.join(',') } });
    return { id };
  });
}

/** The member takes it back: from that day on nothing is matched with it any more. What was found before stays on record. */
export async function withdrawAuthorisation(actor: Actor, id: string, command: BodyOf<typeof withdrawEndpoint>): Promise<{ ok: true }> {
  return runCommand(actor, 'authorisation.withdraw', { ...command, id } as typeof command & { id: string }, async (trx) => {
    const row = await requireAuthorisation(trx, actor, id);
    if (row.withdrawn_on !== null) throw new AppError('wrong-state', '这份授权已经撤回。');
    if (command.on < row.signed_on) refuse('on', `不能早于签字日期 ${row.signed_on}。`);
    if (command.on > today()) refuse('on', '撤回日期不能晚于今天。');
    await sql`UPDATE households.authorisation SET withdrawn_on = ${command.on}, withdrawal_reason = ${command.reason}, withdrawn_by = ${actor.accountId}, withdrawn_by_name = ${actor.displayName} WHERE id = ${id}`.execute(trx);
    await recordAudit(trx, actor, { action: 'authorisation.withdraw', objectKind: 'authorisation', objectId: id, householdId: row.household_id, regionCode: row.responsible_region_code, reason: command.reason, details: { on: command.on } });
    return { ok: true as const };
  });
}

/** The signed paper, scanned or photographed. */
export async function attachAuthorisationForm(actor: Actor, id: string, upload: Upload): Promise<{ id: string }> {
  await checkAttachment(upload);
  return runCommand(actor, 'authorisation.form', { commandId: upload.fields['commandId'] ?? newId(), id, size: upload.size } as { commandId: string }, async (trx) => {
    const row = await requireAuthorisation(trx, actor, id);
    if (row.form_file_id !== null) throw new AppError('wrong-state', '已经附有签字材料，不能替换。');
    const stored = await storeFile(trx, actor, { path: upload.path, fileName: upload.fileName, mediaType: upload.mediaType, purpose: 'authorisation' });
    await sql`UPDATE households.authorisation SET form_file_id = ${stored.id}, form_file_name = ${upload.fileName} WHERE id = ${id}`.execute(trx);
    await recordAudit(trx, actor, { action: 'authorisation.form', objectKind: 'authorisation', objectId: id, householdId: row.household_id, regionCode: row.responsible_region_code });
    return { id: stored.id };
  });
}

async function requireAuthorisation(trx: Trx, actor: Actor, id: string): Promise<AuthorisationRow> {
  const row = await findAuthorisation(trx, id, 'for-update');
  if (!row) throw new AppError('not-found');
  authorize(actor, 'authorisation.record', { regionCode: row.responsible_region_code });
  if (actor.ownHouseholds.includes(row.household_id)) throw new AppError('conflict-of-interest');
  return row;
}
