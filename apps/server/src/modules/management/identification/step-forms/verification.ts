import type { StepForm } from '@sunlit/api-spec';
import { sql } from 'kysely';
import { today } from '#platform/clock/today.ts';
import { AppError } from '#platform/errors.ts';
import { encryptValue } from '#platform/personal-data/cipher.ts';
import { findHousehold } from '#modules/registries/households/index.ts';
import { help } from '../definitions.ts';
import { requireDisinterest } from '../require-disinterest.ts';
import { refuse, type FormContext, type ReadForm } from './form-context.ts';

/** What was seen at home. The visit also says which household of the registry it is. */
export async function readVerification({ trx, actor, row, procedure, form }: FormContext<Extract<StepForm, { action: 'verify' }>>): Promise<ReadForm> {
  if (form.visitedOn > today()) refuse('visitedOn', '不能晚于今天。');
  if (form.visitedOn < row.event_on) refuse('visitedOn', `不能早于线索日期 ${row.event_on}。`);
  const known = help().risks.map((one) => one.code);
  if (form.risks.some((code) => !known.includes(code))) refuse('risks', '不在可选范围内。');
  if (form.opinion === 'suggested' && row.purpose === 'entry') {
    if (form.risks.length === 0) refuse('risks', '请选择有什么风险。');
    if (!procedure.definition.classes.some((one) => one.code === form.classCode)) refuse('classCode', '请选择类别。');
  }
  const householdId = row.household_id ?? form.householdId;
  const household = householdId ? await findHousehold(trx, householdId) : undefined;
  if (!household) throw refuse('householdId', '请选择是对象库里的哪一户；库里没有的，请先导入。');
  if (household.responsible_region_code !== row.region_code) refuse('householdId', '这一户不属于这个村，请由所属村办理。');
  await requireDisinterest(trx, actor, household.id);
  const other = await sql`SELECT 1 FROM identification.procedure WHERE household_id = ${household.id} AND outcome IS NULL AND id <> ${row.id}`.execute(trx);
  if (other.rows.length > 0) throw new AppError('already-exists', '这一户已有正在办理的识别或退出事项，请在那一件里继续。');
  const exitClass = procedure.definition.classes.find((one) => one.status === household.status_code)?.code;
  return {
    householdId: household.id,
    changes: { household_id: household.id, class_code: row.purpose === 'exit' ? (exitClass ?? null) : (form.classCode ?? null), risks_enc: encryptValue('case-form', JSON.stringify(form.risks)), visited_on: form.visitedOn },
  };
}
