import type { StepForm } from '@sunlit/api-spec';
import type { Actor } from '#platform/authorization/actor.ts';
import { AppError } from '#platform/errors.ts';
import type { Trx } from '#platform/database/transaction.ts';
import type { Comparison } from '../comparison.ts';
import type { Procedure, Transition } from '../definitions.ts';
import type { ProcedureRow } from '../procedure-store.ts';

export interface FormContext<Form extends StepForm = StepForm> {
  trx: Trx;
  actor: Actor;
  row: ProcedureRow;
  procedure: Procedure;
  transition: Transition;
  form: Form;
  comparison: Comparison | undefined;
}

export interface ReadForm {
  changes: Record<string, unknown>;
  /** a vote or decision against: the procedure goes where `otherwise` leads */
  isAgainst?: boolean;
  noticeId?: string;
  householdId?: string;
}

export const refuse = (path: string, message: string): never => {
  throw new AppError('request-invalid', message, { fields: [{ path: `form.${path}`, message }] });
};
