import { newId } from '@sunlit/kernel';
import { recordAudit } from '#platform/audit/record-audit.ts';
import { createLogin } from '#platform/authentication/accounts.ts';
import { systemActor } from '#platform/authorization/actor.ts';
import { inTransaction } from '#platform/database/transaction.ts';
import { insertStaff } from '#modules/organisation/index.ts';

export interface AccountSpec {
  userName: string;
  displayName: string;
  password: string;
  roles: string[];
  regionCode: string;
  departmentCode: string | null;
  phone?: string;
}

/** Opens an account from the command line; false when it already exists. */
export async function openAccount(account: AccountSpec): Promise<boolean> {
  const id = newId();
  const opened = await inTransaction(systemActor, async (trx) => {
    const existing = await trx.selectFrom('organisation.staff').select('id').where('user_name', '=', account.userName).executeTakeFirst();
    if (existing) return false;
    await insertStaff(trx, { id, ...account, phone: account.phone ?? null });
    await recordAudit(trx, systemActor, { action: 'staff.create', objectKind: 'staff', objectId: id, regionCode: account.regionCode, details: { roles: account.roles } });
    return true;
  });
  if (opened) await createLogin({ id, userName: account.userName, displayName: account.displayName, password: account.password });
  return opened;
}
