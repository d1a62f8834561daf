import type { HouseholdView } from '@sunlit/api-spec';
import { Amount, TableFrame } from '@sunlit/ui';
import { useT } from '../../messages.ts';

export function IncomeTable({ household }: { household: HouseholdView }) {
  const t = useT();
  if (household.incomes.length === 0) return <p className="soft">{t('household.incomes.none')}</p>;
  const columns = ['wage', 'business', 'property', 'transfer', 'cost'] as const;
  return (
    <TableFrame label={t('household.incomes')}>
      <table className="plain-table">
        <thead>
          <tr>
            <th scope="col">{t('household.income.year')}</th>
            {columns.map((column) => (
              <th key={column} scope="col" className="right nowrap">
                {t(`household.income.${column}`)}
              </th>
            ))}
            <th scope="col" className="right nowrap">
              {t('household.income.perCapita')}
            </th>
            <th scope="col">{t('household.income.source')}</th>
          </tr>
        </thead>
        <tbody>
          {household.incomes.map((income) => (
            <tr key={`${income.year}-${income.source}`}>
              <th scope="row">{income.year}</th>
              {columns.map((column) => (
                <td key={column} className="right nowrap">
                  <Amount fen={income[`${column}Fen`]} />
                </td>
              ))}
              <td className="right nowrap">
                <strong>
                  <Amount fen={income.perCapitaFen} />
                </strong>
              </td>
              <td>{income.source === 'import' ? t('household.income.source.import') : income.source}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </TableFrame>
  );
}

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
