import type { PayoutObstacle } from '@sunlit/api-spec';
import { addMonths, regionLevelOf } from '@sunlit/kernel';
import { sql } from 'kysely';
import type { Trx } from '#platform/database/transaction.ts';
import { AppError } from '#platform/errors.ts';
import { listEntitledEnrolments, type EntitledEnrolment } from '#modules/registries/households/index.ts';
import { getStandard, type KeptStandard } from './payout-standard.ts';

export interface EntitlementFilter {
  programmeCode: string;
  month: string;
  months: number;
  regionCode: string;
  asOf: string;
}

export interface Entitlement {
  enrolment: EntitledEnrolment;
  units: number;
  amountFen: number;
  obstacle: PayoutObstacle | null;
}

export const monthsOf = (filter: Pick<EntitlementFilter, 'month' | 'months'>): string[] => Array.from({ length: filter.months }, (_, index) => addMonths(filter.month, index));

/** What stands in the way of paying, as the registry itself records it. What other data say is only ever a doubt. */
function obstacleOf(row: EntitledEnrolment, listed: ReadonlySet<string>): PayoutObstacle | null {
  if (!row.is_member) return row.left_reason === 'died' ? 'died' : 'left-household';
  if (listed.has(row.enrolment_id)) return 'already-listed';
  if (row.person_key === null) return 'no-valid-id';
  return row.account_enc === null ? 'no-account' : null;
}

/** amount = standard × units × months: units are persons, or 1 where the benefit is counted per household. */
export function entitlementOf(row: EntitledEnrolment, standard: KeptStandard, months: number, listed: ReadonlySet<string>): Entitlement {
  const units = standard.perPerson && row.per_household ? row.members : 1;
  const obstacle = obstacleOf(row, listed);
  return { enrolment: row, units, amountFen: obstacle === null ? standard.amountFen * units * months : 0, obstacle };
}

/** Everybody enrolled on the day, in the order of division and number; those of earlier batches for one of the months are told apart. */
export async function makeEntitlementList(trx: Trx, filter: EntitlementFilter): Promise<{ standard: KeptStandard; entitlements: Entitlement[] }> {
  // a list has one standard, and counties set their own
  if (!['county', 'town', 'village'].includes(regionLevelOf(filter.regionCode))) throw new AppError('wrong-state', '发放标准由县（市、区）确定，请选择一个县或其下的区划。');
  const standard = await getStandard(trx, filter.programmeCode, filter.regionCode, filter.asOf);
  const rows = await listEntitledEnrolments(trx, filter);
  const claimed = await sql<{ enrolment_id: string }>`SELECT DISTINCT enrolment_id FROM payouts.claim WHERE month = ANY (${monthsOf(filter)}) AND enrolment_id = ANY (${rows.map((row) => row.enrolment_id)}::uuid[])`.execute(trx);
  const listed = new Set(claimed.rows.map((row) => row.enrolment_id));
  const entitlements = rows.map((row) => entitlementOf(row, standard, filter.months, listed));
  return { standard, entitlements: countOnce(entitlements, standard) };
}

/** A benefit of the whole household is paid to it once, whoever else of its members is enrolled. */
function countOnce(entitlements: readonly Entitlement[], standard: KeptStandard): Entitlement[] {
  const paid = new Map<string, string>();
  for (const [household, own] of Map.groupBy(entitlements, (one) => one.enrolment.household_id)) {
    const whole = own.find((one) => one.enrolment.per_household);
    if (own.length === 1 || (standard.perPerson && !whole)) continue;
    const first = own.find((one) => one.obstacle === 'already-listed') ?? (whole?.obstacle === null ? whole : own.find((one) => one.obstacle === null));
    if (first) paid.set(household, first.enrolment.enrolment_id);
  }
  return entitlements.map((one) => {
    const counted = paid.get(one.enrolment.household_id);
    return counted === undefined || counted === one.enrolment.enrolment_id || one.obstacle !== null ? one : { ...one, amountFen: 0, obstacle: 'counted-once' };
  });
}
