import type { JobHandler } from '#platform/jobs/jobs.ts';
import { executeRun } from './execute-run.ts';

export const runCrossCheck: JobHandler = (actor, { subjectId }, signal) => executeRun(actor, subjectId, { signal });
