import type { StepForm } from '@sunlit/api-spec';
import { AppError } from '#platform/errors.ts';
import { draftNotice, findNoticeKind, findNoticeStanding } from '#modules/publication/index.ts';
import { findHousehold } from '#modules/registries/households/index.ts';
import { listSteps } from '../procedure-store.ts';
import { refuse, type FormContext, type ReadForm } from './form-context.ts';

/** Drafts the notice from the registry: the head's name (masked by the notice), group, members, class. Nothing of risks or health. */
export async function readNotice({ trx, actor, row, procedure, transition, form }: FormContext<Extract<StepForm, { action: 'put-up' | 'put-up-second' | 'announce' }>>): Promise<ReadForm> {
  const kind = transition.notice === undefined ? undefined : findNoticeKind(transition.notice);
  const household = row.household_id === null ? undefined : await findHousehold(trx, row.household_id);
  if (!kind || !household) throw new AppError('wrong-state');
  const before = (await listSteps(trx, row.id)).findLast((step) => step.action === form.action)?.notice_id;
  const standing = before && row.state === transition.to ? await findNoticeStanding(trx, before) : undefined;
  if (standing && standing.state !== 'withdrawn' && standing.state !== 'taken-down') throw new AppError('already-exists', '已经有一份公示，撤回或撤下以后才能重新公示。');
  const category = procedure.definition.classes.find((one) => one.code === row.class_code);
  const offered: Record<string, string> = { name: household.head_name, group: form.group, members: String(household.member_count), category: category?.zh ?? '' };
  const values = Object.fromEntries(kind.fields.map((field) => [field.name, offered[field.name] ?? '']));
  if (household.head_name.trim() === '') refuse('group', '户主没有姓名，不能公示。');
  const notice = await draftNotice(trx, actor, { kind: kind.code, regionCode: row.region_code, subject: { kind: 'identification', id: row.id }, entries: [{ subjectId: household.id, values }], contact: form.contact });
  return { changes: {}, noticeId: notice.id };
}
