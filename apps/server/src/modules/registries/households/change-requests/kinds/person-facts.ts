import type { personFactsChange } from '@sunlit/api-spec';
import { parsePhoneNumber } from '@sunlit/kernel';
import { sql } from 'kysely';
import type { z } from 'zod';
import type { Trx } from '#platform/database/transaction.ts';
import { decryptOptional, encryptOptional } from '#platform/personal-data/cipher.ts';
import { dateValues } from '../../dated-values/date-values.ts';
import { fieldOf, refused, type ChangeKind, type ChangeValue, type FieldChange } from '../change-kind.ts';
import { listPresentMembers, requireMember } from '../present-members.ts';
import { requireCode } from '../require-code.ts';
import { factsOn, readFacts, writeFacts, type DatedFields } from '../write-facts.ts';
import { refreshHousehold } from '../write-membership.ts';

type Change = z.output<typeof personFactsChange>;

async function readPhone(trx: Trx, personId: string): Promise<string | null> {
  const { rows } = await sql<{ phone_enc: Buffer | null }>`SELECT phone_enc FROM households.person WHERE id = ${personId}`.execute(trx);
  return decryptOptional('phone', rows[0]?.phone_enc);
}

const dated = ['labour', 'student', 'education', 'health', 'residentMedicalInsured', 'employeeMedicalInsured'] as const;

function phoneOf(change: Change): string | null | undefined {
  if (change.phone === undefined) return undefined;
  if (change.phone === null || change.phone === '') return null;
  const phone = parsePhoneNumber(change.phone);
  if (!phone.ok) throw refused('phone', '手机号码应为 11 位数字。');
  return phone.value;
}

/** Facts from a day on: each keeps its old value before that day, and what somebody recorded for a later day stands. */
export const personFacts: ChangeKind<Change> = {
  examine: async ({ trx, household, effectiveOn }, change) => {
    requireCode('labour', 'labour', change.labour);
    requireCode('student', 'student', change.student);
    requireCode('education', 'education', change.education);
    for (const value of change.health ?? []) requireCode('health', 'health', value);
    const phone = phoneOf(change);
    requireMember(await listPresentMembers(trx, household.id), change.personId);
    const now = factsOn(await readFacts(trx, change.personId), effectiveOn);
    const fields: FieldChange[] = [];
    for (const field of dated) {
      const after: ChangeValue | undefined = change[field];
      if (after !== undefined) fields.push(fieldOf(change.personId, field, now?.[field] ?? (field === 'health' ? [] : null), after));
    }
    if (phone !== undefined) fields.push(fieldOf(change.personId, 'phone', await readPhone(trx, change.personId), phone));
    return fields;
  },
  write: async (context, change) => {
    const { trx, household } = context;
    const phone = phoneOf(change);
    if (phone !== undefined) {
      await dateValues(context, 'person', change.personId, [{ field: 'phone', before: await readPhone(trx, change.personId), after: phone }]);
      await sql`UPDATE households.person SET phone_enc = ${encryptOptional('phone', phone)} WHERE id = ${change.personId}`.execute(trx);
    }
    const set = Object.fromEntries(dated.flatMap((field) => (change[field] === undefined ? [] : [[field, change[field]]]))) as Partial<DatedFields>;
    if (Object.keys(set).length > 0) await writeFacts(context, change.personId, set);
    await refreshHousehold(context, household.id);
    return [{ change: 'person' }];
  },
};
