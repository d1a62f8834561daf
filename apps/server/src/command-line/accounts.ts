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

/** Opens an account from the command line, with its login; false when it already exists. */
export async function openAccount(account: AccountSpec): Promise<boolean> {
  const { id, opened } = await inTransaction(systemActor, async (trx) => {
    const existing = await trx.selectFrom('organisation.staff').select('id').where('user_name', '=', account.userName).executeTakeFirst();
    if (existing) return { id: existing.id, opened: false };
    const fresh = newId();
    await insertStaff(trx, { id: fresh, ...account, phone: account.phone ?? null });
    await recordAudit(trx, systemActor, { action: 'staff.create', objectKind: 'staff', objectId: fresh, regionCode: account.regionCode, details: { roles: account.roles } });
    return { id: fresh, opened: true };
  });
  // A crash may have come between the account and its login: the login is completed, an existing one stays as it is.
  await createLogin({ id, userName: account.userName, displayName: account.displayName, password: account.password });
  return opened;
}
