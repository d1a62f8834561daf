import { newId } from '@sunlit/kernel';
import type { BodyOf, createStaff as createStaffEndpoint, updateStaff as updateStaffEndpoint } from '@sunlit/api-spec';
import { recordAudit } from '#platform/audit/record-audit.ts';
import { createLogin, endSessionsOf } from '#platform/authentication/accounts.ts';
import type { Actor } from '#platform/authorization/actor.ts';
import { authorize } from '#platform/authorization/authorize.ts';
import { runCommand } from '#platform/commands/run-command.ts';
import type { Trx } from '#platform/database/transaction.ts';
import { AppError } from '#platform/errors.ts';
import { insertStaff, replaceRoles } from './staff-store.ts';

/** Three administrators are kept apart: one person never holds two of these. */
const separated = ['system-administrator', 'security-administrator', 'audit-administrator'];

export function requireSeparation(roles: string[]): void {
  const held = roles.filter((role) => separated.includes(role));
  if (held.length > 1 || (held.length === 1 && roles.length > 1)) {
    throw new AppError('request-invalid', undefined, { fields: [{ path: 'roles', message: '系统、安全、审计管理员须由不同的人担任，且不兼任业务岗位。' }] });
  }
}

export async function requireKnownRoles(trx: Trx, roles: string[]): Promise<void> {
  const known = await trx.selectFrom('organisation.role').select('code').where('code', 'in', roles).execute();
  if (known.length !== new Set(roles).size) throw new AppError('request-invalid', undefined, { fields: [{ path: 'roles', message: '有不存在的角色。' }] });
}

export async function createStaff(actor: Actor, command: BodyOf<typeof createStaffEndpoint>): Promise<{ id: string }> {
  authorize(actor, 'staff.manage', { regionCode: command.regionCode });
  requireSeparation(command.roles);
  const { password, ...recorded } = command;
  const result = await runCommand(actor, 'staff.create', recorded, async (trx) => {
    await requireKnownRoles(trx, command.roles);
    const taken = await trx.selectFrom('organisation.staff').select('id').where('user_name', '=', command.userName).executeTakeFirst();
    if (taken) throw new AppError('already-exists', undefined, { fields: [{ path: 'userName', message: '这个用户名已被使用。' }] });
    const id = newId();
    await insertStaff(trx, { id, userName: command.userName, displayName: command.displayName, regionCode: command.regionCode, departmentCode: command.departmentCode, roles: command.roles });
    await recordAudit(trx, actor, { action: 'staff.create', objectKind: 'staff', objectId: id, regionCode: command.regionCode, details: { roles: command.roles } });
    return { id };
  });
  // The login library has its own connection; a login without staff record can do nothing, so the order is safe.
  await createLogin({ id: result.id, userName: command.userName, displayName: command.displayName, password }).catch((error: unknown) => {
    if (!/unique|duplicate/i.test(String((error as Error).message))) throw error;
  });
  return result;
}

export async function updateStaff(actor: Actor, id: string, command: BodyOf<typeof updateStaffEndpoint>): Promise<{ ok: true }> {
  authorize(actor, 'staff.manage', { regionCode: command.regionCode });
  if (id === actor.accountId) throw new AppError('conflict-of-interest', '不能修改自己的角色和状态，请由另一位系统管理员办理。');
  requireSeparation(command.roles);
  const result = await runCommand(actor, 'staff.update', { ...command, id } as typeof command & { id: string }, async (trx) => {
    await requireKnownRoles(trx, command.roles);
    const updated = await trx
      .updateTable('organisation.staff')
      .set({ region_code: command.regionCode, department_code: command.departmentCode, active: command.active })
      .where('id', '=', id)
      .executeTakeFirst();
    if (updated.numUpdatedRows === 0n) throw new AppError('not-found');
    await replaceRoles(trx, id, command.roles);
    await recordAudit(trx, actor, { action: 'staff.update', objectKind: 'staff', objectId: id, regionCode: command.regionCode, details: { roles: command.roles, active: command.active } });
    return { ok: true as const };
  });
  await endSessionsOf(id);
  return result;
}
