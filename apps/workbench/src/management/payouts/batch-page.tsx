import {
  exportPayoutLines,
  getPayoutBatch,
  listPayoutLines,
  payoutLineState,
  type PayoutBatchView,
  type PayoutLine,
  type PayoutLineState,
} from '@sunlit/api-spec';
import {
  Amount,
  DetailPage,
  Facts,
  RegionName,
  Section,
  formatFen,
  formatMoment,
  useEndpoint,
  useLocalised,
} from '@sunlit/ui';
import { Select, Space, Tag } from 'antd';
import { useState } from 'react';
import { Link, useParams } from 'react-router';
import { useT } from '../../messages.ts';
import { PurposeExport } from '../../shell/purpose-export.tsx';
import { BatchActions } from './batch-actions.tsx';
import { BankRecords } from './bank-records.tsx';
import { BankFiles } from './bank-files.tsx';
import { PagedSection } from './paged-section.tsx';
import { Proposals } from './proposals.tsx';

/** One batch: how it stands, what is to be decided, what the bank said, and every payment with its working. */
export function PayoutBatchPage() {
  const t = useT();
  const local = useLocalised();
  const { id = '' } = useParams();
  const reading = useEndpoint(getPayoutBatch, { params: { id } });
  const batch = reading.data;
  return (
    <DetailPage
      back={{ to: '/payouts', label: t('payout.back') }}
      title={batch?.number ?? t('payout.list.title')}
      tags={
        batch ? (
          <>
            <Tag>{t(`payout.state.${batch.state}`)}</Tag>
            {batch.kind === 're-issue' ? <Tag>{t('payout.kind.re-issue')}</Tag> : null}
          </>
        ) : null
      }
      answer={
        batch
          ? t('payout.page.answer', {
              programme: local(batch.programme.title),
              month: batch.month,
              region: batch.region.fullName,
              lines: batch.lines,
              total: formatFen(batch.totalFen),
              payDay: batch.payDay,
            })
          : null
      }
      action={batch ? <BatchActions batch={batch} /> : null}
      loading={reading.isLoading}
      error={reading.error}
      onRetry={() => void reading.refetch()}
    >
      {batch ? <BatchBody batch={batch} /> : null}
    </DetailPage>
  );
}

function BatchBody({ batch }: { batch: PayoutBatchView }) {
  return (
    <>
      <Steps batch={batch} />
      {batch.examined ? <Proposals batch={batch} /> : null}
      {batch.sent ? <BankFiles batch={batch} /> : null}
      <Lines batch={batch} />
      {batch.files.some((file) => file.direction === 'in') ? <BankRecords batch={batch} /> : null}
    </>
  );
}

function Steps({ batch }: { batch: PayoutBatchView }) {
  const t = useT();
  const local = useLocalised();
  const by = (step: { by: string; at: string } | null) =>
    step ? t('payout.page.by', { by: step.by, at: formatMoment(step.at) }) : '—';
  return (
    <Section title={t('payout.page.steps')}>
      <Facts
        items={[
          [t('payout.page.made'), by({ by: batch.madeBy, at: batch.madeAt })],
          [
            t('payout.page.examined'),
            batch.examined
              ? `${by(batch.examined)} ${batch.examined.datasets.map((one) => t('payout.page.dataset', { title: local(one.title), asOf: one.asOf ?? t('payout.page.dataset.none') })).join(' ')}`
              : '—',
          ],
          [t('payout.page.checked'), by(batch.checked)],
          [t('payout.page.approved'), by(batch.approved)],
          [t('payout.page.sent'), by(batch.sent)],
          [t('payout.page.settled'), batch.settledAt ? formatMoment(batch.settledAt) : '—'],
          ...(batch.withdrawnReason ? ([[t('payout.page.withdrawn'), batch.withdrawnReason]] as const) : []),
          [
            t('payout.page.payable'),
            t('payout.page.payable.value', { lines: batch.payable.lines, total: formatFen(batch.payable.totalFen) }),
          ],
          [
            t('payout.page.plan'),
            batch.indicatorId ? (
              <Link key="plan" to={`/funds/indicators/${batch.indicatorId}`}>
                {batch.planTitle}
              </Link>
            ) : null,
          ],
          [
            t('payout.col.basis'),
            t('payout.entitlements.standard', {
              amount: formatFen(batch.standard.amountFen),
              unit: t(batch.standard.perPerson ? 'payout.unit.person' : 'payout.unit.household'),
              from: batch.standard.validFrom,
              basis: batch.standard.basis,
            }),
          ],
        ]}
      />
    </Section>
  );
}

function Lines({ batch }: { batch: PayoutBatchView }) {
  const t = useT();
  const [state, setState] = useState<PayoutLineState>();
  return (
    <PagedSection<PayoutLine>
      key={state ?? 'all'}
      title={t('payout.page.lines')}
      empty={t('payout.page.lines.none')}
      endpoint={listPayoutLines}
      params={{ id: batch.id }}
      query={{ state }}
      rowKey={(item) => item.id}
      extra={
        <Space wrap>
          <Select
            aria-label={t('payout.col.state')}
            style={{ minWidth: 140 }}
            allowClear
            placeholder={t('payout.col.state')}
            value={state}
            options={payoutLineState.options.map((value) => ({ value, label: t(`payout.line.${value}`) }))}
            onChange={setState}
          />
          <PurposeExport
            endpoint={{ ...exportPayoutLines, path: `/api/payouts/batches/${batch.id}/lines/export` }}
            query={{}}
            fileName={`${batch.number}.csv`}
          />
        </Space>
      }
      columns={[
        { title: t('payout.col.ordinal'), render: (item) => <span className="number">{item.ordinal}</span> },
        {
          title: t('payout.col.payee'),
          render: (item) => <Link to={`/households/${item.householdId}`}>{item.payee}</Link>,
        },
        { title: t('payout.col.region'), render: (item) => <RegionName region={item.region} /> },
        { title: t('payout.col.account'), render: (item) => <span className="number">{item.accountMasked}</span> },
        {
          title: t('payout.col.working'),
          render: (item) =>
            t('payout.working', { standard: formatFen(item.standardFen), units: item.units, months: item.months }),
        },
        { title: t('payout.col.amount'), right: true, render: (item) => <Amount fen={item.amountFen} /> },
        { title: t('payout.col.state'), render: (item) => <Tag>{t(`payout.line.${item.state}`)}</Tag> },
        { title: t('payout.col.bank'), render: (item) => item.bankText || (item.paidOn ?? item.heldUntil ?? '—') },
      ]}
    />
  );
}
