import { listChangeRequests } from '@sunlit/api-spec';
import { ErrorState, Section, formatDay, useEndpoint } from '@sunlit/ui';
import { Link } from 'react-router';
import { useT } from '../../messages.ts';
import { ChangeStateTag } from './change-state-tag.tsx';

/** Changes of this household under way and done, the newest first. */
export function HouseholdChanges({ householdId }: { householdId: string }) {
  const t = useT();
  const reading = useEndpoint(listChangeRequests, { query: { householdId, limit: 10 } });
  const items = reading.data?.items ?? [];
  return (
    <Section title={t('change.title')}>
      {reading.error ? <ErrorState error={reading.error} onRetry={() => void reading.refetch()} /> : null}
      {reading.data && items.length === 0 ? <p className="soft">{t('change.none')}</p> : null}
      <ul className="lines">
        {items.map((item) => (
          <li key={item.id}>
            <div>
              <Link to={`/changes/${item.id}`}>{item.kind.label}</Link> {item.person?.name}{' '}
              <ChangeStateTag state={item.state} />
              <p className="where">
                {item.proposedBy} {formatDay(item.proposedAt)}
              </p>
            </div>
          </li>
        ))}
      </ul>
    </Section>
  );
}
