import { getAsset } from '@sunlit/api-spec';
import { Amount, DetailPage, Section, formatFen, todayLocal, useEndpoint, useMay, type CallResult } from '@sunlit/ui';
import { Descriptions, QRCode, Space, Tag } from 'antd';
import { Link, useParams } from 'react-router';
import { useT } from '../../messages.ts';
import { AssetActions, DecideDistribution, EndLease, PayDistribution, ProposeDistribution } from './asset-actions.tsx';
import { AssetShares } from './asset-shares.tsx';
import { PlainTable } from './plain-table.tsx';
import { VoteTable } from './project-page.tsx';

export type Asset = CallResult<typeof getAsset>;

/** An asset: whose it is, what it should bring, what came and who shared it. */
export function AssetPage() {
  const t = useT();
  const { id = '' } = useParams();
  const reading = useEndpoint(getAsset, { params: { id } });
  const asset = reading.data;
  return (
    <DetailPage
      back={{ to: '/assets', label: t('asset.back') }}
      title={asset ? `${asset.number} ${asset.title}` : t('asset.list.title')}
      tags={
        asset ? (
          <>
            <Tag>{t(`asset.class.${asset.class}`)}</Tag>
            <Tag>{t(`asset.state.${asset.state}`)}</Tag>
          </>
        ) : null
      }
      answer={
        asset ? (
          <>
            {t('asset.answer', {
              title: asset.title,
              region: asset.region.fullName,
              original: formatFen(asset.originalFen),
              state: t(`asset.state.${asset.state}`),
              due: formatFen(asset.dueFen),
              received: formatFen(asset.receivedFen),
              distributed: formatFen(asset.distributedFen),
            })}
            {asset.overdueDays === null ? '' : t('asset.answer.overdue', { days: asset.overdueDays })}
            {asset.registeredOn === null ? t('asset.answer.unowned') : ''}
          </>
        ) : null
      }
      action={asset && asset.state !== 'disposed' ? <AssetActions asset={asset} /> : null}
      loading={reading.isLoading}
      error={reading.error}
      onRetry={() => void reading.refetch()}
    >
      {asset ? <AssetBody asset={asset} /> : null}
    </DetailPage>
  );
}

function AssetBody({ asset }: { asset: Asset }) {
  return (
    <>
      <Leases asset={asset} />
      <Incomes asset={asset} />
      <Distributions asset={asset} />
      <Ownership asset={asset} />
      <Inspections asset={asset} />
    </>
  );
}

function Leases({ asset }: { asset: Asset }) {
  const t = useT();
  const may = useMay();
  return (
    <Section title={t('asset.leases')}>
      {asset.leases.length === 0 ? <p className="soft">{t('asset.leases.none')}</p> : null}
      {asset.leases.map((lease) => (
        <div key={lease.id}>
          <p>
            <b>{lease.number}</b> · {t('asset.lease.lessee')} {lease.lessee} · {lease.startOn} – {lease.endOn} ·{' '}
            {t('asset.lease.yearly')} <Amount fen={lease.yearlyFen} /> · {t('asset.lease.appraised')}{' '}
            <Amount fen={lease.appraisedFen} />
          </p>
          {lease.ended ? (
            <p className="soft">{t('asset.lease.ended', lease.ended)}</p>
          ) : may('asset.approve') && lease.endOn >= todayLocal() ? (
            <EndLease lease={lease} />
          ) : null}
          <PlainTable
            label={`${t('asset.leases')} ${lease.number}`}
            rows={lease.dues}
            empty="—"
            rowKey={(row) => String(row.ordinal)}
            columns={[
              { title: t('asset.lease.due'), render: (row) => row.dueOn },
              { title: t('asset.col.due'), right: true, render: (row) => <Amount fen={row.amountFen} /> },
              { title: t('asset.col.received'), right: true, render: (row) => <Amount fen={row.receivedFen} /> },
              {
                title: t('asset.col.state'),
                render: (row) =>
                  row.cancelled ? (
                    <Tag>{t('asset.lease.cancelled')}</Tag>
                  ) : row.overdueDays > 0 ? (
                    <Tag color="red">{t('asset.lease.overdue', { days: row.overdueDays })}</Tag>
                  ) : (
                    <Tag>{t(row.receivedFen >= row.amountFen ? 'asset.lease.paid' : 'asset.lease.waiting')}</Tag>
                  ),
              },
            ]}
          />
          <VoteTable votes={lease.vote ? [lease.vote] : []} />
        </div>
      ))}
    </Section>
  );
}

