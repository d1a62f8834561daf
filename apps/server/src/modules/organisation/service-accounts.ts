import { newId } from '@sunlit/kernel';
import { recordAudit } from '#platform/audit/record-audit.ts';
import type { Actor } from '#platform/authorization/actor.ts';
import { authorize } from '#platform/authorization/authorize.ts';
import { runCommand } from '#platform/commands/run-command.ts';
import { inTransaction } from '#platform/database/transaction.ts';
import { AppError } from '#platform/errors.ts';
import { requireKnownRoles, requireSeparation } from './manage-staff.ts';
import { findRegion } from './region-store.ts';
import { departmentNames, insertStaff } from './staff-store.ts';

export interface ServiceAccountCommand {
  commandId: string;
  userName: string;
  regionCode: string;
  departmentCode: string | null;
  roles: string[];
}

/** A scoped account for the command line and interfaces: it has no password and cannot sign in. */
export async function createServiceAccount(actor: Actor, command: ServiceAccountCommand): Promise<{ id: string }> {
  const bad = (path: string, message: string) => new AppError('request-invalid', undefined, { fields: [{ path, message }] });
  if (!/^[a-z][a-z0-9.-]{2,39}$/.test(command.userName)) throw bad('userName', '用户名由小写字母、数字、点和短横组成，3 到 40 个字符，以字母开头。');
  if (!/^\d{12}$/.test(command.regionCode)) throw bad('regionCode', '没有这个区划。');
  authorize(actor, 'staff.manage', { regionCode: command.regionCode });
  requireSeparation(command.roles);
  return runCommand(actor, 'service-account.create', command, async (trx) => {
    await requireKnownRoles(trx, command.roles);
    if (!(await findRegion(trx, command.regionCode))) throw bad('regionCode', '没有这个区划。');
    if (command.departmentCode !== null && !(await departmentNames(trx)).has(command.departmentCode)) throw bad('departmentCode', '没有这个部门。');
    const taken = await trx.selectFrom('organisation.staff').select('id').where('user_name', '=', command.userName).executeTakeFirst();
    if (taken) throw new AppError('already-exists', '这个用户名已被使用。');
    const id = newId();
    await insertStaff(trx, { id, userName: command.userName, displayName: command.userName, regionCode: command.regionCode, departmentCode: command.departmentCode, service: true, roles: command.roles });
    await recordAudit(trx, actor, { action: 'service-account.create', objectKind: 'staff', objectId: id, regionCode: command.regionCode, details: { roles: command.roles } });
    return { id };
  });
}

/** From now on nobody can act as it; what it did stays under its name. */
export async function revokeServiceAccount(actor: Actor, command: { commandId: string; userName: string; reason: string }): Promise<{ id: string }> {
  return runCommand(actor, 'service-account.revoke', command, async (trx) => {
    const account = await trx.selectFrom('organisation.staff').select(['id', 'region_code', 'active']).where('user_name', '=', command.userName).where('service', '=', true).executeTakeFirst();
    if (!account) throw new AppError('not-found', '没有这个服务账号，或不在您负责的区划内。');
    authorize(actor, 'staff.manage', { regionCode: account.region_code });
    if (!account.active) throw new AppError('wrong-state', '这个服务账号已经停用。');
    await trx.updateTable('organisation.staff').set({ active: false }).where('id', '=', account.id).execute();
    await recordAudit(trx, actor, { action: 'service-account.revoke', objectKind: 'staff', objectId: account.id, regionCode: account.region_code, reason: command.reason });
    return { id: account.id };
  });
}

export interface ServiceAccountItem {
  userName: string;
  regionCode: string;
  departmentCode: string | null;
  roles: string[];
  active: boolean;
}

export async function listServiceAccounts(actor: Actor): Promise<ServiceAccountItem[]> {
  authorize(actor, 'staff.read');
  return inTransaction(actor, async (trx) => {
    const rows = await trx
      .selectFrom('organisation.staff as s')
      .leftJoin('organisation.staff_role as r', 'r.staff_id', 's.id')
      .select(['s.user_name', 's.region_code', 's.department_code', 's.active', 'r.role_code'])
      .where('s.service', '=', true)
      .orderBy('s.user_name')
      .execute();
    return [...Map.groupBy(rows, (row) => row.user_name).values()].map((group) => ({
      userName: group[0]!.user_name,
      regionCode: group[0]!.region_code,
      departmentCode: group[0]!.department_code,
      roles: group.flatMap((row) => (row.role_code ? [row.role_code] : [])),
      active: group[0]!.active,
    }));
  });
}
