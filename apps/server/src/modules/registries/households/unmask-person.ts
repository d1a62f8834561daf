import type { BodyOf, unmaskPerson as unmaskEndpoint } from '@sunlit/api-spec';
import { recordAudit } from '#platform/audit/record-audit.ts';
import type { Actor } from '#platform/authorization/actor.ts';
import { authorize } from '#platform/authorization/authorize.ts';
import { runCommand } from '#platform/commands/run-command.ts';
import { AppError } from '#platform/errors.ts';
import { decryptOptional } from '#platform/personal-data/cipher.ts';
import { findHousehold, findPerson } from './household-store.ts';

/** Shows a full value once, for a reason that stays on record; the value itself is kept nowhere. */
export async function unmaskPerson(actor: Actor, personId: string, command: BodyOf<typeof unmaskEndpoint>): Promise<{ value: string }> {
  return runCommand(
    actor,
    'person.unmask',
    { ...command, personId } as typeof command & { personId: string },
    async (trx) => {
      const person = await findPerson(trx, personId);
      if (!person) throw new AppError('not-found');
      authorize(actor, 'person.unmask', { regionCode: person.responsible_region_code });
      const household = await findHousehold(trx, person.household_id);
      const value =
        command.field === 'idNumber'
          ? decryptOptional('id-number', person.id_number_enc)
          : command.field === 'phone'
            ? (decryptOptional('phone', person.phone_enc) ?? decryptOptional('phone', household?.phone_enc))
            : decryptOptional('bank-account', household?.account_enc);
      if (value === null) throw new AppError('not-found', '没有登记这一项。');
      await recordAudit(trx, actor, {
        action: 'person.unmask',
        objectKind: 'person',
        objectId: personId,
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
