import { attachToFundDocument, downloadFundDocumentFile, getIndicator } from '@sunlit/api-spec';
import {
  Amount,
  DetailPage,
  RegionName,
  Section,
  TableFrame,
  formatFen,
  useEndpoint,
  useLocalised,
  useMay,
  type CallResult,
} from '@sunlit/ui';
import { Space, Tag } from 'antd';
import { Link, useParams } from 'react-router';
import { LinkButton } from './link-button.tsx';
import { useT } from '../../messages.ts';
import { AttachmentSection } from '../../shell/attachment-section.tsx';
import { ClockTag } from './clock-tag.tsx';
import { IndicatorActions, PayPlan, RecallAllocation } from './indicator-actions.tsx';

export type Indicator = CallResult<typeof getIndicator>;

/** One tranche: how it stands, where it came from, where it went. */
export function IndicatorPage() {
  const t = useT();
  const local = useLocalised();
  const { id = '' } = useParams();
  const reading = useEndpoint(getIndicator, { params: { id } });
  const indicator = reading.data;
  return (
    <DetailPage
      back={{ to: '/funds/indicators', label: t('fund.back') }}
      title={indicator ? `${indicator.documentNumber} ${indicator.title}` : t('fund.list.title')}
      tags={indicator ? <Tag>{t(`fund.state.${indicator.state}`)}</Tag> : null}
      answer={
        indicator
          ? t(`fund.page.answer.${indicator.state}`, {
              region: [indicator.region.fullName, indicator.department].filter(Boolean).join(' '),
              fund: local(indicator.fund.title),
              amount: formatFen(indicator.balances.inTransitFen),
              expected: indicator.expectedOn,
              received: formatFen(indicator.balances.receivedFen),
              paid: formatFen(indicator.balances.paidFen),
              planned: formatFen(indicator.balances.plannedFen),
              passedOn: formatFen(indicator.balances.passedOnFen),
              available: formatFen(indicator.balances.availableFen),
            })
          : null
      }
      action={indicator ? <IndicatorActions indicator={indicator} /> : null}
      loading={reading.isLoading}
      error={reading.error}
      onRetry={() => void reading.refetch()}
    >
      {indicator ? <IndicatorBody indicator={indicator} /> : null}
    </DetailPage>
  );
}

function IndicatorBody({ indicator }: { indicator: Indicator }) {
  const may = useMay();
  const t = useT();
  return (
    <>
      <Space wrap style={{ marginBottom: 12 }}>
        <ClockTag clock={indicator.clock} />
        <LinkButton to={`/funds/indicators/${indicator.id}/trace`}>{t('fund.trace')}</LinkButton>
        <LinkButton to={`/ledger?indicatorId=${indicator.id}`}>{t('fund.page.postings')}</LinkButton>
      </Space>
      {indicator.document ? (
        <AttachmentSection
          id={indicator.document.id}
          files={indicator.document.attachments}
          title={t('fund.files.document')}
          none={t('fund.files.none')}
          addLabel={t('finding.attachments.add')}
          attach={may('fund.allocate') ? attachToFundDocument : undefined}
          download={downloadFundDocumentFile}
        />
      ) : null}
      <Section title={t('fund.page.lineage')}>
        {indicator.lineage.length === 0 ? <p className="soft">{t('fund.page.lineage.none')}</p> : null}
        <ol>
          {indicator.lineage.map((hop) => (
            <li key={hop.id}>
              <RegionName region={hop.region} /> · {hop.documentNumber} · <Amount fen={hop.amountFen} /> ·{' '}
              <span className="number">{hop.arrivedOn ?? hop.issuedOn}</span>
            </li>
          ))}
        </ol>
      </Section>
      <Section title={t('fund.page.children')}>
        <Children indicator={indicator} />
      </Section>
      <Section title={t('fund.page.plans')}>
        <Plans indicator={indicator} />
      </Section>
      <Section title={t('fund.page.payments')}>
        <Payments indicator={indicator} />
      </Section>
    </>
  );
}

