import type { StepForm } from '@sunlit/api-spec';
import { today } from '#platform/clock/today.ts';
import { AppError } from '#platform/errors.ts';
import { listMembersToSign } from '#modules/registries/households/index.ts';
import { refuse, type FormContext, type ReadForm } from './form-context.ts';

/**
 * The household's statement that what it said is true. Looking at department data rests on the authorisations recorded with
 * each member; whoever has given none is not looked up, and counts as “cannot be checked”.
 */
export async function readAuthorisation({ trx, row, form }: FormContext<Extract<StepForm, { action: 'authorise' }>>): Promise<ReadForm> {
  if (form.signedOn > today()) refuse('signedOn', '签字日期不能晚于今天。');
  if (row.household_id === null) throw new AppError('wrong-state', '还没有确定是哪一户。');
  const members = await listMembersToSign(trx, row.household_id, today(), 'zh-CN');
  if (!members.some((one) => one.isAdult && one.isAuthorised)) throw new AppError('wrong-state', '还没有登记任何一位成年家庭成员的本人授权，请先在户的页面登记。');
  return { changes: {} };
}

/** “五签字五确认”: everybody named by the procedure has signed and everything it lists is confirmed. */
export async function readSignatures({ procedure, row, form }: FormContext<Extract<StepForm, { action: 'sign' }>>): Promise<ReadForm> {
  const { signatures, confirmations } = procedure.definition;
  const missing = signatures.find((one) => !form.signatures.some((signed) => signed.code === one.code));
  if (missing) refuse('signatures', `还缺签字：${missing.zh}。`);
  if (form.signatures.some((one) => one.signedOn > today() || one.signedOn < row.event_on)) refuse('signatures', '签字日期不对：不能早于提出的日期，也不能晚于今天。');
  const unconfirmed = confirmations.find((one) => !form.confirmations.includes(one.code));
  if (unconfirmed) refuse('confirmations', `还没有确认：${unconfirmed.zh}。`);
  return { changes: {} };
}
