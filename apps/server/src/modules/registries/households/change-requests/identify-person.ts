import { parseIdCardNumber } from '@sunlit/kernel';
import { sql } from 'kysely';
import type { Trx } from '#platform/database/transaction.ts';
import { getKeyring } from '#platform/personal-data/keyring.ts';
import { Pseudonymiser } from '#platform/personal-data/pseudonymiser.ts';
import { refused } from './change-kind.ts';

export interface Identity {
  idNumber: string | null;
  personKey: string | null;
  birthDate: string;
  sex: string;
  idRegion: string | null;
}

/** Who somebody is: by the number, which says birth and sex; without one, by what is given. */
export function identifyPerson(given: { idNumber: string; birthDate?: string | undefined; sex?: string | undefined }): Identity {
  if (given.idNumber === '') {
    if (!given.birthDate || !given.sex) throw refused(given.birthDate ? 'sex' : 'birthDate', '没有证件号时，请填写出生日期和性别。');
    return { idNumber: null, personKey: null, birthDate: given.birthDate, sex: given.sex, idRegion: null };
  }
  const card = parseIdCardNumber(given.idNumber);
  if (!card.ok) throw refused('idNumber', '证件号码不正确，请核对。');
  if (given.birthDate && given.birthDate !== card.birthDate) throw refused('birthDate', '出生日期与证件号码不一致。');
  return { idNumber: card.value, personKey: new Pseudonymiser(getKeyring().pseudonymKey).ofIdNumber(card.value), birthDate: card.birthDate, sex: card.sexCode, idRegion: card.regionCode6 };
}

/** Nobody is a member of two households at once. Within what the officer may see; beyond it is a matter of record linkage. */
export async function requireNowhereElse(trx: Trx, householdId: string, personKey: string | null, self?: string): Promise<void> {
  if (personKey === null) return;
  const { rows } = await sql<{ household_id: string; number: string }>`
    SELECT m.household_id, h.number FROM households.person p JOIN households.membership m ON m.person_id = p.id AND m.county_code = p.county_code AND m.superseded_at IS NULL AND m.valid_to IS NULL
    JOIN households.household h ON h.id = m.household_id AND h.county_code = m.county_code WHERE p.person_key = ${personKey} AND p.id IS DISTINCT FROM ${self ?? null}::uuid LIMIT 1`.execute(trx);
  const member = rows[0];
  if (member) throw refused('idNumber', member.household_id === householdId ? '此人已在这一户。' : `此人现在另一户（户编号 ${member.number}）。请先在那一户登记离户。`);
}