function Children({ indicator }: { indicator: Indicator }) {
  const t = useT();
  const may = useMay();
  if (indicator.children.length === 0) return <p className="soft">{t('fund.page.children.none')}</p>;
  return (
    <TableFrame label={t('fund.page.children')}>
      <table className="plain-table">
        <thead>
          <tr>
            <th scope="col">{t('fund.col.region')}</th>
            <th scope="col">{t('fund.col.document')}</th>
            <th scope="col">{t('fund.col.issued')}</th>
            <th scope="col">{t('fund.col.arrived')}</th>
            <th scope="col">{t('fund.col.clock')}</th>
            <th scope="col" className="right">
              {t('fund.col.received')}
            </th>
            <th scope="col" className="right">
              {t('fund.col.available')}
            </th>
            <th scope="col" className="right">
              {t('fund.col.paid')}
            </th>
            {may('fund.allocate') ? <th scope="col">{t('fund.do.recall')}</th> : null}
          </tr>
        </thead>
        <tbody>
          {indicator.children.map((child) => (
            <tr key={child.id}>
              <th scope="row">
                <Link to={`/funds/indicators/${child.id}`}>
                  <RegionName region={child.region} /> {child.department ?? ''}
                </Link>
              </th>
              <td>
                {child.documentNumber} {child.kind === 'allocation' ? null : <Tag>{t(`fund.kind.${child.kind}`)}</Tag>}
              </td>
              <td className="nowrap">{child.issuedOn}</td>
              <td className="nowrap">{child.arrivedOn ?? '—'}</td>
              <td>
                <ClockTag clock={child.clock} />
              </td>
              <td className="right">
                <Amount fen={child.balances.receivedFen} />
              </td>
              <td className="right">
                <Amount fen={child.balances.availableFen} />
              </td>
              <td className="right">
                <Amount fen={child.balances.paidFen} />
              </td>
              {may('fund.allocate') ? (
                <td>
                  {child.kind === 'allocation' && child.balances.availableFen > 0 ? (
                    <RecallAllocation child={child} />
                  ) : null}
                </td>
              ) : null}
            </tr>
          ))}
        </tbody>
      </table>
    </TableFrame>
  );
}

function Plans({ indicator }: { indicator: Indicator }) {
  const t = useT();
  const local = useLocalised();
  const may = useMay();
  if (indicator.plans.length === 0) return <p className="soft">{t('fund.page.plans.none')}</p>;
  return (
    <TableFrame label={t('fund.page.plans')}>
      <table className="plain-table">
        <thead>
          <tr>
            <th scope="col">{t('fund.col.title')}</th>
            <th scope="col">{t('fund.col.purpose')}</th>
            <th scope="col">{t('fund.col.place')}</th>
            <th scope="col" className="right">
              {t('fund.col.amount')}
            </th>
            <th scope="col" className="right">
              {t('fund.col.paid')}
            </th>
            <th scope="col">{t('fund.col.finishBy')}</th>
            <th scope="col">{t('fund.col.by')}</th>
            {may('fund.pay') ? <th scope="col">{t('fund.do.pay')}</th> : null}
          </tr>
        </thead>
        <tbody>
          {indicator.plans.map((plan) => (
            <tr key={plan.id}>
              <th scope="row">
                <Link to={`/ledger/${plan.transactionId}`}>{plan.title}</Link>{' '}
                {plan.state === 'cancelled' ? <Tag>{t('fund.page.cancelled')}</Tag> : null}
                {plan.negativeWords.length > 0 ? (
                  <div className="soft">{t('fund.page.negative', { words: plan.negativeWords.join('、') })}</div>
                ) : null}
              </th>
              <td>{local(plan.use.title)}</td>
              <td>
                <RegionName region={plan.place} />
              </td>
              <td className="right">
                <Amount fen={plan.amountFen} />
              </td>
              <td className="right">
                <Amount fen={plan.paidFen} />
              </td>
              <td className="nowrap">{plan.finishBy}</td>
              <td>{plan.plannedBy}</td>
              {may('fund.pay') ? (
                <td>{plan.state === 'planned' && plan.paidFen < plan.amountFen ? <PayPlan plan={plan} /> : null}</td>
              ) : null}
            </tr>
          ))}
        </tbody>
      </table>
    </TableFrame>
  );
}

function Payments({ indicator }: { indicator: Indicator }) {
  const t = useT();
  if (indicator.payments.length === 0) return <p className="soft">{t('fund.page.payments.none')}</p>;
  return (
    <TableFrame label={t('fund.page.payments')}>
      <table className="plain-table">
        <thead>
          <tr>
            <th scope="col">{t('fund.col.voucher')}</th>
            <th scope="col">{t('fund.col.payee')}</th>
            <th scope="col">{t('fund.col.title')}</th>
            <th scope="col" className="right">
              {t('fund.col.amount')}
            </th>
            <th scope="col">{t('fund.col.paidOn')}</th>
            <th scope="col">{t('fund.col.by')}</th>
          </tr>
        </thead>
        <tbody>
          {indicator.payments.map((payment) => (
            <tr key={payment.id}>
              <th scope="row">
                <Link to={`/ledger/${payment.transactionId}`}>{payment.voucherNumber}</Link>{' '}
                {payment.state === 'reversed' ? <Tag>{t('fund.page.reversed')}</Tag> : null}
              </th>
              <td>
                {payment.payeeKind === 'household'
                  ? t('fund.page.toHouseholds', { count: payment.households })
                  : payment.payee}
                {payment.accountKind === 'unit' ? null : (
                  <Tag color="warning">{t(`fund.account.${payment.accountKind}`)}</Tag>
                )}
              </td>
              <td>{indicator.plans.find((plan) => plan.id === payment.planId)?.title ?? ''}</td>
              <td className="right">
                <Amount fen={payment.amountFen} />
              </td>
              <td className="nowrap">{payment.paidOn}</td>
              <td>{payment.paidBy}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </TableFrame>
  );
}
