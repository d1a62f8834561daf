import { Alert, Button } from 'antd';
import { ApiProblem } from './api-problem.ts';
import { useUiText, type Text } from './i18n.ts';
import type { UiMessageKey } from './locales/zh-cn.ts';

/** What happened and what to do, for a person; the server's own words come first where it has any. */
export function describeProblem(error: unknown, text: Text<UiMessageKey>): { title: string; detail: string; code: string } {
  if (!(error instanceof ApiProblem)) return { title: text('ui.error.title'), detail: '', code: 'unexpected' };
  const { code } = error;
  const own = { 0: 'notReached', 403: 'forbidden', 404: 'notFound' }[error.status];
  if (own === 'notReached') return { title: text('ui.error.notReached'), detail: text('ui.error.notReached.detail'), code };
  if (own === 'forbidden') return { title: text('ui.error.forbidden'), detail: error.detail || text('ui.error.forbidden.detail'), code };
  if (own === 'notFound') return { title: text('ui.error.notFound'), detail: error.detail || text('ui.error.notFound.detail'), code };
  return { title: error.title || text('ui.error.title'), detail: error.detail, code };
}

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
          <p className="soft">{text('ui.error.code', { code })}</p>
        </>
      }
      action={onRetry ? <Button onClick={onRetry}>{text('ui.retry')}</Button> : undefined}
    />
  );
}
