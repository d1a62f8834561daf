import { checkHouseholdQuality, type HouseholdView } from '@sunlit/api-spec';
import { Section, useEndpoint, useLocalised } from '@sunlit/ui';
import { useT } from '../../messages.ts';

/** Hints about the record as it stands this moment, beside what can be changed. */
export function HouseholdQuality({ household }: { household: HouseholdView }) {
  const t = useT();
  const local = useLocalised();
  const quality = useEndpoint(checkHouseholdQuality, { params: { id: household.id } });
  if (!quality.data) return null;
  const nameOf = new Map(household.members.map((member) => [member.personId, member.name]));
  return (
    <Section title={t('quality.household')}>
      {quality.data.items.length === 0 ? (
        <p className="soft">{t('quality.household.none')}</p>
      ) : (
        <ul>
          {quality.data.items.map((item, index) => (
            <li key={index}>
              {item.personId ? `${nameOf.get(item.personId) ?? ''} ` : ''}
              {local(item.check.title)}
              {item.fields.length > 0 ? (
                <span className="soft"> {item.fields.map(local).join(t('policy.list.comma'))}</span>
              ) : null}
            </li>
          ))}
        </ul>
      )}
    </Section>
  );
}
