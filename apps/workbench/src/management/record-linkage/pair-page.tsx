import { getLinkagePair, type LinkagePairView } from '@sunlit/api-spec';
import { DetailPage, RegionName, Section, TableFrame, formatMoment, useEndpoint, useMay } from '@sunlit/ui';
import { Tag } from 'antd';
import type { ReactNode } from 'react';
import { Link, useParams } from 'react-router';
import { useT, type MessageKey } from '../../messages.ts';
import { DecidePair } from './decide-pair.tsx';

/** Two entries side by side, why they may be one person, and what people decided. */
export function PairPage() {
  const t = useT();
  const may = useMay();
  const { id = '' } = useParams();
  const reading = useEndpoint(getLinkagePair, { params: { id } });
  const pair = reading.data;
  return (
    <DetailPage
      back={{ to: '/record-linkage', label: t('linkage.title') }}
      title={t('linkage.pair.title')}
      tags={pair ? <Tag>{t(`linkage.state.${pair.state}`)}</Tag> : null}
      answer={pair ? t('linkage.pair.answer', { percent: pair.probabilityPercent }) : null}
      action={pair && may('household.change') ? <DecidePair pair={pair} /> : null}
      loading={reading.isLoading}
      error={reading.error}
      onRetry={() => void reading.refetch()}
    >
      {pair ? (
        <>
          <Records pair={pair} />
          <Why pair={pair} />
          <Section title={t('linkage.trail')}>
            {pair.decisions.length === 0 ? <p className="soft">{t('linkage.trail.none')}</p> : null}
            <ul>
              {pair.decisions.map((decision) => (
                <li key={decision.at}>
                  {formatMoment(decision.at)} {decision.by}: {t(`linkage.decide.${decision.decision}`)}.{' '}
                  {decision.reason}
                </li>
              ))}
            </ul>
          </Section>
        </>
      ) : null}
    </DetailPage>
  );
}

function Records({ pair }: { pair: LinkagePairView }) {
  const t = useT();
  const both = pair.records.flatMap((record, index) => {
    const person = pair.persons[index];
    return person ? [{ record, person }] : [];
  });
  const rows: [MessageKey, (one: (typeof both)[number]) => ReactNode][] = [
    ['linkage.row.name', ({ person }) => person.name],
    ['linkage.row.idNumber', ({ record }) => <span className="number">{record.idNumberMasked}</span>],
    ['linkage.row.birthYear', ({ record }) => record.birthYear ?? '—'],
    ['linkage.row.sex', ({ record }) => record.sex ?? '—'],
    ['linkage.row.relation', ({ record }) => record.relation ?? '—'],
    ['linkage.row.phone', ({ record }) => <span className="number">{record.phoneMasked ?? '—'}</span>],
    ['linkage.row.region', ({ person }) => <RegionName region={person.region} />],
    [
      'linkage.row.household',
      ({ person }) => <Link to={`/households/${person.householdId}`}>{person.householdNumber}</Link>,
    ],
    ['linkage.row.programmes', ({ record }) => record.programmes.join('、') || '—'],
    ['linkage.row.alias', ({ record }) => (record.aliasOf ? t('linkage.alias') : '—')],
  ];
  return (
    <Section title={t('linkage.pair.records')}>
      <TableFrame label={t('linkage.pair.records')}>
        <table className="plain-table">
          <thead>
            <tr>
              <th scope="col">{t('linkage.why.part')}</th>
              <th scope="col">{t('linkage.col.first')}</th>
              <th scope="col">{t('linkage.col.second')}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map(([title, cell]) => (
              <tr key={title}>
                <th scope="row">{t(title)}</th>
                {both.map((one) => (
                  <td key={one.record.personId}>{cell(one)}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </TableFrame>
    </Section>
  );
}

const points = (weight: number) => `${weight > 0 ? '+' : weight < 0 ? '−' : ''}${Math.abs(weight).toFixed(1)}`;

function Why({ pair }: { pair: LinkagePairView }) {
  const t = useT();
  return (
    <Section title={t('linkage.why')}>
      <p className="soft">{t('linkage.why.help')}</p>
      <TableFrame label={t('linkage.why')}>
        <table className="plain-table">
          <thead>
            <tr>
              <th scope="col">{t('linkage.why.part')}</th>
              <th scope="col">{t('linkage.why.level')}</th>
              <th scope="col" className="right">
                {t('linkage.why.weight')}
              </th>
            </tr>
          </thead>
          <tbody>
            {pair.steps.map((step) => (
              <tr key={step.part}>
                <th scope="row">{t(`linkage.part.${step.part}` as MessageKey)}</th>
                <td>{step.level ? t(`linkage.level.${step.level}` as MessageKey) : ''}</td>
                <td className="right number">{points(step.weight)}</td>
              </tr>
            ))}
            <tr>
              <th scope="row">{t('linkage.why.sum')}</th>
              <td>{pair.probabilityPercent}%</td>
              <td className="right number">{points(pair.steps.reduce((sum, { weight }) => sum + weight, 0))}</td>
            </tr>
          </tbody>
        </table>
      </TableFrame>
    </Section>
  );
}
