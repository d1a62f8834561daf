import type { PermissionCode } from '@sunlit/api-spec';
import { nationCode, regionRange } from '@sunlit/kernel';
import { sql } from 'kysely';
import type { Actor } from '#platform/authorization/actor.ts';
import { inIdentityTransaction } from '#platform/database/transaction.ts';

/** The actor behind an account: roles, permissions, region, and the households the person belongs to. */
export async function findActorByAccount(accountId: string): Promise<Actor | undefined> {
  return inIdentityTransaction(async (trx) => {
    const staff = await trx.selectFrom('organisation.staff').selectAll().where('id', '=', accountId).where('active', '=', true).executeTakeFirst();
    if (!staff) return undefined;
    const roles = await trx
      .selectFrom('organisation.staff_role as sr')
      .innerJoin('organisation.role as r', 'r.code', 'sr.role_code')
      .select(['r.code', 'r.permissions', 'r.totp_required'])
      .where('sr.staff_id', '=', staff.id)
      .execute();
    const permissions = new Set(roles.flatMap((role) => role.permissions) as PermissionCode[]);
    return {
      kind: staff.service ? 'service' : 'staff',
      accountId: staff.id,
      userName: staff.user_name,
      displayName: staff.display_name,
      roles: roles.map((role) => role.code),
      permissions,
      regionCode: staff.region_code,
      departmentCode: staff.department_code,
      provider: roles.length > 0 && roles.every((role) => role.code === 'data-provider') ? (staff.department_code ?? 'none') : null,
      ownHouseholds: staff.person_key ? await ownHouseholds(trx, staff.person_key) : [],
      totpEnabled: staff.totp_enabled,
      totpRequired: roles.some((role) => role.totp_required),
    };
  });
}

/** For the command line, where an account is named by its user name. */
export async function findActorByUserName(userName: string): Promise<Actor | undefined> {
  const staff = await inIdentityTransaction((trx) => trx.selectFrom('organisation.staff').select('id').where('user_name', '=', userName).where('active', '=', true).executeTakeFirst());
  return staff ? findActorByAccount(staff.id) : undefined;
}

/** Households of the person wherever they lie: only their ids are read, to keep the person out of their own matters. */
async function ownHouseholds(trx: Parameters<Parameters<typeof inIdentityTransaction>[0]>[0], personKey: string): Promise<string[]> {
  const range = regionRange(nationCode);
  await sql`SELECT set_config('sunlit.region_from', ${range.from}, true), set_config('sunlit.region_to', ${range.to}, true)`.execute(trx);
  const { rows } = await sql<{ household_id: string }>`SELECT DISTINCT household_id FROM households.person WHERE person_key = ${personKey}`.execute(trx);
  return rows.map((row) => row.household_id);
}
