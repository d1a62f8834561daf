import type { HouseholdView } from '@sunlit/api-spec';

/** Days of the page, when they are not today: a value shown in full must be the one that is shown masked. */
export function daysOf(household: HouseholdView, isToday: boolean) {
  return isToday ? undefined : { asOf: household.asOf, knownAt: household.knownAt ?? undefined };
}
