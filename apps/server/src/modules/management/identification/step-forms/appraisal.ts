import type { StepForm } from '@sunlit/api-spec';
import { z } from 'zod';
import { today } from '#platform/clock/today.ts';
import { findPolicy } from '#platform/configuration/policies.ts';
import { AppError } from '#platform/errors.ts';
import { listMembersToSign } from '#modules/registries/households/index.ts';
import { quorumCode } from '../definitions.ts';
import { appraisalProblems, isCarried, type AppraisalProblem } from '../procedure-policy.ts';
import { refuse, type FormContext, type ReadForm } from './form-context.ts';

const words: Record<AppraisalProblem, [path: string, message: string]> = {
  quorum: ['attendees', '到会人数不够，评议无效，请重新召开。'],
  'too-many': ['eligible', '到会人数多于应到人数，请核对。'],
  'relative-votes': ['attendees', '本户的人和近亲属须回避，不能表决。'],
  'member-votes': ['attendees', '有表决的人与本户成员同名：是本户的人须回避；不是的，请注明同名不同人。'],
  'named-twice': ['attendees', '同一个人写了两次；确实同名的，请注明同名不同人。'],
  votes: ['votesFor', '赞成、反对、弃权之和应等于参加表决的人数。'],
};

/** The appraisal as its minutes say: quorum, who stood aside, how they voted. A lost vote ends the procedure. */
export async function readAppraisal({ trx, row, procedure, form }: FormContext<Extract<StepForm, { action: 'appraise' }>>): Promise<ReadForm> {
  if (form.heldOn > today()) refuse('heldOn', '不能晚于今天。');
  if (form.heldOn < row.event_on) refuse('heldOn', `不能早于线索日期 ${row.event_on}。`);
  const { appraisal } = procedure.definition;
  if (!appraisal || row.household_id === null) throw new AppError('wrong-state');
  const own = await findPolicy(trx, quorumCode(procedure.definition.code), row.region_code, today(), z.number().int().min(1).max(100));
  const members = await listMembersToSign(trx, row.household_id, today(), 'zh-CN');
  const problem = appraisalProblems(form, own?.value ?? appraisal.quorumPercent, members.map((one) => one.name))[0];
  if (problem) refuse(...words[problem]);
  return { changes: {}, isAgainst: !isCarried(form, appraisal.yesPercent) };
}
