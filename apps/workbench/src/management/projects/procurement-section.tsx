import {
  awardTender,
  cancelTender,
  getProcurement,
  listVendors,
  publishTender,
  recordBid,
  signContract,
} from '@sunlit/api-spec';
import {
  Amount,
  DayInput,
  ErrorState,
  Section,
  formatDay,
  todayLocal,
  useCommand,
  useEndpoint,
  useMay,
  type CallResult,
} from '@sunlit/ui';
import { Button, Checkbox, Form, Input, InputNumber, Radio, Select, Skeleton, Space, Tag } from 'antd';
import { Link } from 'react-router';
import { useT } from '../../messages.ts';
import { CommandDialog } from '../funds/command-dialog.tsx';
import { YuanField, fenOf } from '../funds/yuan-field.tsx';
import { PlainTable } from './plain-table.tsx';
import type { Project } from './project-page.tsx';

type Procurement = CallResult<typeof getProcurement>;
type Tender = Procurement['tenders'][number];

/** Who bid, who won, what was signed. */
export function ProcurementSection({ project }: { project: Project }) {
  const t = useT();
  const may = useMay();
  const reading = useEndpoint(getProcurement, { params: { id: project.id } });
  const atWork = ['approved', 'under-way'].includes(project.state.code) && may('project.run');
  return (
    <Section
      title={t('tender.section')}
      extra={
        atWork && reading.data ? (
          <Space wrap>
            <PublishDialog project={project} />
            <SignDialog project={project} tenders={reading.data.tenders} />
          </Space>
        ) : null
      }
    >
      {reading.error ? <ErrorState error={reading.error} onRetry={() => void reading.refetch()} /> : null}
      {reading.isLoading ? <Skeleton active /> : null}
      {reading.data?.tenders.map((tender) => (
        <TenderBlock key={tender.id} tender={tender} />
      ))}
      {reading.data?.tenders.length === 0 ? <p className="soft">{t('tender.none')}</p> : null}
      {reading.data ? (
        <PlainTable
          label={t('contract.list.title')}
          rows={reading.data.contracts}
          empty={t('contract.list.empty')}
          rowKey={(row) => row.id}
          columns={[
            { title: t('contract.col.title'), render: (row) => <Link to={`/contracts/${row.id}`}>{row.title}</Link> },
            { title: t('contract.col.vendor'), render: (row) => row.vendor.name },
            { title: t('contract.col.value'), right: true, render: (row) => <Amount fen={row.valueFen} /> },
            { title: t('contract.col.paid'), right: true, render: (row) => <Amount fen={row.paidFen} /> },
            { title: t('contract.col.state'), render: (row) => <Tag>{t(`contract.state.${row.state}`)}</Tag> },
          ]}
        />
      ) : null}
    </Section>
  );
}

function TenderBlock({ tender }: { tender: Tender }) {
  const t = useT();
  const may = useMay();
  return (
    <>
      <p>
        <b>
          {tender.number} {tender.title}
        </b>{' '}
        <Tag>{t(`tender.state.${tender.state}`)}</Tag> {t(`contract.method.${tender.method}`)} · {t('tender.estimate')}{' '}
        <Amount fen={tender.estimateFen} /> · {tender.publishedOn} – {formatDay(tender.bidsDueAt)}{' '}
        {tender.methodReason ?? ''} {tender.closedReason ?? ''}
      </p>
      {tender.state === 'active' ? (
        <Space wrap style={{ marginBottom: 8 }}>
          {may('project.run') ? <BidDialog tender={tender} /> : null}
          {may('project.approve') && tender.bids.length > 0 ? <AwardDialog tender={tender} /> : null}
          {may('project.run') ? <CancelDialog tender={tender} /> : null}
        </Space>
      ) : null}
      <PlainTable
        label={t('tender.bids')}
        rows={tender.bids}
        empty={t('tender.bids.none')}
        rowKey={(row) => row.id}
        columns={[
          { title: t('contract.col.vendor'), render: (row) => row.vendor.name },
          { title: t('tender.bid.amount'), right: true, render: (row) => <Amount fen={row.amountFen} /> },
          {
            title: t('tender.bid.received'),
            render: (row) => (
              <>
                {formatDay(row.receivedAt)} {row.late ? <Tag color="red">{t('tender.bid.late')}</Tag> : null}
              </>
            ),
          },
          {
            title: t('contract.col.state'),
            render: (row) => (
              <>
                <Tag>{t(row.won ? 'tender.bid.won' : `tender.bid.${row.state}`)}</Tag>
                {row.reason ?? ''}
              </>
            ),
          },
        ]}
      />
    </>
  );
}

