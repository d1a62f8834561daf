import { careFindingsReleased, divisionSucceeded, membersMoved } from '@sunlit/api-spec';
import { subscribe } from '#platform/events/subscribe.ts';
import { followDivision, followMergedHousehold } from './follow-households.ts';
import { openWarningClues } from './open-warning-clues.ts';

/** What identification learns from the registry below and the supervision above it. */
export function subscribeIdentification(): void {
  subscribe(careFindingsReleased, 'identification.open-warning-clues', openWarningClues);
  subscribe(membersMoved, 'identification.follow-merged-household', followMergedHousehold);
  subscribe(divisionSucceeded, 'identification.follow-division', followDivision);
}
