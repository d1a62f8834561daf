import type { BodyOf, unmaskPerson as unmaskEndpoint } from '@sunlit/api-spec';
import { recordAudit } from '#platform/audit/record-audit.ts';
import type { Actor } from '#platform/authorization/actor.ts';
import { authorize } from '#platform/authorization/authorize.ts';
import { runCommand } from '#platform/commands/run-command.ts';
import { AppError } from '#platform/errors.ts';
import { decryptOptional } from '#platform/personal-data/cipher.ts';
import { findHousehold, type PersonRow } from './household-store.ts';
import { listStandingRecords } from './person-aliases.ts';
import type { Trx } from '#platform/database/transaction.ts';

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
      const [person, value] = await findValue(trx, records, command.field);
      await recordAudit(trx, actor, {
        action: 'person.unmask',
        objectKind: 'person',
        objectId: person.id,
        householdId: person.household_id,
        regionCode: person.responsible_region_code,
        reason: command.reason,
        details: { field: command.field },
      });
      return { value };
    },
    { keepResponse: false },
  );
}

/** Of two records that people merged, the one that stands for both speaks first; what only the other one knows is not lost. */
async function findValue(trx: Trx, records: readonly PersonRow[], field: BodyOf<typeof unmaskEndpoint>['field']): Promise<[PersonRow, string]> {
  for (const person of records) {
    const household = await findHousehold(trx, person.household_id);
    const value =
      field === 'idNumber'
        ? decryptOptional('id-number', person.id_number_enc)
        : field === 'phone'
          ? (decryptOptional('phone', person.phone_enc) ?? decryptOptional('phone', household?.phone_enc))
          : decryptOptional('bank-account', household?.account_enc);
    if (value !== null) return [person, value];
  }
  throw new AppError('not-found', '没有登记这一项。');
}