function Incomes({ asset }: { asset: Asset }) {
  const t = useT();
  const may = useMay();
  return (
    <Section title={t('asset.incomes')}>
      <PlainTable
        label={t('asset.incomes')}
        rows={asset.incomes}
        empty={t('asset.incomes.none')}
        rowKey={(row) => row.id}
        columns={[
          { title: t('asset.income.receipt'), render: (row) => row.receiptNumber },
          { title: t('asset.income.kind'), render: (row) => t(`asset.income.${row.kind}`) },
          { title: t('asset.col.received'), right: true, render: (row) => <Amount fen={row.amountFen} /> },
          { title: t('asset.income.on'), render: (row) => row.receivedOn },
          {
            title: t('asset.distributions'),
            render: (row) => (
              <Space wrap>
                <Tag color={row.distributed ? undefined : 'red'}>
                  {t(row.distributed ? 'asset.income.distributed' : 'asset.income.undistributed')}
                </Tag>
                {!row.distributed && may('asset.manage') ? <ProposeDistribution asset={asset} income={row} /> : null}
                {may('fund.read') ? (
                  <Link to={`/funds/indicators/${row.indicatorId}/trace`}>{t('asset.income.trace')}</Link>
                ) : null}
              </Space>
            ),
          },
        ]}
      />
    </Section>
  );
}

function Distributions({ asset }: { asset: Asset }) {
  const t = useT();
  const may = useMay();
  return (
    <Section title={t('asset.distributions')}>
      <PlainTable
        label={t('asset.distributions')}
        rows={asset.distributions}
        empty={t('asset.distributions.none')}
        rowKey={(row) => row.id}
        columns={[
          { title: t('project.form.happenedOn'), render: (row) => row.proposedOn },
          { title: t('asset.distribution.total'), right: true, render: (row) => <Amount fen={row.totalFen} /> },
          { title: t('asset.distribution.households'), right: true, render: (row) => row.households },
          {
            title: t('project.do.vote'),
            render: (row) => `${row.vote.heldOn} ${row.vote.inFavour}/${row.vote.present}/${row.vote.eligible}`,
          },
          {
            title: t('asset.col.state'),
            render: (row) => (
              <Space wrap>
                <Tag>{t(`asset.distribution.state.${row.state}`)}</Tag>
                {row.state === 'proposed' && may('asset.approve') ? <DecideDistribution id={row.id} /> : null}
                {row.state === 'approved' && may('fund.pay') ? <PayDistribution id={row.id} /> : null}
              </Space>
            ),
          },
          {
            title: t('asset.distribution.said'),
            render: (row) => (
              <>
                {t('asset.distribution.received', { count: row.received })}
                {row.disputed > 0 ? (
                  <Tag color="red">{t('asset.distribution.disputed', { count: row.disputed })}</Tag>
                ) : null}
              </>
            ),
          },
        ]}
      />
      {may('asset.confirm')
        ? asset.distributions
            .filter(({ state }) => state !== 'rejected')
            .map((row) => <AssetShares key={row.id} distributionId={row.id} paid={row.state === 'paid'} />)
        : null}
    </Section>
  );
}

function Ownership({ asset }: { asset: Asset }) {
  const t = useT();
  const address = `${window.location.origin}${asset.platePath}`;
  const facts = [
    { label: t('asset.col.owner'), children: asset.owner ?? '—' },
    { label: t('asset.registeredOn'), children: asset.registeredOn ?? '—' },
    { label: t('asset.certificate'), children: asset.certificateNumber ?? '—' },
    { label: t('asset.col.operator'), children: asset.operator },
    { label: t('asset.form.formedOn'), children: asset.formedOn },
    ...(asset.project
      ? [
          {
            label: t('project.col.title'),
            children: <Link to={`/projects/${asset.project.id}`}>{asset.project.title}</Link>,
          },
        ]
      : []),
    ...(asset.disposal
      ? [
          {
            label: t('asset.disposal'),
            children: `${t(`asset.disposal.${asset.disposal.kind}`)} ${asset.disposal.disposedOn} ${formatFen(asset.disposal.priceFen)} ${asset.disposal.reason}`,
          },
        ]
      : []),
  ];
  return (
    <Section title={t('asset.ownership')}>
      <Descriptions
        column={{ xs: 1, md: 2 }}
        size="small"
        items={facts.map((fact) => ({ key: fact.label, ...fact }))}
      />
      <h3>{t('asset.plate')}</h3>
      <p className="soft">{t('asset.plate.hint')}</p>
      <div aria-hidden>
        <QRCode value={address} size={140} type="canvas" />
      </div>
      <p>
        <a href={asset.platePath} target="_blank" rel="noreferrer">
          {t('asset.plate.open')}
        </a>
      </p>
    </Section>
  );
}

function Inspections({ asset }: { asset: Asset }) {
  const t = useT();
  return (
    <Section title={t('asset.inspections')}>
      <PlainTable
        label={t('asset.inspections')}
        rows={asset.inspections}
        empty={t('asset.inspections.none')}
        rowKey={(row) => row.id}
        columns={[
          { title: t('project.form.happenedOn'), render: (row) => row.inspectedOn },
          { title: t('asset.col.state'), render: (row) => t(`asset.state.${row.state}`) },
          { title: t('project.progress.note'), render: (row) => row.note },
          { title: t('project.step.by'), render: (row) => row.by },
        ]}
      />
    </Section>
  );
}
