import type { personIdentityChange } from '@sunlit/api-spec';
import { normaliseName } from '@sunlit/kernel';
import { sql } from 'kysely';
import type { z } from 'zod';
import { decryptOptional, encryptOptional } from '#platform/personal-data/cipher.ts';
import { getKeyring } from '#platform/personal-data/keyring.ts';
import { Pseudonymiser } from '#platform/personal-data/pseudonymiser.ts';
import type { Trx } from '#platform/database/transaction.ts';
import { dateValues } from '../../dated-values/date-values.ts';
import { fieldOf, refused, type ChangeKind } from '../change-kind.ts';
import { identifyPerson, requireNowhereElse, type Identity } from '../identify-person.ts';
import { listPresentMembers, requireMember } from '../present-members.ts';
import { refreshSearchTokens } from '../refresh-search-tokens.ts';
import { requireCode } from '../require-code.ts';
import { refreshHousehold } from '../write-membership.ts';

type Change = z.output<typeof personIdentityChange>;

interface Row {
  name: string;
  id_number_enc: Buffer | null;
  birth_date: string | null;
  sex_code: string | null;
  ethnicity: string | null;
}

async function readIdentity(trx: Trx, personId: string): Promise<Row> {
  const { rows } = await sql<Row>`SELECT name, id_number_enc, birth_date, sex_code, ethnicity FROM households.person WHERE id = ${personId}`.execute(trx);
  return rows[0]!;
}

/** A number settles birth date and sex; without a new one they may be corrected where there is none. */
function identityOf(change: Change, row: Row): Identity | undefined {
  if (change.idNumber !== undefined) return identifyPerson({ idNumber: change.idNumber, birthDate: change.birthDate ?? (change.idNumber === '' ? (row.birth_date ?? undefined) : undefined), sex: change.sex ?? (change.idNumber === '' ? (row.sex_code ?? undefined) : undefined) });
  if (change.birthDate === undefined && change.sex === undefined) return undefined;
  if (row.id_number_enc) throw refused(change.birthDate === undefined ? 'sex' : 'birthDate', '出生日期和性别以证件号码为准，请更正证件号码。');
  return identifyPerson({ idNumber: '', birthDate: change.birthDate ?? row.birth_date ?? undefined, sex: change.sex ?? row.sex_code ?? undefined });
}

/** Who the person is. The same person before and after; what they were called and registered under on an earlier day can still be read. */
export const personIdentity: ChangeKind<Change> = {
  examine: async ({ trx, household }, change) => {
    requireCode('sex', 'sex', change.sex);
    requireMember(await listPresentMembers(trx, household.id), change.personId);
    const row = await readIdentity(trx, change.personId);
    const identity = identityOf(change, row);
    if (identity) await requireNowhereElse(trx, household.id, identity.personKey, change.personId);
    return [
      ...(change.name === undefined ? [] : [fieldOf(change.personId, 'name', row.name, change.name)]),
      ...(change.idNumber === undefined ? [] : [fieldOf(change.personId, 'idNumber', decryptOptional('id-number', row.id_number_enc), identity!.idNumber)]),
      ...(identity ? [fieldOf(change.personId, 'birthDate', row.birth_date, identity.birthDate), fieldOf(change.personId, 'sex', row.sex_code, identity.sex)] : []),
      ...(change.ethnicity === undefined ? [] : [fieldOf(change.personId, 'ethnicity', row.ethnicity, change.ethnicity || null)]),
    ];
  },
  write: async (context, change) => {
    const { trx, household } = context;
    const row = await readIdentity(trx, change.personId);
    const identity = identityOf(change, row);
    const name = change.name ?? row.name;
    const ethnicity = change.ethnicity === undefined ? row.ethnicity : change.ethnicity || null;
    await dateValues(context, 'person', change.personId, [
      { field: 'name', before: row.name, after: name },
      { field: 'ethnicity', before: row.ethnicity, after: ethnicity },
      ...(identity ? ([{ field: 'birthDate', before: row.birth_date, after: identity.birthDate }, { field: 'sex', before: row.sex_code, after: identity.sex }] as const) : []),
      ...(identity && change.idNumber !== undefined ? ([{ field: 'idNumber', before: decryptOptional('id-number', row.id_number_enc), after: identity.idNumber }] as const) : []),
    ]);
    await sql`UPDATE households.person SET name = ${name}, name_key = ${new Pseudonymiser(getKeyring().pseudonymKey).ofName(normaliseName(name))}, ethnicity = ${ethnicity} WHERE id = ${change.personId}`.execute(trx);
    if (identity) await sql`UPDATE households.person SET birth_date = ${identity.birthDate}, sex_code = ${identity.sex} WHERE id = ${change.personId}`.execute(trx);
    if (identity && change.idNumber !== undefined) {
      await sql`UPDATE households.person SET id_number_enc = ${encryptOptional('id-number', identity.idNumber)}, person_key = ${identity.personKey}, id_region_code = ${identity.idRegion},
        id_number_problem = ${identity.idNumber ? null : 'empty'}, document_type = ${identity.idNumber ? 'id-card' : null} WHERE id = ${change.personId}`.execute(trx);
    }
    await refreshSearchTokens(trx, household);
    await refreshHousehold(context, household.id);
    return [{ change: 'person' }];
  },
};
