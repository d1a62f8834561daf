import { WarningOutlined } from '@ant-design/icons';
import {
  getIncomeLedger,
  printIncomeForm,
  type HouseholdView,
  type IncomeStatement,
  type IncomeYear,
} from '@sunlit/api-spec';
import {
  Amount,
  ErrorState,
  MeaningTag,
  Section,
  TableFrame,
  formatDay,
  palette,
  useApi,
  useEndpoint,
  useLocalised,
  useMay,
} from '@sunlit/ui';
import { Button, Modal, Skeleton, Space } from 'antd';
import { useState } from 'react';
import { useT } from '../../messages.ts';
import { IncomeForm } from './income-form.tsx';

/** Income by accounting year, the sources side by side, and how the net income per head comes about. */
export function IncomeLedger({
  household,
  editable,
  knownAt,
}: {
  household: HouseholdView;
  editable: boolean;
  knownAt?: string | undefined;
}) {
  const t = useT();
  const reading = useEndpoint(getIncomeLedger, { params: { id: household.id }, query: { knownAt } });
  const years = reading.data?.years;
  return (
    <Section
      title={t('income.title')}
      extra={editable ? <EnterIncome household={household} years={years ?? []} /> : null}
    >
      {reading.error ? <ErrorState error={reading.error} onRetry={() => void reading.refetch()} /> : null}
      {reading.isLoading ? <Skeleton active /> : null}
      {years?.length === 0 ? <p className="soft">{t('income.none')}</p> : null}
      {years?.map((year) => (
        <Year key={year.year} year={year} />
      ))}
    </Section>
  );
}

function EnterIncome({ household, years }: { household: HouseholdView; years: readonly IncomeYear[] }) {
  const t = useT();
  const may = useMay();
  const api = useApi();
  const [open, setOpen] = useState(false);
  if (!may('household.propose')) return null;
  return (
    <Space wrap className="noprint">
      <Button
        onClick={() =>
          void api.download(printIncomeForm, { params: { id: household.id }, query: {} }, `${t('income.paper')}.html`)
        }
      >
        {t('income.paper')}
      </Button>
      <Button onClick={() => setOpen(true)}>{t('income.enter')}</Button>
      <Modal open={open} title={t('income.enter')} footer={null} onCancel={() => setOpen(false)} destroyOnHidden>
        <IncomeForm household={household} years={years} onClose={() => setOpen(false)} />
      </Modal>
    </Space>
  );
}

function Year({ year }: { year: IncomeYear }) {
  const t = useT();
  const local = useLocalised();
  const kinds = year.statements[0]?.totals.map(({ kind }) => kind) ?? [];
  return (
    <>
      <h3>
        {t('income.year', { year: year.year })}{' '}
        <span className="soft">{`${year.period.from} – ${year.period.to}`}</span>
      </h3>
      {[...Map.groupBy(year.divergences, ({ sources }) => sources[1].code).values()].map((apart) => (
        <p key={apart[0]!.sources[1].code}>
          <MeaningTag color={palette.soon} icon={<WarningOutlined />} label={t('income.diverges')} />{' '}
          {apart[0]!.sources.map(({ label }) => label).join(' / ')}
          {': '}
          {apart.map(({ of, fen }, index) => (
            <span key={of.zh}>
              {index > 0 ? t('policy.list.semicolon') : ''}
              {local(of)} <Amount fen={fen[0]} /> / <Amount fen={fen[1]} />
            </span>
          ))}
        </p>
      ))}
      <TableFrame label={t('income.year', { year: year.year })}>
        <table className="plain-table">
          <thead>
            <tr>
              <th scope="col">{t('income.item')}</th>
              {year.statements.map((statement) => (
                <th key={statement.source.code} scope="col" className="right">
                  {statement.source.label}
                  <div className="soft nowrap">{statement.observedOn ?? formatDay(statement.recordedAt)}</div>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {kinds.map((kind) => (
              <tr key={kind.code}>
                <th scope="row">{kind.label}</th>
                {year.statements.map((statement) => (
                  <td key={statement.source.code} className="right nowrap">
                    <Amount fen={statement.totals.find((total) => total.kind.code === kind.code)?.fen ?? null} />
                  </td>
                ))}
              </tr>
            ))}
            <tr>
              <th scope="row">{t('income.perCapita')}</th>
              {year.statements.map((statement) => (
                <td key={statement.source.code} className="right nowrap">
                  <strong>
                    <Amount fen={statement.statedPerCapitaFen ?? statement.working.perCapitaFen} />
                  </strong>
                </td>
              ))}
            </tr>
          </tbody>
        </table>
      </TableFrame>
      {year.statements.map((statement) => (
        <details key={statement.source.code}>
          <summary>{t('income.working', { source: statement.source.label })}</summary>
          <Working statement={statement} />
          <p className="soft">
            {t('income.formula', { basis: local(year.formula.basis), since: year.formula.validFrom })}
          </p>
        </details>
      ))}
    </>
  );
}

function Working({ statement: { working, items, statedPerCapitaFen, recordedBy } }: { statement: IncomeStatement }) {
  const t = useT();
  return (
    <ul>
      {items.map(({ item, fen }) => (
        <li key={item.code}>
          {item.label} <Amount fen={fen} />
        </li>
      ))}
      {working.excluded.map(({ item, fen }) => (
        <li key={`not-${item.code}`}>
          {t('income.excluded', { item: item.label })} <Amount fen={fen} />
        </li>
      ))}
      <li>
        {working.terms.map((term, index) => (
          <span key={term.kind.code}>
            {index === 0 ? '' : ` ${term.sign === '+' ? '+' : '−'} `}
            {term.kind.label} <Amount fen={term.fen} />
          </span>
        ))}{' '}
        = <Amount fen={working.netFen} />
      </li>
      <li>
        {t('income.divided', { members: working.members, on: working.membersOn })}{' '}
        <strong>
          <Amount fen={working.perCapitaFen} />
        </strong>
      </li>
      {statedPerCapitaFen !== null && statedPerCapitaFen !== working.perCapitaFen ? (
        <li>
          {t('income.stated')} <Amount fen={statedPerCapitaFen} />
        </li>
      ) : null}
      {recordedBy ? <li className="soft">{t('income.approvedBy', { by: recordedBy })}</li> : null}
    </ul>
  );
}
