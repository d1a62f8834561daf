export { checkHousehold } from './check-household.ts';
export { abandonRun, executeRun } from './execute-run.ts';
export { releaseRun } from './release-run.ts';
export { registerCrossCheckRoutes } from './routes.ts';
export { runCrossCheck } from './run-cross-check.job.ts';
export { startRun } from './start-run.ts';
export { listRunCounts, listRuns, viewRun } from './view-runs.ts';
