import type { PermissionCode } from '@sunlit/api-spec';
import { systemActor, type Actor } from '#platform/authorization/actor.ts';

/**
 * A run works in the name of whoever started it, within the run's region, and may write findings about officials, which
 * the starter may not read. It decides nothing about anybody.
 */
export function runActorOf(starter: Pick<Actor, 'accountId' | 'displayName' | 'userName'>, regionCode: string): Actor {
  return {
    ...systemActor,
    accountId: starter.accountId,
    userName: starter.userName,
    displayName: starter.displayName,
    regionCode,
    permissions: new Set<PermissionCode>(['finding.read-officials']),
  };
}
