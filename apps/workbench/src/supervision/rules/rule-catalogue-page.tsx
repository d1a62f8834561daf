import { listRules } from '@sunlit/api-spec';
import { EmptyState, ErrorState, SeverityTag, TableFrame, formatShare, useEndpoint, useLocalised } from '@sunlit/ui';
import { Skeleton } from 'antd';
import { Link } from 'react-router';
import { useT } from '../../messages.ts';
import { PrecisionBar } from './precision.tsx';

export function RuleCataloguePage() {
  const t = useT();
  const local = useLocalised();
  const reading = useEndpoint(listRules, {});
  const rules = reading.data?.items ?? [];
  return (
    <article className="page">
      <header className="page-head">
        <div>
          <h1>{t('rule.list.title')}</h1>
          <p className="answer">{t('rule.list.answer')}</p>
        </div>
      </header>
      {reading.error ? <ErrorState error={reading.error} onRetry={() => void reading.refetch()} /> : null}
      {reading.isLoading ? <Skeleton active paragraph={{ rows: 12 }} /> : null}
      {reading.data && rules.length === 0 ? <EmptyState explanation={t('rule.list.empty')} /> : null}
      {rules.length > 0 ? (
        <section className="block">
          <TableFrame label={t('rule.list.title')}>
            <table className="plain-table">
              <thead>
                <tr>
                  <th scope="col">{t('rule.col.code')}</th>
                  <th scope="col">{t('rule.col.title')}</th>
                  <th scope="col">{t('rule.col.severity')}</th>
                  <th scope="col">{t('rule.col.direction')}</th>
                  <th scope="col">{t('rule.col.precision')}</th>
                  <th scope="col">{t('rule.col.data')}</th>
                </tr>
              </thead>
              <tbody>
                {rules.map((rule) => (
                  <tr key={rule.code}>
                    <th scope="row">
                      <Link to={`/rules/${rule.code}`}>{rule.code}</Link>
                    </th>
                    <td>
                      <Link to={`/rules/${rule.code}`}>{local(rule.title)}</Link>
                      <div className="soft">{local(rule.purpose)}</div>
                    </td>
                    <td>
                      <SeverityTag severity={rule.severity} />
                    </td>
                    <td>{t(`finding.direction.${rule.direction}`)}</td>
                    <td className="nowrap">
                      {rule.precision ? (
                        <>
                          {formatShare(rule.precision.rate, 0)}{' '}
                          <span className="soft">
                            ({rule.precision.confirmed}/{rule.precision.decided})
                          </span>{' '}
                          <PrecisionBar precision={rule.precision} />
                        </>
                      ) : (
                        '—'
                      )}
                    </td>
                    <td>
                      {rule.oldestData ? (
                        <>
                          {local(rule.oldestData.title)}{' '}
                          <span className="number nowrap soft">{rule.oldestData.asOf ?? t('rule.neverDelivered')}</span>
                        </>
                      ) : (
                        '—'
                      )}
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </TableFrame>
        </section>
      ) : null}
    </article>
  );
}