function useVendorOptions() {
  const vendors = useEndpoint(listVendors, { query: { limit: 200 } }).data?.items ?? [];
  return vendors.map((vendor) => ({ value: vendor.id, label: vendor.name }));
}

interface TenderValues {
  number: string;
  title: string;
  method: 'open' | 'limited' | 'direct';
  methodReason?: string;
  amount: string;
  priceOnly?: boolean;
  publishedOn: string;
  dueOn: string;
}

function PublishDialog({ project }: { project: Project }) {
  const t = useT();
  const publish = useCommand(publishTender);
  return (
    <CommandDialog<TenderValues>
      label={t('tender.do.publish')}
      initialValues={{ title: project.title, method: 'open', publishedOn: todayLocal() }}
      pending={publish.isPending}
      problem={publish.error}
      onSubmit={({ amount, dueOn, priceOnly, ...body }) =>
        publish.mutateAsync({
          params: { id: project.id },
          body: {
            ...body,
            priceOnly: priceOnly ?? false,
            estimateFen: fenOf(amount)!,
            bidsDueAt: `${dueOn}T17:00:00+08:00`,
          },
        })
      }
    >
      <Form.Item name="number" label={t('tender.number')} rules={[{ required: true, min: 3 }]}>
        <Input maxLength={60} autoComplete="off" />
      </Form.Item>
      <Form.Item name="title" label={t('project.form.title')} rules={[{ required: true, min: 4 }]}>
        <Input maxLength={120} />
      </Form.Item>
      <Form.Item name="method" label={t('tender.method')} rules={[{ required: true }]}>
        <Radio.Group
          options={(['open', 'limited', 'direct'] as const).map((value) => ({
            value,
            label: t(`contract.method.${value}`),
          }))}
        />
      </Form.Item>
      <Form.Item noStyle shouldUpdate>
        {({ getFieldValue }) =>
          getFieldValue('method') === 'open' ? null : (
            <Form.Item name="methodReason" label={t('tender.reason')} rules={[{ required: true, min: 2 }]}>
              <Input.TextArea rows={2} maxLength={300} />
            </Form.Item>
          )
        }
      </Form.Item>
      <YuanField />
      <Form.Item name="priceOnly" valuePropName="checked">
        <Checkbox>{t('tender.form.priceOnly')}</Checkbox>
      </Form.Item>
      <Form.Item name="publishedOn" label={t('project.form.happenedOn')} rules={[{ required: true }]}>
        <DayInput max={todayLocal()} />
      </Form.Item>
      <Form.Item name="dueOn" label={t('tender.form.due')} rules={[{ required: true }]}>
        <DayInput />
      </Form.Item>
    </CommandDialog>
  );
}

