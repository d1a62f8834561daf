import type { joinChange } from '@sunlit/api-spec';
import { newId, normaliseName } from '@sunlit/kernel';
import { sql } from 'kysely';
import type { z } from 'zod';
import { encryptOptional } from '#platform/personal-data/cipher.ts';
import { getKeyring } from '#platform/personal-data/keyring.ts';
import { Pseudonymiser } from '#platform/personal-data/pseudonymiser.ts';
import { refused, type ChangeKind, type ChangeValue, type FieldChange, type WriteContext } from '../change-kind.ts';
import { identifyPerson, requireNowhereElse, type Identity } from '../identify-person.ts';
import { headRelation, listPresentMembers } from '../present-members.ts';
import { refreshSearchTokens } from '../refresh-search-tokens.ts';
import { requireCode } from '../require-code.ts';
import { writeFacts } from '../write-facts.ts';
import { beginMembership, refreshHousehold } from '../write-membership.ts';

type Change = z.output<typeof joinChange>;

const nameKeyOf = (name: string): string => new Pseudonymiser(getKeyring().pseudonymKey).ofName(normaliseName(name));

/** A person becomes a member on a day: birth, marriage, moving in. Nobody is a member of two households at once. */
export const join: ChangeKind<Change> = {
  examine: async ({ trx, household, effectiveOn }, change) => {
    requireCode('relation', 'relation', change.relation);
    requireCode('sex', 'sex', change.sex);
    requireCode('labour', 'labour', change.labour);
    requireCode('student', 'student', change.student);
    const identity = identifyPerson(change);
    if (effectiveOn < identity.birthDate) throw refused('birthDate', `入户日期不能早于出生日期 ${identity.birthDate}。`);
    await requireNowhereElse(trx, household.id, identity.personKey);
    if (change.relation === headRelation && (await listPresentMembers(trx, household.id)).some((one) => one.relation_code === headRelation)) throw refused('relation', '这一户已有户主。');
    // Two newborns of one household are two proposals, the same person twice is one.
    const who = `new:${identity.personKey ?? `${nameKeyOf(change.name)}:${identity.birthDate}`}`;
    const field = (name: string, after: ChangeValue): FieldChange => ({ key: `${who}/${name}`, personId: null, field: name, before: null, after });
    return [
      field('joining', change.reason),
      field('name', change.name),
      field('relation', change.relation),
      ...(identity.idNumber ? [field('idNumber', identity.idNumber)] : []),
      field('birthDate', identity.birthDate),
      field('sex', identity.sex),
      ...(change.labour ? [field('labour', change.labour)] : []),
      ...(change.student ? [field('student', change.student)] : []),
    ];
  },
  write: async (context, change) => {
    const { trx, household } = context;
    const identity = identifyPerson(change);
    const known = await takeKnownPerson(context, identity);
    const personId = known ?? (await insertPerson(context, change, identity));
    await beginMembership(context, household, personId, change.relation, change.reason);
    const facts = { ...(change.labour ? { labour: change.labour } : {}), ...(change.student ? { student: change.student } : {}) };
    if (!known || Object.keys(facts).length > 0) await writeFacts(context, personId, facts);
    await refreshSearchTokens(trx, household);
    await refreshHousehold(context, household.id);
    await sql`UPDATE households.change_request SET person_id = ${personId} WHERE id = ${context.requestId}`.execute(trx);
    return [{ change: 'member-joined' }];
  },
};

/**
 * Who was registered in this village before is the person they were. From elsewhere a record of its own begins: the old one
 * stays where it is read from, and both carry the same pseudonym.
 */
async function takeKnownPerson({ trx, household }: WriteContext, identity: Identity): Promise<string | undefined> {
  if (!identity.personKey) return undefined;
  const { rows } = await sql<{ id: string }>`UPDATE households.person SET household_id = ${household.id} WHERE county_code = ${household.county_code} AND id = (
    SELECT id FROM households.person WHERE county_code = ${household.county_code} AND person_key = ${identity.personKey} AND responsible_region_code = ${household.responsible_region_code} ORDER BY created_at DESC LIMIT 1) RETURNING id`.execute(trx);
  return rows[0]?.id;
}

async function insertPerson({ trx, household }: WriteContext, change: Change, identity: Identity): Promise<string> {
  const id = newId();
  await sql`INSERT INTO households.person (county_code, id, household_id, responsible_region_code, name, name_key, id_number_enc, person_key, id_number_problem, document_type, birth_date, sex_code, id_region_code)
    VALUES (${household.county_code}, ${id}, ${household.id}, ${household.responsible_region_code}, ${change.name}, ${nameKeyOf(change.name)}, ${encryptOptional('id-number', identity.idNumber)}, ${identity.personKey},
      ${identity.idNumber ? null : 'empty'}, ${identity.idNumber ? 'id-card' : null}, ${identity.birthDate}, ${identity.sex}, ${identity.idRegion})`.execute(trx);
  return id;
}
