import { AppError } from '#platform/errors.ts';
import { encryptValue } from '#platform/personal-data/cipher.ts';
import { readAppraisal } from './appraisal.ts';
import { readCompletion } from './completion.ts';
import { readDecision, readReview } from './decision.ts';
import type { FormContext, ReadForm } from './form-context.ts';
import { readNotice } from './notice.ts';
import { readAuthorisation, readSignatures } from './signatures.ts';
import { readVerification } from './verification.ts';

/** Checks what a step's form says against the registry and the procedure, and does what the step does. */
export async function readForm(context: FormContext): Promise<ReadForm> {
  const { form } = context;
  switch (form.action) {
    case 'verify':
      return readVerification({ ...context, form });
    case 'authorise':
      return readAuthorisation({ ...context, form });
    case 'compare':
      if (!context.comparison) throw new AppError('wrong-state', '还没有确定是哪一户，不能比对。');
      return { changes: { comparison_enc: encryptValue('case-form', JSON.stringify(context.comparison)) } };
    case 'appraise':
      return readAppraisal({ ...context, form });
    case 'sign':
      return readSignatures({ ...context, form });
    case 'put-up':
    case 'put-up-second':
    case 'announce':
      return readNotice({ ...context, form });
    case 'review':
      return readReview({ ...context, form });
    case 'decide':
      return readDecision({ ...context, form });
    case 'complete':
      return readCompletion({ ...context, form });
    case 'set-aside':
    case 'withdraw':
      return { changes: {} };
  }
}
