import {
  decideDistribution,
  disposeAsset,
  endLease,
  inspectAsset,
  leaseAsset,
  listVendors,
  payDistribution,
  proposeDistribution,
  receiveIncome,
  registerAsset,
} from '@sunlit/api-spec';
import { parseYuan } from '@sunlit/kernel';
import { DayInput, todayLocal, useCommand, useEndpoint, useMay } from '@sunlit/ui';
import { Button, Checkbox, Form, Input, Radio, Select, Space } from 'antd';
import { useT } from '../../messages.ts';
import { CommandDialog } from '../funds/command-dialog.tsx';
import { YuanField, fenOf } from '../funds/yuan-field.tsx';
import type { Asset } from './asset-page.tsx';
import { VoteFields, type VoteValues } from './project-actions.tsx';

/** The step that is due stands out: settle ownership, then record what came. */
export function AssetActions({ asset }: { asset: Asset }) {
  const may = useMay();
  return (
    <Space wrap>
      {may('asset.manage') ? <IncomeDialog asset={asset} /> : null}
      {may('asset.manage') && asset.class === 'operating' ? <LeaseDialog asset={asset} /> : null}
      {may('asset.manage') ? <InspectDialog asset={asset} /> : null}
      {may('asset.approve') && asset.registeredOn === null ? <RegisterDialog asset={asset} /> : null}
      {may('asset.approve') ? <DisposeDialog asset={asset} /> : null}
    </Space>
  );
}

function DayItem({ name, label }: { name: string; label: string }) {
  return (
    <Form.Item name={name} label={label} rules={[{ required: true }]}>
      <DayInput max={todayLocal()} />
    </Form.Item>
  );
}

function RegisterDialog({ asset }: { asset: Asset }) {
  const t = useT();
  const register = useCommand(registerAsset);
  const kinds = ['county', 'town', 'village', 'household'] as const;
  return (
    <CommandDialog<{
      ownerKind: (typeof kinds)[number];
      ownerName: string;
      registeredOn: string;
      certificateNumber: string;
    }>
      label={t('asset.do.register')}
      initialValues={{ ownerKind: 'village', ownerName: asset.operator, registeredOn: todayLocal() }}
      pending={register.isPending}
      problem={register.error}
      onSubmit={(body) => register.mutateAsync({ params: { id: asset.id }, body })}
    >
      <Form.Item name="ownerKind" label={t('asset.form.ownerKind')} rules={[{ required: true }]}>
        <Radio.Group options={kinds.map((value) => ({ value, label: t(`asset.form.owner.${value}`) }))} />
      </Form.Item>
      <Form.Item name="ownerName" label={t('asset.col.owner')} rules={[{ required: true, min: 2 }]}>
        <Input maxLength={80} />
      </Form.Item>
      <Form.Item name="certificateNumber" label={t('asset.certificate')} rules={[{ required: true, min: 2 }]}>
        <Input maxLength={60} autoComplete="off" />
      </Form.Item>
      <DayItem name="registeredOn" label={t('asset.registeredOn')} />
    </CommandDialog>
  );
}

function InspectDialog({ asset }: { asset: Asset }) {
  const t = useT();
  const inspect = useCommand(inspectAsset);
  const states = ['in-use', 'idle', 'damaged', 'lost'] as const;
  return (
    <CommandDialog<{ inspectedOn: string; state: (typeof states)[number]; note: string }>
      label={t('asset.do.inspect')}
      initialValues={{ inspectedOn: todayLocal(), state: 'in-use' }}
      pending={inspect.isPending}
      problem={inspect.error}
      onSubmit={(body) => inspect.mutateAsync({ params: { id: asset.id }, body })}
    >
      <Form.Item name="state" label={t('asset.col.state')} rules={[{ required: true }]}>
        <Radio.Group options={states.map((value) => ({ value, label: t(`asset.state.${value}`) }))} />
      </Form.Item>
      <DayItem name="inspectedOn" label={t('project.form.happenedOn')} />
      <Form.Item name="note" label={t('project.progress.note')} rules={[{ required: true, min: 2 }]}>
        <Input.TextArea rows={2} maxLength={300} />
      </Form.Item>
    </CommandDialog>
  );
}

interface LeaseValues extends Partial<VoteValues> {
  number: string;
  vendorId: string;
  startOn: string;
  endOn: string;
  yearly: string;
  appraised: string;
  publishedOn?: string;
  withVote?: boolean;
  dues?: { dueOn: string; amount: string }[];
}

