import type { BodyOf, unmaskPerson as unmaskEndpoint } from '@sunlit/api-spec';
import { sql } from 'kysely';
import { recordAudit } from '#platform/audit/record-audit.ts';
import type { Actor } from '#platform/authorization/actor.ts';
import { authorize } from '#platform/authorization/authorize.ts';
import { today } from '#platform/clock/today.ts';
import { runCommand } from '#platform/commands/run-command.ts';
import type { Trx } from '#platform/database/transaction.ts';
import { AppError } from '#platform/errors.ts';
import { decryptOptional } from '#platform/personal-data/cipher.ts';
import { readDatedValues } from './dated-values/read-dated-values.ts';
import { findHousehold, type PersonRow } from './household-store.ts';
import { listStandingRecords } from './person-aliases.ts';

/** Shows a full value once, for a reason that stays on record; the value itself is kept nowhere. */
export async function unmaskPerson(actor: Actor, personId: string, command: BodyOf<typeof unmaskEndpoint>): Promise<{ value: string }> {
  return runCommand(
    actor,
    'person.unmask',
    { ...command, personId } as typeof command & { personId: string },
    async (trx) => {
      const records = await listStandingRecords(trx, personId);
      if (records.length === 0) throw new AppError('not-found');
      for (const record of records) authorize(actor, 'person.unmask', { regionCode: record.responsible_region_code });
      const [person, value] = await findValue(trx, records, command);
      await recordAudit(trx, actor, {
        action: 'person.unmask',
        objectKind: 'person',
        objectId: person.id,
        householdId: person.household_id,
        regionCode: person.responsible_region_code,
        reason: command.reason,
        details: { field: command.field, ...(command.asOf ? { asOf: command.asOf } : {}) },
      });
      return { value };
    },
    { keepResponse: false },
  );
}

type Wanted = Pick<BodyOf<typeof unmaskEndpoint>, 'field' | 'asOf' | 'knownAt'>;

/** Of two records that people merged, the one that stands for both speaks first; what only the other one knows is not lost. */
async function findValue(trx: Trx, records: readonly PersonRow[], { field, asOf, knownAt }: Wanted): Promise<[PersonRow, string]> {
  for (const person of records) {
    const household = await findHousehold(trx, (asOf && (await householdOn(trx, person.id, asOf))) || person.household_id);
    const said = await readDatedValues(trx, [person.id, ...(household ? [household.id] : [])], asOf ?? today(), knownAt ? new Date(knownAt) : new Date());
    const ofHousehold = (name: 'phone' | 'account', now: Buffer | null): Buffer | null => (household ? said.kept(household.id, name, now) : null);
    const value =
      field === 'idNumber'
        ? decryptOptional('id-number', said.kept(person.id, 'idNumber', person.id_number_enc))
        : field === 'phone'
          ? (decryptOptional('phone', said.kept(person.id, 'phone', person.phone_enc)) ?? decryptOptional('phone', ofHousehold('phone', household?.phone_enc ?? null)))
          : decryptOptional('bank-account', ofHousehold('account', household?.account_enc ?? null));
    if (value !== null) return [person, value];
  }
  throw new AppError('not-found', '没有登记这一项。');
}

/** The household somebody belonged to on a day, one that ended since too. */
async function householdOn(trx: Trx, personId: string, day: string): Promise<string | undefined> {
  const { rows } = await sql<{ household_id: string }>`SELECT household_id FROM households.membership WHERE person_id = ${personId} AND superseded_at IS NULL AND valid_from <= ${day}::date AND (valid_to IS NULL OR valid_to > ${day}::date) ORDER BY valid_from DESC LIMIT 1`.execute(trx);
  return rows[0]?.household_id;
}