function BidDialog({ tender }: { tender: Tender }) {
  const t = useT();
  const record = useCommand(recordBid);
  const vendors = useVendorOptions();
  return (
    <CommandDialog<{ vendorId: string; amount: string; receivedOn: string; origin?: string }>
      label={t('tender.do.bid')}
      initialValues={{ receivedOn: todayLocal() }}
      pending={record.isPending}
      problem={record.error}
      onSubmit={({ amount, receivedOn, ...body }) =>
        record.mutateAsync({
          params: { id: tender.id },
          body: { ...body, amountFen: fenOf(amount)!, receivedAt: `${receivedOn}T12:00:00+08:00` },
        })
      }
    >
      <Form.Item name="vendorId" label={t('contract.col.vendor')} rules={[{ required: true }]}>
        <Select options={vendors} showSearch={{ optionFilterProp: 'label' }} />
      </Form.Item>
      <YuanField />
      <Form.Item name="receivedOn" label={t('tender.form.receivedOn')} rules={[{ required: true }]}>
        <DayInput max={todayLocal()} />
      </Form.Item>
      <Form.Item name="origin" label={t('tender.form.origin')}>
        <Input maxLength={80} autoComplete="off" />
      </Form.Item>
    </CommandDialog>
  );
}

interface AwardValues {
  bidId: string;
  awardedOn: string;
  awardNumber: string;
  disqualified?: string[];
  reason?: string;
}

function AwardDialog({ tender }: { tender: Tender }) {
  const t = useT();
  const award = useCommand(awardTender);
  const bids = tender.bids.map((bid) => ({ value: bid.id, label: bid.vendor.name }));
  return (
    <CommandDialog<AwardValues>
      label={t('tender.do.award')}
      primary
      initialValues={{ awardedOn: todayLocal() }}
      pending={award.isPending}
      problem={award.error}
      onSubmit={({ disqualified, reason, ...body }) =>
        award.mutateAsync({
          params: { id: tender.id },
          body: { ...body, disqualified: (disqualified ?? []).map((bidId) => ({ bidId, reason: reason ?? '' })) },
        })
      }
    >
      <Form.Item name="bidId" label={t('tender.form.winner')} rules={[{ required: true }]}>
        <Select options={bids} />
      </Form.Item>
      <Form.Item name="awardNumber" label={t('tender.form.awardNumber')} rules={[{ required: true, min: 2 }]}>
        <Input maxLength={60} autoComplete="off" />
      </Form.Item>
      <Form.Item name="awardedOn" label={t('project.form.happenedOn')} rules={[{ required: true }]}>
        <DayInput max={todayLocal()} />
      </Form.Item>
      <Form.Item name="disqualified" label={t('tender.form.disqualified')}>
        <Select mode="multiple" options={bids} />
      </Form.Item>
      <Form.Item name="reason" label={t('project.form.reason')}>
        <Input.TextArea rows={2} maxLength={300} />
      </Form.Item>
    </CommandDialog>
  );
}

function CancelDialog({ tender }: { tender: Tender }) {
  const t = useT();
  const cancel = useCommand(cancelTender);
  return (
    <CommandDialog<{ reason: string }>
      label={t('tender.do.cancel')}
      danger
      pending={cancel.isPending}
      problem={cancel.error}
      onSubmit={(body) => cancel.mutateAsync({ params: { id: tender.id }, body })}
    >
      <Form.Item name="reason" label={t('project.form.reason')} rules={[{ required: true, min: 2 }]}>
        <Input.TextArea rows={2} maxLength={300} />
      </Form.Item>
    </CommandDialog>
  );
}

interface SignValues {
  tenderId?: string;
  directReason?: string;
  vendorId: string;
  number: string;
  title: string;
  amount: string;
  signedOn: string;
  startOn: string;
  finishBy: string;
  retentionPercent: number;
  retentionUntil: string;
  milestones?: { title: string; dueOn: string; amount: string }[];
}

