import { Fragment } from 'react';
import { addressOf } from '../frame.tsx';
import type { Locale, Text } from '../messages.ts';
import type { PublicFunds } from '../page-data.ts';

const money = new Intl.NumberFormat('zh-CN', { minimumFractionDigits: 2, maximumFractionDigits: 2 });
const yuan = (fen: number) => money.format(fen / 100);
const percent = (part: number, whole: number) => (whole > 0 ? `${((part / whole) * 100).toFixed(1)} %` : '—');

interface FundsPageProps {
  t: Text;
  locale: Locale;
  funds: PublicFunds | undefined;
}

/** What anybody may know about the money of a division: which, where, for what, how far. */
export function FundsPage({ t, locale, funds }: FundsPageProps) {
  if (!funds || funds.fiscalYear === null || funds.funds.length === 0) {
    return (
      <>
        <h1>{t('fundsTitle')}</h1>
        <p>{t('fundsNone')}</p>
      </>
    );
  }
  const here = addressOf('funds', locale);
  const year = funds.fiscalYear;
  const local = (words: { zh: string; en: string }) => (locale === 'en' ? words.en : words.zh);
  const showHouseholds = funds.toHouseholdsFen !== null;
  return (
    <>
      <h1>{t('fundsTitle')}</h1>
      <p className="lead">{t('fundsLead', { region: funds.region.fullName, year })}</p>
      <p>
        {funds.years.map((one) => (
          <Fragment key={one}>
            <a
              href={`${here}?regionCode=${funds.region.code}&fiscalYear=${one}`}
              aria-current={one === year ? 'true' : undefined}
            >
              {one}
            </a>
            {' · '}
          </Fragment>
        ))}
        {funds.parent && funds.parent.code !== '000000000000' ? (
          <a href={`${here}?regionCode=${funds.parent.code}&fiscalYear=${year}`}>
            {t('figuresUp', { region: funds.parent.name })}
          </a>
        ) : null}
      </p>
      <h2>{t('fundsByFund')}</h2>
      <div className="scroll" tabIndex={0} role="region" aria-label={t('fundsByFund')}>
        <table>
          <thead>
            <tr>
              <th scope="col">{t('fundsFund')}</th>
              <th scope="col" className="n">
                {t('fundsReceived')}
              </th>
              <th scope="col" className="n">
                {t('fundsPaid')}
              </th>
              <th scope="col">{t('fundsFor')}</th>
            </tr>
          </thead>
          <tbody>
            {funds.funds.map((row) => (
              <tr key={row.fund.code}>
                <th scope="row">{local(row.fund.title)}</th>
                <td className="n">{yuan(row.receivedFen)}</td>
                <td className="n">{yuan(row.paidFen)}</td>
                <td>{row.purposes.map(local).join(locale === 'en' ? ', ' : '、')}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <h2>{t('fundsByPlace')}</h2>
      <div className="scroll" tabIndex={0} role="region" aria-label={t('fundsByPlace')}>
        <table>
          <thead>
            <tr>
              <th scope="col">{t('fundsPlace')}</th>
              <th scope="col" className="n">
                {t('fundsReceived')}
              </th>
              <th scope="col" className="n">
                {t('fundsPaid')}
              </th>
              {showHouseholds ? (
                <th scope="col" className="n">
                  {t('fundsToHouseholds')}
                </th>
              ) : null}
            </tr>
          </thead>
          <tbody>
            {funds.places.map((row) => (
              <tr key={row.region.code}>
                <th scope="row">
                  {row.region.code === funds.region.code ? (
                    row.region.name
                  ) : (
                    <a href={`${here}?regionCode=${row.region.code}&fiscalYear=${year}`}>{row.region.name}</a>
                  )}
                </th>
                <td className="n">{yuan(row.receivedFen)}</td>
                <td className="n">{yuan(row.paidFen)}</td>
                {showHouseholds ? (
                  <td className="n">{row.toHouseholdsFen === null ? '—' : yuan(row.toHouseholdsFen)}</td>
                ) : null}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p className="soft">{t('fundsHouseholdsWhy')}</p>
      {funds.projects.length > 0 ? (
        <>
          <h2>{t('fundsProjects')}</h2>
          <div className="scroll" tabIndex={0} role="region" aria-label={t('fundsProjects')}>
            <table>
              <thead>
                <tr>
                  <th scope="col">{t('fundsProject')}</th>
                  <th scope="col">{t('fundsPlace')}</th>
                  <th scope="col" className="n">
                    {t('fundsAmount')}
                  </th>
                  <th scope="col" className="n">
                    {t('fundsProgress')}
                  </th>
                  <th scope="col">{t('fundsFinishBy')}</th>
                </tr>
              </thead>
              <tbody>
                {funds.projects.map((project) => (
                  <tr key={`${project.title} ${project.place.code} ${project.amountFen}`}>
                    <th scope="row">{project.title}</th>
                    <td>{project.place.fullName}</td>
                    <td className="n">{yuan(project.amountFen)}</td>
                    <td className="n">{percent(project.paidFen, project.amountFen)}</td>
                    <td>{project.finishBy}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        </>
      ) : null}
      <p>{t('fundsAsk')}</p>
    </>
  );
}
