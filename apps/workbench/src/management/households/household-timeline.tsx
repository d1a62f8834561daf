import { listHouseholdHistory, listHouseholdViewers } from '@sunlit/api-spec';
import { Section, formatMoment, useEndpoint } from '@sunlit/ui';
import { useT } from '../../messages.ts';
import { useActionName } from '../../shell/action-words.ts';

/** Facts come with their own words; the rest are actions of the audit trail with their reasons. */
const recorded = new Set(['status', 'member-in', 'member-out', 'enrolment']);

export function HouseholdTimeline({ householdId }: { householdId: string }) {
  const t = useT();
  const actionName = useActionName();
  const reading = useEndpoint(listHouseholdHistory, { params: { id: householdId } });
  const items = reading.data?.items ?? [];
  return (
    <Section title={t('household.history')}>
      {items.length === 0 ? <p className="soft">{t('household.history.none')}</p> : null}
      <ol className="history">
        {items.map((item, index) => (
          <li key={index}>
            <p className="soft number">
              {item.day ?? formatMoment(item.at)} {item.by ? `· ${item.by}` : ''}
            </p>
            <p>
              {recorded.has(item.kind) ? item.text : [actionName(item.kind), item.text].filter(Boolean).join(' · ')}
            </p>
          </li>
        ))}
      </ol>
    </Section>
  );
}

export function HouseholdViewers({ householdId }: { householdId: string }) {
  const t = useT();
  const actionName = useActionName();
  const reading = useEndpoint(listHouseholdViewers, { params: { id: householdId } });
  const items = reading.data?.items ?? [];
  return (
    <Section title={t('household.viewers')}>
      {items.length === 0 ? <p className="soft">{t('household.viewers.none')}</p> : null}
      <ol className="history">
        {items.slice(0, 20).map((item, index) => (
          <li key={index}>
            <p className="soft number">{formatMoment(item.at)}</p>
            <p>
              {item.who} · {actionName(item.action)}
              {item.reason ? ` · ${item.reason}` : ''}
            </p>
          </li>
        ))}
      </ol>
    </Section>
  );
}
