import { newId } from '@sunlit/kernel';
import { recordAudit } from '#platform/audit/record-audit.ts';
import type { Actor } from '#platform/authorization/actor.ts';
import { authorize } from '#platform/authorization/authorize.ts';
import { runCommand } from '#platform/commands/run-command.ts';
import { AppError } from '#platform/errors.ts';
import { requireKnownRoles, requireSeparation } from './manage-staff.ts';
import { insertStaff } from './staff-store.ts';

export interface ServiceAccountCommand {
  commandId: string;
  userName: string;
  regionCode: string;
  departmentCode: string | null;
  roles: string[];
}

/** A scoped account for the command line and interfaces: it has no password and cannot sign in. */
export async function createServiceAccount(actor: Actor, command: ServiceAccountCommand): Promise<{ id: string }> {
  authorize(actor, 'staff.manage', { regionCode: command.regionCode });
  requireSeparation(command.roles);
  return runCommand(actor, 'service-account.create', command, async (trx) => {
    await requireKnownRoles(trx, command.roles);
    const taken = await trx.selectFrom('organisation.staff').select('id').where('user_name', '=', command.userName).executeTakeFirst();
    if (taken) throw new AppError('already-exists', '这个用户名已被使用。');
    const id = newId();
    await insertStaff(trx, { id, userName: command.userName, displayName: command.userName, regionCode: command.regionCode, departmentCode: command.departmentCode, service: true, roles: command.roles });
    await recordAudit(trx, actor, { action: 'service-account.create', objectKind: 'staff', objectId: id, regionCode: command.regionCode, details: { roles: command.roles } });
    return { id };
  });
}
