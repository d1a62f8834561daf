import type { HouseholdView } from '@sunlit/api-spec';
import { TableFrame } from '@sunlit/ui';
import { useT } from '../../messages.ts';

export function EnrolmentTable({ household }: { household: HouseholdView }) {
  const t = useT();
  if (household.enrolments.length === 0) return <p className="soft">{t('household.enrolments.none')}</p>;
  return (
    <TableFrame label={t('household.enrolments')}>
      <table className="plain-table">
        <thead>
          <tr>
            <th scope="col">{t('household.enrolment.programme')}</th>
            <th scope="col">{t('household.enrolment.person')}</th>
            <th scope="col">{t('household.enrolment.period')}</th>
          </tr>
        </thead>
        <tbody>
          {household.enrolments.map((enrolment) => (
            <tr key={enrolment.id}>
              <th scope="row">{enrolment.programme.label}</th>
              <td>{enrolment.personName ?? t('household.enrolment.wholeHousehold')}</td>
              <td className="number">
                {enrolment.from} – {enrolment.to ?? t('household.enrolment.now')}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </TableFrame>
  );
}