function useAmountRule() {
  const t = useT();
  return {
    required: true,
    validator: (_rule: unknown, text: string | undefined) =>
      fenOf(text) === undefined ? Promise.reject(new Error(t('project.form.amount.bad'))) : Promise.resolve(),
  };
}

function LeaseDialog({ asset }: { asset: Asset }) {
  const t = useT();
  const lease = useCommand(leaseAsset);
  const amountRule = useAmountRule();
  const vendors = useEndpoint(listVendors, { query: { limit: 200 } }).data?.items ?? [];
  return (
    <CommandDialog<LeaseValues>
      label={t('asset.do.lease')}
      initialValues={{ withVote: true, meeting: 'representatives', dues: [{ dueOn: '', amount: '' }] }}
      pending={lease.isPending}
      problem={lease.error}
      onSubmit={({
        yearly,
        appraised,
        dues,
        withVote,
        publishedOn,
        meeting,
        heldOn,
        eligible,
        present,
        inFavour,
        minutesNumber,
        ...body
      }) =>
        lease.mutateAsync({
          params: { id: asset.id },
          body: {
            ...body,
            yearlyFen: fenOf(yearly)!,
            appraisedFen: fenOf(appraised)!,
            publishedOn: publishedOn || null,
            vote: withVote
              ? {
                  meeting: meeting!,
                  heldOn: heldOn!,
                  eligible: eligible!,
                  present: present!,
                  inFavour: inFavour!,
                  minutesNumber: minutesNumber!,
                }
              : null,
            dues: (dues ?? []).map(({ amount, dueOn }) => ({ dueOn, amountFen: fenOf(amount)! })),
          },
        })
      }
    >
      <Form.Item name="number" label={t('asset.lease.number')} rules={[{ required: true, min: 2 }]}>
        <Input maxLength={60} autoComplete="off" />
      </Form.Item>
      <Form.Item name="vendorId" label={t('asset.lease.lessee')} rules={[{ required: true }]}>
        <Select
          options={vendors.map((vendor) => ({ value: vendor.id, label: vendor.name }))}
          showSearch={{ optionFilterProp: 'label' }}
        />
      </Form.Item>
      <Space wrap>
        <Form.Item name="startOn" label={t('project.form.startOn')} rules={[{ required: true }]}>
          <DayInput />
        </Form.Item>
        <Form.Item name="endOn" label={t('project.form.finishBy')} rules={[{ required: true }]}>
          <DayInput />
        </Form.Item>
        <Form.Item name="yearly" label={t('asset.lease.yearly')} rules={[amountRule]}>
          <Input inputMode="decimal" maxLength={20} autoComplete="off" />
        </Form.Item>
        <Form.Item name="appraised" label={t('asset.lease.appraised')} rules={[amountRule]}>
          <Input inputMode="decimal" maxLength={20} autoComplete="off" />
        </Form.Item>
        <Form.Item name="publishedOn" label={t('asset.form.publishedOn')}>
          <DayInput />
        </Form.Item>
      </Space>
      <h3>{t('asset.form.dues')}</h3>
      <Form.List name="dues">
        {(fields, { add, remove }) => (
          <>
            {fields.map((field) => (
              <Space key={field.key} wrap align="end" style={{ display: 'flex' }}>
                <Form.Item name={[field.name, 'dueOn']} label={t('asset.lease.due')} rules={[{ required: true }]}>
                  <DayInput />
                </Form.Item>
                <Form.Item name={[field.name, 'amount']} label={t('asset.col.due')} rules={[amountRule]}>
                  <Input inputMode="decimal" maxLength={20} autoComplete="off" />
                </Form.Item>
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
      <Form.Item name="withVote" valuePropName="checked">
        <Checkbox>{t('asset.form.withVote')}</Checkbox>
      </Form.Item>
      <Form.Item noStyle shouldUpdate>
        {({ getFieldValue }) => (getFieldValue('withVote') ? <VoteFields /> : null)}
      </Form.Item>
    </CommandDialog>
  );
}

interface IncomeValues {
  kind: 'rent' | 'dividend' | 'other';
  due?: string;
  receiptNumber: string;
  amount: string;
  receivedOn: string;
}

function IncomeDialog({ asset }: { asset: Asset }) {
  const t = useT();
  const receive = useCommand(receiveIncome);
  const open = asset.leases.flatMap((lease) =>
    lease.dues
      .filter((due) => !due.cancelled)
      .filter((due) => due.receivedFen < due.amountFen)
      .map((due) => ({ value: `${lease.id} ${due.ordinal}`, label: `${lease.number} ${due.dueOn}` })),
  );
  return (
    <CommandDialog<IncomeValues>
      label={t('asset.do.income')}
      primary
      size="large"
      initialValues={{ kind: open.length > 0 ? 'rent' : 'other', due: open[0]?.value, receivedOn: todayLocal() }}
      pending={receive.isPending}
      problem={receive.error}
      onSubmit={({ amount, due, ...body }) => {
        const [leaseId, ordinal] = body.kind === 'rent' && due ? due.split(' ') : [undefined, undefined];
        return receive.mutateAsync({
          params: { id: asset.id },
          body: { ...body, leaseId: leaseId ?? null, due: ordinal ? Number(ordinal) : null, amountFen: fenOf(amount)! },
        });
      }}
    >
      <Form.Item name="kind" label={t('asset.income.kind')} rules={[{ required: true }]}>
        <Radio.Group
          options={(['rent', 'dividend', 'other'] as const).map((value) => ({
            value,
            label: t(`asset.income.${value}`),
          }))}
        />
      </Form.Item>
      <Form.Item noStyle shouldUpdate>
        {({ getFieldValue }) =>
          getFieldValue('kind') === 'rent' ? (
            <Form.Item name="due" label={t('asset.form.due')} rules={[{ required: true }]}>
              <Select options={open} />
            </Form.Item>
          ) : null
        }
      </Form.Item>
      <Form.Item name="receiptNumber" label={t('asset.income.receipt')} rules={[{ required: true, min: 2 }]}>
        <Input maxLength={60} autoComplete="off" />
      </Form.Item>
      <YuanField />
      <DayItem name="receivedOn" label={t('asset.income.on')} />
    </CommandDialog>
  );
}

/** “户号 金额” a line; undefined when a line is not that. */
function sharesOf(text: string | undefined): { householdNumber: string; amountFen: number }[] | undefined {
  const shares = (text ?? '')
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean)
    .map((line) => {
      const [householdNumber = '', amount] = line.split(/[\s,，]+/u);
      return { householdNumber, amountFen: fenOf(amount) };
    });
  return shares.length > 0 && shares.every((one) => one.amountFen !== undefined)
    ? (shares as { householdNumber: string; amountFen: number }[])
    : undefined;
}

export function ProposeDistribution({ asset, income }: { asset: Asset; income: Asset['incomes'][number] }) {
  const t = useT();
  const propose = useCommand(proposeDistribution);
  return (
    <CommandDialog<VoteValues & { proposedOn: string; shares: string }>
      label={t('asset.do.propose')}
      size="small"
      initialValues={{ proposedOn: todayLocal(), meeting: 'representatives', heldOn: todayLocal() }}
      pending={propose.isPending}
      problem={propose.error}
      onSubmit={({ proposedOn, shares, ...vote }) =>
        propose.mutateAsync({
          params: { id: asset.id },
          body: { incomeId: income.id, proposedOn, vote, shares: sharesOf(shares)! },
        })
      }
    >
      <DayItem name="proposedOn" label={t('project.form.happenedOn')} />
      <Form.Item
        name="shares"
        label={t('asset.form.shares')}
        rules={[
          {
            required: true,
            validator: (_rule, text: string | undefined) =>
              sharesOf(text) === undefined ? Promise.reject(new Error(t('asset.form.shares.bad'))) : Promise.resolve(),
          },
        ]}
      >
        <Input.TextArea rows={8} />
      </Form.Item>
      <VoteFields />
    </CommandDialog>
  );
}

export function DecideDistribution({ id }: { id: string }) {
  const t = useT();
  const decide = useCommand(decideDistribution);
  return (
    <>
      {([true, false] as const).map((approve) => (
        <CommandDialog<{ decidedOn: string; reason: string }>
          key={String(approve)}
          label={t(approve ? 'asset.do.approve' : 'asset.do.reject')}
          size="small"
          primary={approve}
          danger={!approve}
          initialValues={{ decidedOn: todayLocal() }}
          pending={decide.isPending}
          problem={decide.error}
          onSubmit={(body) => decide.mutateAsync({ params: { id }, body: { ...body, approve } })}
        >
          <DayItem name="decidedOn" label={t('project.form.happenedOn')} />
          <Form.Item name="reason" label={t('project.form.reason')} rules={[{ required: true, min: 2 }]}>
            <Input.TextArea rows={2} maxLength={300} />
          </Form.Item>
        </CommandDialog>
      ))}
    </>
  );
}

export function PayDistribution({ id }: { id: string }) {
  const t = useT();
  const pay = useCommand(payDistribution);
  return (
    <CommandDialog<{ voucherNumber: string; paidOn: string }>
      label={t('asset.do.pay')}
      size="small"
      primary
      initialValues={{ paidOn: todayLocal() }}
      pending={pay.isPending}
      problem={pay.error}
      onSubmit={(body) => pay.mutateAsync({ params: { id }, body })}
    >
      <Form.Item name="voucherNumber" label={t('project.pay.voucher')} rules={[{ required: true, min: 2 }]}>
        <Input maxLength={60} autoComplete="off" />
      </Form.Item>
      <DayItem name="paidOn" label={t('project.pay.on')} />
    </CommandDialog>
  );
}

const fenOrZero = (text: string | undefined): number | undefined => {
  const read = parseYuan(text ?? '');
  return read.ok && read.value >= 0 ? read.value : undefined;
};

export function EndLease({ lease }: { lease: Asset['leases'][number] }) {
  const t = useT();
  const end = useCommand(endLease);
  return (
    <CommandDialog<{ endedOn: string; reason: string; settlement: string }>
      label={t('asset.do.endLease')}
      size="small"
      danger
      initialValues={{ endedOn: todayLocal(), settlement: '0' }}
      pending={end.isPending}
      problem={end.error}
      onSubmit={({ settlement, ...body }) =>
        end.mutateAsync({ params: { id: lease.id }, body: { ...body, settlementFen: fenOrZero(settlement)! } })
      }
    >
      <DayItem name="endedOn" label={t('asset.lease.endedOn')} />
      <Form.Item name="reason" label={t('project.form.reason')} rules={[{ required: true, min: 4 }]}>
        <Input.TextArea rows={2} maxLength={300} />
      </Form.Item>
      <Form.Item
        name="settlement"
        label={t('asset.lease.settlement')}
        extra={t('asset.lease.settlement.hint')}
        rules={[
          {
            required: true,
            validator: (_rule, text: string | undefined) =>
              fenOrZero(text) === undefined
                ? Promise.reject(new Error(t('project.form.amount.bad')))
                : Promise.resolve(),
          },
        ]}
      >
        <Input inputMode="decimal" maxLength={20} />
      </Form.Item>
    </CommandDialog>
  );
}

function DisposeDialog({ asset }: { asset: Asset }) {
  const t = useT();
  const dispose = useCommand(disposeAsset);
  const kinds = ['sale', 'scrap', 'transfer', 'loss'] as const;
  const rule = {
    required: true,
    validator: (_rule: unknown, text: string | undefined) =>
      fenOrZero(text) === undefined ? Promise.reject(new Error(t('project.form.amount.bad'))) : Promise.resolve(),
  };
  return (
    <CommandDialog<
      VoteValues & {
        kind: (typeof kinds)[number];
        appraised: string;
        price: string;
        publishedOn?: string;
        disposedOn: string;
        reason: string;
      }
    >
      label={t('asset.do.dispose')}
      danger
      initialValues={{ kind: 'sale', disposedOn: todayLocal(), meeting: 'representatives' }}
      pending={dispose.isPending}
      problem={dispose.error}
      onSubmit={({ kind, appraised, price, publishedOn, disposedOn, reason, ...vote }) =>
        dispose.mutateAsync({
          params: { id: asset.id },
          body: {
            kind,
            disposedOn,
            reason,
            vote,
            publishedOn: publishedOn || null,
            appraisedFen: fenOrZero(appraised)!,
            priceFen: fenOrZero(price)!,
          },
        })
      }
    >
      <Form.Item name="kind" label={t('asset.disposal')} rules={[{ required: true }]}>
        <Radio.Group options={kinds.map((value) => ({ value, label: t(`asset.disposal.${value}`) }))} />
      </Form.Item>
      <Form.Item name="appraised" label={t('asset.form.appraised')} rules={[rule]}>
        <Input inputMode="decimal" maxLength={20} />
      </Form.Item>
      <Form.Item name="price" label={t('asset.form.price')} rules={[rule]}>
        <Input inputMode="decimal" maxLength={20} />
      </Form.Item>
      <Form.Item name="publishedOn" label={t('asset.form.publishedOn')}>
        <DayInput />
      </Form.Item>
      <DayItem name="disposedOn" label={t('project.form.happenedOn')} />
      <Form.Item name="reason" label={t('project.form.reason')} rules={[{ required: true, min: 4 }]}>
        <Input.TextArea rows={2} maxLength={300} />
      </Form.Item>
      <VoteFields />
    </CommandDialog>
  );
}
