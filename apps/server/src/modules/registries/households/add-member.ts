import { householdChanged, type BodyOf, type addMember as joinEndpoint } from '@sunlit/api-spec';
import { countyCodeOf, newId, normaliseName, parseIdCardNumber } from '@sunlit/kernel';
import { sql } from 'kysely';
import { recordAudit } from '#platform/audit/record-audit.ts';
import type { Actor } from '#platform/authorization/actor.ts';
import { authorize } from '#platform/authorization/authorize.ts';
import { today } from '#platform/clock/today.ts';
import { runCommand } from '#platform/commands/run-command.ts';
import type { Trx } from '#platform/database/transaction.ts';
import { AppError } from '#platform/errors.ts';
import { publish } from '#platform/events/publish.ts';
import { encryptOptional } from '#platform/personal-data/cipher.ts';
import { getKeyring } from '#platform/personal-data/keyring.ts';
import { Pseudonymiser } from '#platform/personal-data/pseudonymiser.ts';
import { requireCode } from './change-household.ts';
import { findHousehold, type HouseholdRow } from './household-store.ts';
import { householdTokens } from './search-tokens.ts';

const head = '01';

interface Identity {
  idNumber: string | null;
  personKey: string | null;
  birthDate: string;
  sex: string;
  idRegion: string | null;
}

const refused = (path: string, message: string): AppError => new AppError('request-invalid', undefined, { fields: [{ path, message }] });

/** A person joins on a day: birth, marriage, moving in. Nobody is a member of two households at once. */
export async function addMember(actor: Actor, householdId: string, command: BodyOf<typeof joinEndpoint>): Promise<{ personId: string }> {
  requireCode('relation', 'relation', command.relation);
  requireCode('sex', 'sex', command.sex);
  requireCode('labour', 'labour', command.labour);
  requireCode('student', 'student', command.student);
  const identity = identify(command);
  if (command.on > today()) throw refused('on', '不能晚于今天。');
  if (command.on < identity.birthDate) throw refused('on', `不能早于出生日期 ${identity.birthDate}。`);
  return runCommand(actor, 'person.join', { ...command, householdId } as typeof command, async (trx) => {
    const household = await findHousehold(trx, householdId);
    if (!household) throw new AppError('not-found');
    authorize(actor, 'household.change', { regionCode: household.responsible_region_code });
    if (actor.ownHouseholds.includes(householdId)) throw new AppError('conflict-of-interest');
    await requireNowhereElse(trx, household, identity.personKey);
    if (command.relation === head && (await hasHead(trx, householdId))) throw refused('relation', '这一户已有户主。');
    const personId = await insertPerson(trx, actor, household, command, identity);
    const tokens = householdTokens({ number: household.number, members: [{ name: command.name, lastFour: identity.idNumber?.slice(-4) ?? null, personKey: identity.personKey }] });
    await sql`INSERT INTO households.search_token (token, responsible_region_code, county_code, household_id)
      SELECT token, ${household.responsible_region_code}, ${household.county_code}, ${householdId}::uuid FROM unnest(${tokens}::text[]) AS t (token) ON CONFLICT DO NOTHING`.execute(trx);
    await sql`UPDATE households.household SET member_count = member_count + 1, version = version + 1, changed_at = now() WHERE id = ${householdId}`.execute(trx);
    await recordAudit(trx, actor, { action: 'person.join', objectKind: 'person', objectId: personId, householdId, regionCode: household.responsible_region_code, reason: command.note || command.reason });
    await publish(trx, actor, householdChanged, { subject: householdId, payload: { householdId, change: 'member-joined' } });
    return { personId };
  });
}

function identify(command: BodyOf<typeof joinEndpoint>): Identity {
  if (command.idNumber === '') {
    if (!command.birthDate || !command.sex) throw refused(command.birthDate ? 'sex' : 'birthDate', '没有证件号时，请填写出生日期和性别。');
    return { idNumber: null, personKey: null, birthDate: command.birthDate, sex: command.sex, idRegion: null };
  }
  const card = parseIdCardNumber(command.idNumber);
  if (!card.ok) throw refused('idNumber', '证件号码不正确，请核对。');
  if (command.birthDate && command.birthDate !== card.birthDate) throw refused('birthDate', '出生日期与证件号码不一致。');
  return { idNumber: card.value, personKey: new Pseudonymiser(getKeyring().pseudonymKey).ofIdNumber(card.value), birthDate: card.birthDate, sex: card.sexCode, idRegion: card.regionCode6 };
}

