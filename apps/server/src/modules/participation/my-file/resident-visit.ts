import { createHash, createHmac, randomBytes, randomInt } from 'node:crypto';
import type { BodyOf, openMyFile as openEndpoint } from '@sunlit/api-spec';
import { parseIdCardNumber } from '@sunlit/kernel';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { sql } from 'kysely';
import { systemActor } from '#platform/authorization/actor.ts';
import { recordAudit } from '#platform/audit/record-audit.ts';
import { inIdentityTransaction, inTransaction } from '#platform/database/transaction.ts';
import { today } from '#platform/clock/today.ts';
import { AppError } from '#platform/errors.ts';
import { getKeyring } from '#platform/personal-data/keyring.ts';
import { Pseudonymiser } from '#platform/personal-data/pseudonymiser.ts';
import { findPerson, findPersonHome, listHouseholdIds } from '#modules/registries/households/index.ts';
import { findKeptPerson } from '#modules/registries/record-linkage/index.ts';
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
  const card = parseIdCardNumber(body.idNumber);
  const number = card.ok ? new Pseudonymiser(getKeyring().pseudonymKey).ofIdNumber(card.value) : undefined;
  const { person, home, ids, madeForIds } = await inTransaction(systemActor, async (trx) => {
    const standing = (await findKeptPerson(trx, letter.person_id)) ?? letter.person_id;
    const people = await Promise.all([...new Set([letter.person_id, standing])].map((id) => findPerson(trx, id)));
    const lives = await findPersonHome(trx, standing, today());
    return {
      person: people.some((one) => number !== undefined && one?.person_key === number) ? standing : undefined,
      home: lives,
      ids: lives ? await listHouseholdIds(trx, lives.householdId) : [],
      madeForIds: await listHouseholdIds(trx, letter.household_id),
    };
  });
  if (person === undefined) {
    await inIdentityTransaction((trx) => sql`UPDATE my_file.code_letter SET failed_attempts = failed_attempts + 1 WHERE id = ${letter.id}`.execute(trx));
    throw refused;
  }
  if (!home) throw new AppError('not-registered', '信上的人现在没有登记在任何一户。请带身份证到村里说明，登记好以后重新开信。');
  // The person's own letter leads to where they live now. Who reads for them was let into one household, not into the next.
  if (letter.helper_relation !== null && !madeForIds.includes(home.householdId)) {
    await inIdentityTransaction((trx) => sql`UPDATE my_file.code_letter SET revoked_at = now(), revoked_by_name = ${systemActor.displayName} WHERE id = ${letter.id} AND revoked_at IS NULL`.execute(trx));
    throw new AppError('letter-ended', '本人已经转到另一户，代看的查询信随之失效。需要代看的，请本人重新开一封。');
  }
  await inIdentityTransaction((trx) => sql`UPDATE my_file.code_letter SET failed_attempts = 0, household_id = ${home.householdId}, region_code = ${home.regionCode} WHERE id = ${letter.id}`.execute(trx));
  await beginVisit(reply, { ...home, householdIds: ids, reader: letter.helper_relation ? readers[letter.helper_relation]! : self, letterId: letter.id, personId: person });
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
        const { rows } = await sql<{ letter_id: string | null; letter_person: string | null; household_id: string; person_id: string; region_code: string; reader: string; ends_at: Date }>`
          SELECT v.letter_id, l.person_id AS letter_person, v.household_id, v.person_id, v.region_code, v.reader, v.ends_at FROM my_file.visit v LEFT JOIN my_file.code_letter l ON l.id = v.letter_id
          WHERE v.token_hash = ${hashOf(token)} AND v.ended_at IS NULL AND v.ends_at > now() AND l.revoked_at IS NULL`.execute(trx);
        return rows[0];
      })
    : undefined;
  if (!visit) throw new AppError('sign-in-required', '请用查询信上的查询码和证件号码，或用实名认证打开您的档案。');
  const householdIds = await inTransaction(systemActor, async (trx) => {
    // two entries that were found to be one person after all are two: the letter leads to its own
    if (visit.letter_person !== null && ((await findKeptPerson(trx, visit.letter_person)) ?? visit.letter_person) !== visit.person_id) return undefined;
    const home = await findPersonHome(trx, visit.person_id, today());
    return home?.householdId === visit.household_id ? listHouseholdIds(trx, home.householdId) : undefined;
  });
  if (!householdIds) throw new AppError('sign-in-required', '您家的登记刚刚有变动，请重新打开档案。');
  return { letterId: visit.letter_id, householdId: visit.household_id, householdIds, personId: visit.person_id, regionCode: visit.region_code, reader: visit.reader, endsAt: visit.ends_at };
}

export async function closeVisit(request: FastifyRequest, reply: FastifyReply): Promise<void> {
  const token = request.cookies[cookieName];
  if (token) await inIdentityTransaction((trx) => sql`UPDATE my_file.visit SET ended_at = now() WHERE token_hash = ${hashOf(token)}`.execute(trx));
  void reply.clearCookie(cookieName, { path: '/' });
}
