import type { BodyOf, MyFileView, ResponseOf, listCodeLetters as listEndpoint, makeCodeLetter as makeEndpoint, revokeCodeLetter as revokeEndpoint } from '@sunlit/api-spec';
import { addDays, newId } from '@sunlit/kernel';
import { sql } from 'kysely';
import { recordAudit } from '#platform/audit/record-audit.ts';
import type { Actor } from '#platform/authorization/actor.ts';
import { authorize } from '#platform/authorization/authorize.ts';
import { today } from '#platform/clock/today.ts';
import { runCommand } from '#platform/commands/run-command.ts';
import { inTransaction, type Trx } from '#platform/database/transaction.ts';
import { AppError } from '#platform/errors.ts';
import { decryptOptional, encryptOptional } from '#platform/personal-data/cipher.ts';
import { findPerson, findPersonHome, nameFor, resolveHousehold } from '#modules/registries/households/index.ts';
import { termOf } from './my-file-terms.ts';
import { allowedAttempts, codeKey, newCode } from './resident-visit.ts';

interface Row {
  id: string;
  household_id: string;
  person_id: string;
  region_code: string;
  helper_name_enc: Buffer | null;
  helper_relation: MyFileView['helpers'][number]['relation'] | null;
  valid_until: string;
  failed_attempts: number;
  made_by_name: string;
  made_at: Date;
  revoked_at: Date | null;
}

export async function listLetters(actor: Actor, householdId: string): Promise<ResponseOf<typeof listEndpoint>> {
  authorize(actor, 'my-file.serve');
  return inTransaction(actor, async (trx) => {
    if (!(await resolveHousehold(trx, householdId, today()))) throw new AppError('not-found');
    const { rows } = await sql<Row & { name: string }>`SELECT l.*, p.name FROM my_file.code_letter l JOIN households.person p ON p.id = l.person_id WHERE l.household_id = ANY ((SELECT households.household_ids(${householdId}::uuid))::uuid[]) ORDER BY l.made_at DESC LIMIT 50`.execute(trx);
    return {
      items: rows.map((row) => ({ id: row.id, personName: nameFor(actor, row.name), helperRelation: row.helper_relation, validUntil: row.valid_until, state: stateOf(row), madeBy: row.made_by_name, madeAt: row.made_at.toISOString() })),
    };
  });
}

function stateOf(row: Row): 'valid' | 'expired' | 'revoked' | 'locked' {
  if (row.revoked_at) return 'revoked';
  if (row.failed_attempts >= allowedAttempts) return 'locked';
  return row.valid_until < today() ? 'expired' : 'valid';
}

/** The code is in the answer and nowhere else: whoever loses the letter gets a new one. */
export async function makeLetter(actor: Actor, asked: string, command: BodyOf<typeof makeEndpoint>): Promise<ResponseOf<typeof makeEndpoint>> {
  const code = newCode();
  const made = await runCommand(actor, 'my-file.letter', { ...command, householdId: asked } as typeof command & { householdId: string }, async (trx) => {
    const person = await findPerson(trx, command.personId);
    const householdId = (await resolveHousehold(trx, asked, today()))?.id;
    if (!person || householdId === undefined || (await findPersonHome(trx, person.id, today()))?.householdId !== householdId) throw new AppError('not-found');
    authorize(actor, 'my-file.serve', { regionCode: person.responsible_region_code });
    if (actor.ownHouseholds.includes(householdId)) throw new AppError('conflict-of-interest');
    if (!person.person_key) throw new AppError('wrong-state', '此人没有有效的证件号码，先更正证件号码才能开查询信；可以在窗口打印。');
    const id = newId();
    const validUntil = addDays(today(), await termOf(trx, 'letterDays', person.responsible_region_code));
    await sql`INSERT INTO my_file.code_letter (id, household_id, person_id, region_code, helper_name_enc, helper_relation, code_key, valid_until, made_by, made_by_name)
      VALUES (${id}, ${householdId}, ${command.personId}, ${person.responsible_region_code}, ${encryptOptional('speaker', command.helper?.name)}, ${command.helper?.relation ?? null}, ${codeKey(code)}, ${validUntil}, ${actor.accountId}, ${actor.displayName})`.execute(trx);
    await recordAudit(trx, actor, { action: 'my-file.letter', objectKind: 'code-letter', objectId: id, householdId, regionCode: person.responsible_region_code, details: { person: command.personId, helper: command.helper?.relation ?? null } });
    return { id, validUntil };
  });
  const mine = await inTransaction(actor, async (trx) => (await sql`SELECT 1 FROM my_file.code_letter WHERE id = ${made.id} AND code_key = ${codeKey(code)}`.execute(trx)).rows.length > 0);
  if (!mine) throw new AppError('wrong-state', '这封信已经开过，查询码只显示一次；需要时请另开一封。');
  return { ...made, code };
}

export async function revokeLetter(actor: Actor, id: string, command: BodyOf<typeof revokeEndpoint>): Promise<{ ok: true }> {
  return runCommand(actor, 'my-file.revoke', { ...command, id } as typeof command & { id: string }, async (trx) => {
    const { rows } = await sql<Row>`SELECT * FROM my_file.code_letter WHERE id = ${id} FOR UPDATE`.execute(trx);
    const row = rows[0];
    if (!row) throw new AppError('not-found');
    authorize(actor, 'my-file.serve', { regionCode: row.region_code });
    await revokeWithin(trx, actor, row);
    return { ok: true as const };
  });
}

/** Void from this moment: an open visit asks for its letter each time. */
export async function revokeWithin(trx: Trx, actor: Actor, row: Pick<Row, 'id' | 'household_id' | 'region_code' | 'revoked_at'>): Promise<void> {
  if (row.revoked_at) throw new AppError('wrong-state', '这封查询信已经作废。');
  await sql`UPDATE my_file.code_letter SET revoked_at = now(), revoked_by_name = ${actor.displayName} WHERE id = ${row.id}`.execute(trx);
  await recordAudit(trx, actor, { action: 'my-file.revoke', objectKind: 'code-letter', objectId: row.id, householdId: row.household_id, regionCode: row.region_code });
}

/** Who may read for the person at present. */
export async function listHelpers(trx: Trx, personId: string): Promise<MyFileView['helpers']> {
  const { rows } = await sql<Row>`SELECT * FROM my_file.code_letter WHERE person_id = ${personId} AND helper_relation IS NOT NULL AND revoked_at IS NULL AND valid_until >= ${today()} ORDER BY made_at`.execute(trx);
  return rows.map((row) => ({ id: row.id, relation: row.helper_relation!, name: decryptOptional('speaker', row.helper_name_enc) ?? '', validUntil: row.valid_until }));
}

/** A helper's letter of the person who reads, for taking it back. */
export async function findHelperLetter(trx: Trx, id: string, personId: string): Promise<Row | undefined> {
  const { rows } = await sql<Row>`SELECT * FROM my_file.code_letter WHERE id = ${id} AND person_id = ${personId} AND helper_relation IS NOT NULL FOR UPDATE`.execute(trx);
  return rows[0];
}
