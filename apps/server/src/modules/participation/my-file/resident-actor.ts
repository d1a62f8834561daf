import type { PermissionCode } from '@sunlit/api-spec';
import { systemActor, type Actor } from '#platform/authorization/actor.ts';

/** Words for who reads, as the household finds them in its trail. */
export const self = '本人';
export const readers: Readonly<Record<string, string>> = { child: '子女（代本人）', parent: '父母（代本人）', spouse: '配偶（代本人）', neighbour: '邻居（代本人）', other: '受托人（代本人）' };

export interface Visit {
  /** null: signed in with the real name */
  letterId: string | null;
  householdId: string;
  /** that household and those merged into it */
  householdIds: readonly string[];
  personId: string;
  regionCode: string;
  /** 本人, or who reads for them by relation */
  reader: string;
  endsAt: Date;
}

/** A resident within their own household: what they may do is reading it, and what the step at hand needs besides. */
export function residentActor(visit: Pick<Visit, 'householdIds' | 'regionCode' | 'reader'>, also: readonly PermissionCode[] = []): Actor {
  return {
    ...systemActor,
    kind: 'resident',
    accountId: '00000000-0000-7000-8000-000000000002',
    userName: 'resident',
    displayName: visit.reader,
    permissions: new Set<PermissionCode>(['household.read', 'payout.read', ...also]),
    regionCode: visit.regionCode,
    onlyHousehold: visit.householdIds,
  };
}