/** Within what the officer may see; across divisions possible duplicates are a matter of record linkage. */
async function requireNowhereElse(trx: Trx, household: HouseholdRow, personKey: string | null): Promise<void> {
  if (personKey === null) return;
  const { rows } = await sql<{ household_id: string; number: string }>`
    SELECT m.household_id, h.number FROM households.person p JOIN households.membership m ON m.person_id = p.id AND m.county_code = p.county_code AND m.superseded_at IS NULL AND m.valid_to IS NULL
    JOIN households.household h ON h.id = m.household_id AND h.county_code = m.county_code WHERE p.person_key = ${personKey} LIMIT 1`.execute(trx);
  const member = rows[0];
  if (member) throw refused('idNumber', member.household_id === household.id ? '此人已在这一户。' : `此人现在另一户（户编号 ${member.number}）。请先在那一户登记离户。`);
}

async function hasHead(trx: Trx, householdId: string): Promise<boolean> {
  const { rows } = await sql`SELECT 1 FROM households.membership WHERE household_id = ${householdId} AND relation_code = ${head} AND superseded_at IS NULL AND valid_to IS NULL`.execute(trx);
  return rows.length > 0;
}

/**
 * Who was registered in this village before is the person they were. From elsewhere a record of its own begins: the old one stays
 * where it is read from, and both carry the same pseudonym.
 */
async function insertPerson(trx: Trx, actor: Actor, household: HouseholdRow, command: BodyOf<typeof joinEndpoint>, identity: Identity): Promise<string> {
  const place = { county: countyCodeOf(household.responsible_region_code), region: household.responsible_region_code };
  const known = identity.personKey
    ? (
        await sql<{ id: string }>`UPDATE households.person SET household_id = ${household.id} WHERE county_code = ${place.county} AND id = (
          SELECT id FROM households.person WHERE county_code = ${place.county} AND person_key = ${identity.personKey} AND responsible_region_code = ${place.region} ORDER BY created_at DESC LIMIT 1) RETURNING id`.execute(trx)
      ).rows[0]
    : undefined;
  const personId = known?.id ?? newId();
  if (!known) {
    await sql`INSERT INTO households.person (county_code, id, household_id, responsible_region_code, name, name_key, id_number_enc, person_key, id_number_problem, document_type, birth_date, sex_code, id_region_code)
      VALUES (${place.county}, ${personId}, ${household.id}, ${place.region}, ${command.name}, ${new Pseudonymiser(getKeyring().pseudonymKey).ofName(normaliseName(command.name))}, ${encryptOptional('id-number', identity.idNumber)}, ${identity.personKey},
        ${identity.idNumber ? null : 'empty'}, ${identity.idNumber ? 'id-card' : null}, ${identity.birthDate}, ${identity.sex}, ${identity.idRegion})`.execute(trx);
  }
  await sql`INSERT INTO households.membership (county_code, id, household_id, person_id, responsible_region_code, relation_code, valid_from, joined_reason)
    VALUES (${place.county}, ${newId()}, ${household.id}, ${personId}, ${place.region}, ${command.relation}, ${command.on}, ${command.reason})`.execute(trx);
  if (!known || command.labour || command.student) {
    await sql`UPDATE households.person_fact SET superseded_at = now() WHERE person_id = ${personId} AND superseded_at IS NULL AND valid_to IS NULL`.execute(trx);
    await sql`INSERT INTO households.person_fact (county_code, id, person_id, responsible_region_code, labour_code, student_code, valid_from, source, recorded_by)
      VALUES (${place.county}, ${newId()}, ${personId}, ${place.region}, ${command.labour ?? null}, ${command.student ?? null}, ${command.on}, 'officer', ${actor.accountId})`.execute(trx);
  }
  return personId;
}
