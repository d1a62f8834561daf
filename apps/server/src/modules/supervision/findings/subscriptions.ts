import { deliveryAccepted, divisionSucceeded, householdChanged, householdsImported, membersMoved } from '@sunlit/api-spec';
import { subscribe } from '#platform/events/subscribe.ts';
import { finishCorrectionTasks } from './finish-correction-tasks.ts';
import { followDivisions } from './follow-divisions.ts';
import { followMovedMembers } from './follow-moved-members.ts';
import { noteHouseholdChange, noteImportedChanges } from './note-household-changes.ts';

/** What findings learn from the registries and the intake, which know nothing of findings. */
export function subscribeFindings(): void {
  const permissions = ['finding.read-officials'] as const;
  subscribe(householdChanged, 'findings.note-household-change', noteHouseholdChange, { permissions });
  subscribe(householdsImported, 'findings.note-imported-changes', noteImportedChanges, { permissions });
  subscribe(membersMoved, 'findings.follow-moved-members', followMovedMembers, { permissions });
  subscribe(divisionSucceeded, 'findings.follow-divisions', followDivisions, { permissions });
  subscribe(deliveryAccepted, 'findings.finish-correction-tasks', finishCorrectionTasks, { permissions });
}
