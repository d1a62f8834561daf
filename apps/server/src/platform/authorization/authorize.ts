import type { PermissionCode } from '@sunlit/api-spec';
import { isWithin } from '@sunlit/kernel';
import { AppError } from '../errors.ts';
import type { Actor } from './actor.ts';

export interface AuthorizationTarget {
  /** the division the thing belongs to */
  regionCode?: string;
  /** the person the thing is assigned to; given, the actor must be that person */
  assigneeId?: string | null;
}

/** Permissions that touch people's rights or secrets need a second factor outside the demo. */
const needsSecondFactor: ReadonlySet<PermissionCode> = new Set(['person.unmask', 'finding.decide', 'run.release', 'staff.manage', 'security.manage', 'dataset.decide', 'payout.approve', 'payout.send', 'identification.decide']);

let secondFactorEnforced = true;
export function setSecondFactorEnforced(enforced: boolean): void {
  secondFactorEnforced = enforced;
}
export function isSecondFactorEnforced(): boolean {
  return secondFactorEnforced;
}

/** The second lock: throws unless the actor holds the permission within the target's scope. */
export function authorize(actor: Actor, permission: PermissionCode, target: AuthorizationTarget = {}): void {
  if (!actor.permissions.has(permission)) throw new AppError('not-permitted');
  if (secondFactorEnforced && actor.kind === 'staff' && !actor.totpEnabled && (needsSecondFactor.has(permission) || actor.totpRequired)) throw new AppError('totp-setup-required');
  if (target.regionCode !== undefined && !isWithin(target.regionCode, actor.regionCode)) throw new AppError('outside-region');
  if (target.assigneeId !== undefined && target.assigneeId !== actor.accountId) throw new AppError('not-permitted');
}
