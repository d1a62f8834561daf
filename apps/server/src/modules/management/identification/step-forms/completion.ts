import type { StepForm } from '@sunlit/api-spec';
import { newId } from '@sunlit/kernel';
import { sql } from 'kysely';
import { today } from '#platform/clock/today.ts';
import { AppError } from '#platform/errors.ts';
import { applyHouseholdStatus, findHousehold } from '#modules/registries/households/index.ts';
import { addMonths } from '../procedure-policy.ts';
import { refuse, type FormContext, type ReadForm } from './form-context.ts';

/** Enters what the county decided into the registry; after an exit, days are set on which somebody looks again. */
export async function readCompletion({ trx, actor, row, procedure, form }: FormContext<Extract<StepForm, { action: 'complete' }>>): Promise<ReadForm> {
  const { definition } = procedure;
  const household = row.household_id === null ? undefined : await findHousehold(trx, row.household_id);
  const chosen = definition.classes.find((one) => one.code === row.class_code);
  if (!household || !chosen) throw new AppError('wrong-state', '没有类别或户，不能录入。');
  if (form.from > today()) refuse('from', '不能晚于今天。');
  const isExit = row.purpose === 'exit';
  await applyHouseholdStatus(trx, actor, household, { status: isExit ? chosen.afterExit : chosen.status, from: form.from, reason: `${definition.title.zh} ${row.number}` });
  for (const months of isExit ? definition.followUpMonths : []) {
    await sql`INSERT INTO identification.follow_up (county_code, id, procedure_id, household_id, region_code, due_on) VALUES (${row.county_code}, ${newId()}, ${row.id}, ${household.id}, ${row.region_code}, ${addMonths(form.from, months)})`.execute(trx);
  }
  return { changes: {} };
}
