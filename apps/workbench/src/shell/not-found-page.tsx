import { EmptyState } from '@sunlit/ui';
import { Link } from 'react-router';
import { useT } from '../messages.ts';

export function NotFoundPage() {
  const t = useT();
  return (
    <article className="page">
      <EmptyState
        title={t('notFound.title')}
        explanation={t('notFound.detail')}
        action={<Link to="/">{t('notFound.home')}</Link>}
      />
    </article>
  );
}
