import { listProcedures } from '@sunlit/api-spec';
import { Deadline, Section, formatDay, useEndpoint, useLocalised, useMay } from '@sunlit/ui';
import { Tag } from 'antd';
import { Link } from 'react-router';
import { useT } from '../../messages.ts';

/** The cases of one household, on its page. */
export function HouseholdProcedures({ householdId }: { householdId: string }) {
  const t = useT();
  const local = useLocalised();
  const may = useMay();
  const reading = useEndpoint(
    listProcedures,
    { query: { householdId, limit: 20 } },
    { enabled: may('identification.read') },
  );
  if (!may('identification.read')) return null;
  const items = reading.data?.items ?? [];
  return (
    <Section title={t('ident.household.section')}>
      {items.length === 0 ? <p className="soft">{t('ident.household.section.none')}</p> : null}
      <ul className="plain-list">
        {items.map((item) => (
          <li key={item.id}>
            <Link to={`/identification/${item.id}`}>{item.number}</Link> {local(item.definition.title)}{' '}
            <Tag>{item.outcome ? t(`ident.outcome.${item.outcome}`) : local(item.state.title)}</Tag>{' '}
            <span className="soft">{formatDay(item.openedAt)}</span>{' '}
            {item.dueOn ? <Deadline day={item.dueOn} workingDaysLeft={item.workingDaysLeft} /> : null}
          </li>
        ))}
      </ul>
    </Section>
  );
}
