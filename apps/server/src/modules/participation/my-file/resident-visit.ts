import { createHash, createHmac, randomBytes, randomInt } from 'node:crypto';
import type { BodyOf, openMyFile as openEndpoint } from '@sunlit/api-spec';
import { parseIdCardNumber } from '@sunlit/kernel';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { sql } from 'kysely';
import { recordAudit } from '#platform/audit/record-audit.ts';
import { inIdentityTransaction, inTransaction } from '#platform/database/transaction.ts';
import { today } from '#platform/clock/today.ts';
import { AppError } from '#platform/errors.ts';
import { getKeyring } from '#platform/personal-data/keyring.ts';
import { Pseudonymiser } from '#platform/personal-data/pseudonymiser.ts';
import { findPerson } from '#modules/registries/households/index.ts';
import { readers, residentActor, self, type Visit } from './resident-actor.ts';

const cookieName = 'sunlit-file';
const visitMinutes = 30;
/** After so many wrong identity numbers a letter is good for nothing any more. */
export const allowedAttempts = 5;
/** Without what is easily mistaken for another: 0 O 1 I L. */
const alphabet = '23456789ABCDEFGHJKMNPQRSTUVWXYZ';

/** Twelve characters in groups of four, near to 60 bits: read from paper, typed by old hands. */
export function newCode(): string {
  const characters = Array.from({ length: 12 }, () => alphabet[randomInt(alphabet.length)]!).join('');
  return characters.replace(/(.{4})(?=.)/g, '$1-');
}

/** What is kept of a code: a keyed hash, so that neither a copy of the database nor a guess opens a file. */
export function codeKey(code: string): Buffer {
  const plain = code.normalize('NFKC').toUpperCase().replace(/[^0-9A-Z]/g, '');
  return createHmac('sha256', getKeyring().pseudonymKey).update(`my-file:${plain}`).digest();
}

export const hashOf = (token: string): Buffer => createHash('sha256').update(token).digest();

interface LetterRow {
  id: string;
  household_id: string;
  person_id: string;
  region_code: string;
  helper_relation: string | null;
  failed_attempts: number;
}

/**
 * Opens a visit: the code says which letter, the identity number that the right person holds it. The same sentence for
 * every wrong pair, so that nobody learns which half was right.
 */
export async function openVisit(reply: FastifyReply, body: BodyOf<typeof openEndpoint>): Promise<void> {
  const refused = new AppError('sign-in-failed', '查询码或证件号码不正确，或查询码已经失效。请核对信上的查询码；忘记或丢失可以到村里重新开一封。');
  const letter = await inIdentityTransaction(async (trx) => {
    const { rows } = await sql<LetterRow>`SELECT id, household_id, person_id, region_code, helper_relation, failed_attempts FROM my_file.code_letter
      WHERE code_key = ${codeKey(body.code)} AND revoked_at IS NULL AND valid_until >= ${today()} AND failed_attempts < ${allowedAttempts}`.execute(trx);
    return rows[0];
  });
  if (!letter) throw refused;
  const reader = letter.helper_relation ? readers[letter.helper_relation]! : self;
  const visit = { householdId: letter.household_id, regionCode: letter.region_code, reader };
  const card = parseIdCardNumber(body.idNumber);
  const actor = residentActor(visit);
  const person = card.ok ? await inTransaction(actor, (trx) => findPerson(trx, letter.person_id)) : undefined;
  if (!card.ok || !person || person.person_key !== new Pseudonymiser(getKeyring().pseudonymKey).ofIdNumber(card.value)) {
    await inIdentityTransaction((trx) => sql`UPDATE my_file.code_letter SET failed_attempts = failed_attempts + 1 WHERE id = ${letter.id}`.execute(trx));
    throw refused;
  }
  await inIdentityTransaction((trx) => sql`UPDATE my_file.code_letter SET failed_attempts = 0 WHERE id = ${letter.id}`.execute(trx));
  await beginVisit(reply, { ...visit, letterId: letter.id, personId: letter.person_id });
}

/** Lets somebody in who has proved who they are, and says so in the household’s trail. */
export async function beginVisit(reply: FastifyReply, visit: Omit<Visit, 'endsAt'>): Promise<void> {
  const token = randomBytes(32).toString('base64url');
  const endsAt = new Date(Date.now() + visitMinutes * 60_000);
  const actor = residentActor(visit);
  await inIdentityTransaction((trx) =>
    sql`INSERT INTO my_file.visit (token_hash, letter_id, household_id, person_id, region_code, reader, ends_at)
      VALUES (${hashOf(token)}, ${visit.letterId}, ${visit.householdId}, ${visit.personId}, ${visit.regionCode}, ${visit.reader}, ${endsAt})`.execute(trx),
  );
  await inTransaction(actor, (trx) =>
    recordAudit(trx, actor, { action: 'my-file.view', objectKind: 'household', objectId: visit.householdId, householdId: visit.householdId, regionCode: visit.regionCode, details: visit.letterId === null ? { by: 'real-name' } : { letter: visit.letterId } }),
  );
  void reply.setCookie(cookieName, token, { path: '/', httpOnly: true, sameSite: 'strict', secure: reply.request.protocol === 'https', maxAge: visitMinutes * 60 });
}

/** Who reads. A letter made void meanwhile, or another household found for the person, ends the visit at once. */
export async function requireVisit(request: FastifyRequest): Promise<Visit> {
  const token = request.cookies[cookieName];
  const visit = token
    ? await inIdentityTransaction(async (trx) => {
        const { rows } = await sql<{ letter_id: string | null; household_id: string; person_id: string; region_code: string; reader: string; ends_at: Date }>`
          SELECT v.letter_id, v.household_id, v.person_id, v.region_code, v.reader, v.ends_at FROM my_file.visit v LEFT JOIN my_file.code_letter l ON l.id = v.letter_id
          WHERE v.token_hash = ${hashOf(token)} AND v.ended_at IS NULL AND v.ends_at > now() AND l.revoked_at IS NULL`.execute(trx);
        return rows[0];
      })
    : undefined;
  if (!visit) throw new AppError('sign-in-required', '请用查询信上的查询码和证件号码，或用实名认证打开您的档案。');
  return { letterId: visit.letter_id, householdId: visit.household_id, personId: visit.person_id, regionCode: visit.region_code, reader: visit.reader, endsAt: visit.ends_at };
}

export async function closeVisit(request: FastifyRequest, reply: FastifyReply): Promise<void> {
  const token = request.cookies[cookieName];
  if (token) await inIdentityTransaction((trx) => sql`UPDATE my_file.visit SET ended_at = now() WHERE token_hash = ${hashOf(token)}`.execute(trx));
  void reply.clearCookie(cookieName, { path: '/' });
}
