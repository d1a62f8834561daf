import type { FindingView } from '@sunlit/api-spec';
import { Amount, TableFrame, formatDay, useLocalised, useMay } from '@sunlit/ui';
import { Link } from 'react-router';
import { useDictionary } from '../../management/households/use-dictionary.ts';
import { useT } from '../../messages.ts';

/** Which record of which department says what, and in which delivery it stands. */
export function FindingEvidence({ finding }: { finding: FindingView }) {
  const t = useT();
  const local = useLocalised();
  const may = useMay();
  const programmes = useDictionary('programme');
  // A record's detail may be the code of a programme; anything else is the department's own word.
  const detailOf = (detail: string) => programmes.find((one) => one.value === detail)?.label ?? detail;
  return (
    <>
      <TableFrame label={t('finding.facts')}>
        <table className="plain-table">
          <thead>
            <tr>
              <th scope="col">{t('finding.evidence.record')}</th>
              <th scope="col">{t('finding.evidence.source')}</th>
              <th scope="col">{t('finding.evidence.date')}</th>
              <th scope="col" className="right">
                {t('finding.evidence.amount')}
              </th>
            </tr>
          </thead>
          <tbody>
            {finding.evidence.map((item) => (
              <tr key={item.ordinal}>
                <td>
                  {item.text}
                  {item.detail ? <div className="soft">{detailOf(item.detail)}</div> : null}
                </td>
                <td>
                  {item.providerName || t('finding.evidence.registry')} · {local(item.datasetTitle)}
                  {item.delivery ? (
                    <div className="soft">
                      {may('dataset.read') ? (
                        <Link to={`/deliveries/${item.delivery.id}`}>{t('finding.evidence.delivery')}</Link>
                      ) : (
                        t('finding.evidence.delivery')
                      )}{' '}
                      {t('finding.evidence.deliveryText', {
                        asOf: item.delivery.asOf,
                        received: formatDay(item.delivery.receivedAt),
                        version: item.delivery.version,
                        row: item.delivery.row,
                      })}
                    </div>
                  ) : null}
                </td>
                <td className="nowrap">{item.observedOn ?? '—'}</td>
                <td className="right nowrap">{item.amountFen === null ? '—' : <Amount fen={item.amountFen} />}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </TableFrame>
      {finding.persons.length > 0 ? <h3>{t('finding.people')}</h3> : null}
      <ul>
        {finding.persons.map((person) => (
          <li key={person.personId}>
            {person.name} {person.relation ? `（${person.relation}）` : ''}{' '}
            <span className="number soft">{person.idNumberMasked}</span>
          </li>
        ))}
      </ul>
      {finding.indicatorId ? (
        <Link to={`/funds/indicators/${finding.indicatorId}`}>{t('finding.indicator')}</Link>
      ) : null}
      {finding.projectId ? <Link to={`/projects/${finding.projectId}`}>{t('finding.project')}</Link> : null}
      {finding.noticeId ? <Link to={`/notices/${finding.noticeId}`}>{t('finding.noticeLink')}</Link> : null}
      {finding.assetId ? <Link to={`/assets/${finding.assetId}`}>{t('finding.asset')}</Link> : null}
      {finding.householdId ? <Link to={`/households/${finding.householdId}`}>{t('finding.household')}</Link> : null}
    </>
  );
}
