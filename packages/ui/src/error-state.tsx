import { Alert, Button } from 'antd';
import { ApiProblem } from './api-problem.ts';
import { useUiText, type Text } from './i18n.ts';
import type { UiMessageKey } from './locales/zh-cn.ts';

/** What happened and what to do, for a person; the server's own words come first where it has any. */
export function describeProblem(
  error: unknown,
  text: Text<UiMessageKey>,
): { title: string; detail: string; code: string } {
  if (!(error instanceof ApiProblem)) return { title: text('ui.error.title'), detail: '', code: 'unexpected' };
  const { code } = error;
  // Without an answer the words are ours; otherwise the server's own words come first.
  if (error.status === 0)
    return { title: text('ui.error.notReached'), detail: text('ui.error.notReached.detail'), code };
  const own = { 403: 'forbidden', 404: 'notFound' } as const;
  const kind = error.status === 403 || error.status === 404 ? own[error.status] : undefined;
  const title = error.title || (kind ? text(`ui.error.${kind}`) : text('ui.error.title'));
  const detail =
    error.detail && error.detail !== error.title ? error.detail : kind ? text(`ui.error.${kind}.detail`) : '';
  return { title, detail, code };
}

/** Words say it all: a code would only worry the reader. */
const expected = new Set(['forbidden', 'not-found', 'not-reached']);

export function ErrorState({ error, onRetry }: { error: unknown; onRetry?: () => void }) {
  const text = useUiText();
  const { title, detail, code } = describeProblem(error, text);
  return (
    <Alert
      role="alert"
      type="error"
      showIcon
      title={title}
      description={
        <>
          {detail ? <p>{detail}</p> : null}
          {expected.has(code) ? null : <p className="soft">{text('ui.error.code', { code })}</p>}
        </>
      }
      action={onRetry ? <Button onClick={onRetry}>{text('ui.retry')}</Button> : undefined}
    />
  );
}
