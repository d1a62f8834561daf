import type { PermissionCode } from '@sunlit/api-spec';
import { nationCode, type RegionCode } from '@sunlit/kernel';

/** Who acts, and within what scope. Every command, job and command-line call has one. */
export interface Actor {
  kind: 'staff' | 'service' | 'system' | 'resident';
  accountId: string;
  userName: string;
  displayName: string;
  roles: readonly string[];
  permissions: ReadonlySet<PermissionCode>;
  regionCode: RegionCode;
  departmentCode: string | null;
  /** set for data providers: the only department whose deliveries they may see */
  provider: string | null;
  /** households the actor belongs to: their findings are neither visible to nor decided by the actor */
  ownHouseholds: readonly string[];
  /** a resident who reads their own file, with those merged into it: the database shows nothing of any other household */
  onlyHousehold?: readonly string[];
  totpEnabled: boolean;
  totpRequired: boolean;
}

/** Housekeeping without a person behind it (sealing, deadlines). Never decides anything about people. */
export const systemActor: Actor = {
  kind: 'system',
  accountId: '00000000-0000-7000-8000-000000000000',
  userName: 'system',
  displayName: '系统',
  roles: [],
  permissions: new Set<PermissionCode>(),
  regionCode: nationCode,
  departmentCode: null,
  provider: null,
  ownHouseholds: [],
  totpEnabled: false,
  totpRequired: false,
};

/** Somebody on the public site who did not sign in: may write into one division what a public endpoint takes, and reads nothing. */
export function residentOnline(regionCode: RegionCode): Actor {
  return { ...systemActor, kind: 'service', accountId: '00000000-0000-7000-8000-000000000001', userName: 'resident', displayName: '网上居民', regionCode };
}

type ActorLoader = (accountId: string) => Promise<Actor | undefined>;
let loader: ActorLoader | undefined;

/** The module that knows staff registers here; the platform itself knows no module. */
export function setActorLoader(load: ActorLoader): void {
  loader = load;
}

export async function findActor(accountId: string): Promise<Actor | undefined> {
  if (accountId === systemActor.accountId) return systemActor;
  if (!loader) throw new Error('No actor loader is registered.');
  return loader(accountId);
}

export async function getActor(accountId: string): Promise<Actor> {
  const actor = await findActor(accountId);
  if (!actor) throw new Error(`Account ${accountId} is unknown or inactive.`);
  return actor;
}
