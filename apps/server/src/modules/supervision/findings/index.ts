export { deadlineKinds, dueOnFor } from './finding-workflow.ts';
export { listFindingItems, listFindings } from './list-findings.ts';
export { listHouseholdDecisions } from './list-household-decisions.ts';
export { listHouseholdsWithFindings } from './list-households-with-findings.ts';
export { markFactsGone, openFindings } from './open-findings.ts';
export { openStatedFinding } from './open-stated-finding.ts';
export { registerFindingRoutes } from './routes.ts';
export { subscribeFindings } from './subscriptions.ts';
export { viewFinding } from './view-finding.ts';
