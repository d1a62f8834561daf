import { careFindingsReleased } from '@sunlit/api-spec';
import { subscribe } from '#platform/events/subscribe.ts';
import { openWarningClues } from './open-warning-clues.ts';

/** What identification learns from the supervision above it. */
export function subscribeIdentification(): void {
  subscribe(careFindingsReleased, 'identification.open-warning-clues', openWarningClues);
}
