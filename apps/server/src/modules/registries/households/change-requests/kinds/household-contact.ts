import type { householdAccountChange, householdContactChange } from '@sunlit/api-spec';
import { parsePhoneNumber } from '@sunlit/kernel';
import { sql } from 'kysely';
import type { z } from 'zod';
import type { Trx } from '#platform/database/transaction.ts';
import { decryptOptional, encryptOptional } from '#platform/personal-data/cipher.ts';
import { hideIdNumbers } from '#platform/personal-data/hide-id-numbers.ts';
import { getKeyring } from '#platform/personal-data/keyring.ts';
import { Pseudonymiser } from '#platform/personal-data/pseudonymiser.ts';
import { dateValues } from '../../dated-values/date-values.ts';
import { fieldOf, refused, type ChangeKind } from '../change-kind.ts';
import { refreshHousehold } from '../write-membership.ts';

interface Row {
  address_enc: Buffer | null;
  phone_enc: Buffer | null;
  bank_name: string | null;
  account_enc: Buffer | null;
}

async function read(trx: Trx, id: string): Promise<Row> {
  const { rows } = await sql<Row>`SELECT address_enc, phone_enc, bank_name, account_enc FROM households.household WHERE id = ${id}`.execute(trx);
  return rows[0]!;
}

const phoneOf = (given: string | null): string | null => {
  if (given === null || given === '') return null;
  const phone = parsePhoneNumber(given);
  if (!phone.ok) throw refused('phone', '手机号码应为 11 位数字。');
  return phone.value;
};

export const householdContact: ChangeKind<z.output<typeof householdContactChange>> = {
  examine: async ({ trx, household }, change) => {
    const row = await read(trx, household.id);
    if (change.address !== undefined && hideIdNumbers(change.address) !== change.address) throw refused('address', '这里不能写证件号码。');
    return [
      ...(change.address === undefined ? [] : [fieldOf(null, 'address', decryptOptional('address', row.address_enc), change.address || null)]),
      ...(change.phone === undefined ? [] : [fieldOf(null, 'phone', decryptOptional('phone', row.phone_enc), phoneOf(change.phone))]),
    ];
  },
  write: async (context, change) => {
    const { trx, household } = context;
    const row = await read(trx, household.id);
    await dateValues(context, 'household', household.id, [
      ...(change.address === undefined ? [] : ([{ field: 'address', before: decryptOptional('address', row.address_enc), after: change.address || null }] as const)),
      ...(change.phone === undefined ? [] : ([{ field: 'phone', before: decryptOptional('phone', row.phone_enc), after: phoneOf(change.phone) }] as const)),
    ]);
    if (change.address !== undefined) await sql`UPDATE households.household SET address_enc = ${encryptOptional('address', change.address)} WHERE id = ${household.id}`.execute(trx);
    if (change.phone !== undefined) await sql`UPDATE households.household SET phone_enc = ${encryptOptional('phone', phoneOf(change.phone))} WHERE id = ${household.id}`.execute(trx);
    await refreshHousehold(context, household.id);
    return [{ change: 'household' }];
  },
};

/** Where benefits are paid to: money follows it, so that it is verified first. */
export const householdAccount: ChangeKind<z.output<typeof householdAccountChange>> = {
  examine: async ({ trx, household }, change) => {
    const row = await read(trx, household.id);
    if (change.account !== undefined && !/^\d{6,30}$/u.test(change.account)) throw refused('account', '银行账号应为 6 到 30 位数字。');
    return [
      ...(change.bankName === undefined ? [] : [fieldOf(null, 'bankName', row.bank_name, change.bankName || null)]),
      ...(change.account === undefined ? [] : [fieldOf(null, 'account', decryptOptional('bank-account', row.account_enc), change.account)]),
    ];
  },
  write: async (context, change) => {
    const { trx, household } = context;
    const row = await read(trx, household.id);
    await dateValues(context, 'household', household.id, [
      ...(change.bankName === undefined ? [] : ([{ field: 'bankName', before: row.bank_name, after: change.bankName || null }] as const)),
      ...(change.account === undefined ? [] : ([{ field: 'account', before: decryptOptional('bank-account', row.account_enc), after: change.account }] as const)),
    ]);
    if (change.bankName !== undefined) await sql`UPDATE households.household SET bank_name = ${change.bankName || null} WHERE id = ${household.id}`.execute(trx);
    if (change.account !== undefined) {
      await sql`UPDATE households.household SET account_enc = ${encryptOptional('bank-account', change.account)}, account_key = ${new Pseudonymiser(getKeyring().pseudonymKey).ofAccount(change.account)} WHERE id = ${household.id}`.execute(trx);
    }
    await refreshHousehold(context, household.id);
    return [{ change: 'household' }];
  },
};