function SignDialog({ project, tenders }: { project: Project; tenders: readonly Tender[] }) {
  const t = useT();
  const sign = useCommand(signContract);
  const vendors = useVendorOptions();
  return (
    <CommandDialog<SignValues>
      label={t('contract.do.sign')}
      initialValues={{
        title: project.title,
        signedOn: todayLocal(),
        startOn: project.startOn,
        finishBy: project.finishBy,
        retentionPercent: 3,
        milestones: [{ title: '', dueOn: project.finishBy, amount: '' }],
      }}
      pending={sign.isPending}
      problem={sign.error}
      onSubmit={({ amount, tenderId, directReason, milestones, ...body }) =>
        sign.mutateAsync({
          params: { id: project.id },
          body: {
            ...body,
            tenderId: tenderId ?? null,
            ...(tenderId ? {} : { directReason: directReason! }),
            valueFen: fenOf(amount)!,
            milestones: (milestones ?? []).map(({ amount: part, ...one }) => ({ ...one, amountFen: fenOf(part)! })),
          },
        })
      }
    >
      <Form.Item name="tenderId" label={t('tender.number')}>
        <Select
          allowClear
          options={tenders
            .filter(({ state }) => state === 'awarded')
            .map((one) => ({ value: one.id, label: one.number }))}
        />
      </Form.Item>
      <Form.Item noStyle shouldUpdate>
        {({ getFieldValue }) =>
          getFieldValue('tenderId') ? null : (
            <Form.Item
              name="directReason"
              label={t('contract.form.directReason')}
              extra={t('contract.form.directReason.hint')}
              rules={[{ required: true, min: 4 }]}
            >
              <Input.TextArea rows={2} maxLength={300} />
            </Form.Item>
          )
        }
      </Form.Item>
      <Form.Item name="vendorId" label={t('contract.col.vendor')} rules={[{ required: true }]}>
        <Select options={vendors} showSearch={{ optionFilterProp: 'label' }} />
      </Form.Item>
      <Form.Item name="number" label={t('contract.col.number')} rules={[{ required: true, min: 2 }]}>
        <Input maxLength={60} autoComplete="off" />
      </Form.Item>
      <Form.Item name="title" label={t('contract.col.title')} rules={[{ required: true, min: 4 }]}>
        <Input maxLength={120} />
      </Form.Item>
      <YuanField />
      <Form.Item name="signedOn" label={t('contract.col.signedOn')} rules={[{ required: true }]}>
        <DayInput max={todayLocal()} />
      </Form.Item>
      <Space wrap>
        <Form.Item name="startOn" label={t('project.form.startOn')} rules={[{ required: true }]}>
          <DayInput />
        </Form.Item>
        <Form.Item name="finishBy" label={t('project.form.finishBy')} rules={[{ required: true }]}>
          <DayInput />
        </Form.Item>
        <Form.Item name="retentionPercent" label={t('contract.form.retention')} rules={[{ required: true }]}>
          <InputNumber min={0} max={20} precision={0} />
        </Form.Item>
        <Form.Item name="retentionUntil" label={t('contract.form.retentionUntil')} rules={[{ required: true }]}>
          <DayInput />
        </Form.Item>
      </Space>
      <Form.List name="milestones">
        {(fields, { add, remove }) => (
          <>
            {fields.map((field) => (
              <Space key={field.key} wrap align="end" style={{ display: 'flex' }}>
                <Form.Item
                  name={[field.name, 'title']}
                  label={t('contract.milestone')}
                  rules={[{ required: true, min: 2 }]}
                >
                  <Input maxLength={80} />
                </Form.Item>
                <Form.Item
                  name={[field.name, 'dueOn']}
                  label={t('contract.milestone.due')}
                  rules={[{ required: true }]}
                >
                  <DayInput />
                </Form.Item>
                <YuanField name={[field.name, 'amount']} label={t('contract.milestone.amount')} />
                <Form.Item>
                  <Button onClick={() => remove(field.name)}>{t('project.form.remove')}</Button>
                </Form.Item>
              </Space>
            ))}
            <Form.Item>
              <Button onClick={() => add({})}>{t('project.form.add')}</Button>
            </Form.Item>
          </>
        )}
      </Form.List>
    </CommandDialog>
  );
}
