import {
  amendContract,
  confirmMilestone,
  endContract,
  getContract,
  payContract,
  recordInvoice,
  voidInvoice,
  type PaymentAccount,
} from '@sunlit/api-spec';
import { parseYuan } from '@sunlit/kernel';
import {
  Amount,
  DayInput,
  DetailPage,
  Section,
  formatFen,
  todayLocal,
  useCommand,
  useEndpoint,
  useMay,
  type CallResult,
} from '@sunlit/ui';
import { Form, Input, Radio, Select, Space, Tag } from 'antd';
import { Link, useParams } from 'react-router';
import { useT } from '../../messages.ts';
import { AccountKindItem } from '../funds/account-kind-item.tsx';
import { CommandDialog } from '../funds/command-dialog.tsx';
import { YuanField, fenOf } from '../funds/yuan-field.tsx';
import { ContractItems } from './contract-items.tsx';
import { PlainTable } from './plain-table.tsx';

type Contract = CallResult<typeof getContract>;

/** A contract: what must be reached before what is paid, by which invoices. */
export function ContractPage() {
  const t = useT();
  const may = useMay();
  const { id = '' } = useParams();
  const reading = useEndpoint(getContract, { params: { id } });
  const contract = reading.data;
  return (
    <DetailPage
      back={{ to: '/contracts', label: t('contract.back') }}
      title={contract ? `${contract.number} ${contract.title}` : t('contract.list.title')}
      tags={contract ? <Tag>{t(`contract.state.${contract.state}`)}</Tag> : null}
      answer={
        contract
          ? t('contract.answer', {
              vendor: contract.vendor.name,
              value: formatFen(contract.valueFen),
              paid: formatFen(contract.paidFen),
              payable: formatFen(contract.payableFen),
              retention: contract.retentionPercent,
              until: contract.retentionUntil,
            })
          : null
      }
      action={
        contract?.state === 'active' ? (
          <Space wrap>
            {may('project.run') ? <InvoiceDialog contract={contract} /> : null}
            {may('project.approve') ? <AmendDialog contract={contract} /> : null}
            {may('project.approve') ? <EndDialog contract={contract} /> : null}
          </Space>
        ) : null
      }
      loading={reading.isLoading}
      error={reading.error}
      onRetry={() => void reading.refetch()}
    >
      {contract ? <ContractBody contract={contract} /> : null}
    </DetailPage>
  );
}

function ContractBody({ contract }: { contract: Contract }) {
  const t = useT();
  const may = useMay();
  return (
    <>
      <p>
        {t('contract.col.project')}：
        <Link to={`/projects/${contract.project.id}`} style={{ textDecoration: 'underline' }}>
          {contract.project.title}
        </Link>{' '}
        · {t(`contract.method.${contract.method}`)}
        {contract.directReason ? `（${contract.directReason}）` : ''} · {t('contract.col.signed')} <Amount fen={contract.signedFen} /> · {contract.signedOn}
      </p>
      <Section title={t('contract.milestones')}>
        <PlainTable
          label={t('contract.milestones')}
          rows={contract.milestones}
          empty="—"
          rowKey={(row) => String(row.ordinal)}
          columns={[
            { title: t('contract.milestone'), render: (row) => row.title },
            { title: t('contract.milestone.due'), render: (row) => row.dueOn },
            {
              title: t('contract.milestone.met'),
              render: (row) => (row.metOn ? `${row.metOn} ${row.confirmedBy ?? ''}` : '—'),
            },
            { title: t('contract.milestone.amount'), right: true, render: (row) => <Amount fen={row.amountFen} /> },
            { title: t('contract.col.paid'), right: true, render: (row) => <Amount fen={row.paidFen} /> },
            {
              title: t('contract.do.pay'),
              render: (row) =>
                row.metOn === null ? (
                  may('project.run') && contract.state === 'active' ? (
                    <ConfirmDialog contract={contract} milestone={row.ordinal} />
                  ) : null
                ) : may('fund.pay') && row.paidFen < row.amountFen && contract.state !== 'terminated' ? (
                  <PayDialog contract={contract} milestone={row} />
                ) : null,
            },
          ]}
        />
      </Section>
      <ContractItems contract={contract} />
      <Section title={t('contract.invoices')}>
        <PlainTable
          label={t('contract.invoices')}
          rows={contract.invoices}
          empty={t('contract.invoices.none')}
          rowKey={(row) => row.id}
          columns={[
            { title: t('contract.invoice.number'), render: (row) => <code>{row.number}</code> },
            { title: t('contract.form.issuedOn'), render: (row) => row.issuedOn },
            { title: t('contract.milestone.amount'), right: true, render: (row) => <Amount fen={row.amountFen} /> },
            {
              title: t('contract.col.state'),
              render: (row) => (
                <Space wrap>
                  {row.voidOn ? <Tag color="red">{t('contract.invoice.void')}</Tag> : null}
                  <Tag>{t(row.used ? 'contract.invoice.used' : 'contract.invoice.open')}</Tag>
                  {row.voidOn === null && may('project.run') ? <VoidDialog invoiceId={row.id} /> : null}
                </Space>
              ),
            },
          ]}
        />
      </Section>
      <Section title={t('contract.payments')}>
        <PlainTable
          label={t('contract.payments')}
          rows={contract.payments}
          empty={t('project.payments.none')}
          rowKey={(row) => row.id}
          columns={[
            {
              title: t('project.pay.voucher'),
              render: (row) => <Link to={`/ledger/${row.transactionId}`}>{row.voucherNumber}</Link>,
            },
            {
              title: t('contract.milestone'),
              render: (row) => contract.milestones.find(({ ordinal }) => ordinal === row.milestone)?.title ?? '',
            },
            { title: t('contract.col.paid'), right: true, render: (row) => <Amount fen={row.amountFen} /> },
            { title: t('project.pay.on'), render: (row) => row.paidOn },
            {
              title: t('project.pay.state'),
              render: (row) => <Tag>{t(row.state === 'paid' ? 'project.pay.paid' : 'project.pay.reversed')}</Tag>,
            },
          ]}
        />
      </Section>
      <Section title={t('contract.amendments')}>
        <PlainTable
          label={t('contract.amendments')}
          rows={contract.amendments}
          empty={t('contract.amendments.none')}
          rowKey={(row) => row.id}
          columns={[
            { title: t('project.form.happenedOn'), render: (row) => row.amendedOn },
            { title: t('contract.milestone.amount'), right: true, render: (row) => <Amount fen={row.changeFen} /> },
            { title: t('contract.col.finishBy'), render: (row) => row.finishBy },
            { title: t('project.form.reason'), render: (row) => row.reason },
            { title: t('project.step.by'), render: (row) => row.recordedBy },
          ]}
        />
      </Section>
    </>
  );
}

function DayItem({ name, label }: { name: string; label: string }) {
  return (
    <Form.Item name={name} label={label} rules={[{ required: true }]}>
      <DayInput max={todayLocal()} />
    </Form.Item>
  );
}

function ReasonItem({ label }: { label: string }) {
  return (
    <Form.Item name="reason" label={label} rules={[{ required: true, min: 2 }]}>
      <Input.TextArea rows={2} maxLength={300} />
    </Form.Item>
  );
}

function ConfirmDialog({ contract, milestone }: { contract: Contract; milestone: number }) {
  const t = useT();
  const confirm = useCommand(confirmMilestone);
  return (
    <CommandDialog<{ metOn: string; documentId: string }>
      label={t('contract.do.confirm')}
      size="small"
      initialValues={{ metOn: todayLocal() }}
      pending={confirm.isPending}
      problem={confirm.error}
      onSubmit={(body) => confirm.mutateAsync({ params: { id: contract.id }, body: { ...body, milestone } })}
    >
      <DayItem name="metOn" label={t('contract.milestone.met')} />
      <Form.Item name="documentId" label={t('contract.form.evidence')} rules={[{ required: true }]}>
        <Select options={contract.documents.map((one) => ({ value: one.id, label: one.fileName }))} />
      </Form.Item>
    </CommandDialog>
  );
}

interface PaymentValues {
  accountKind: PaymentAccount;
  planId: string;
  invoiceIds: string[];
  voucherNumber: string;
  amount: string;
  paidOn: string;
}

function PayDialog({ contract, milestone }: { contract: Contract; milestone: Contract['milestones'][number] }) {
  const t = useT();
  const pay = useCommand(payContract);
  const open = contract.invoices.filter((one) => !one.used && one.voidOn === null);
  return (
    <CommandDialog<PaymentValues>
      label={t('contract.do.pay')}
      size="small"
      initialValues={{ accountKind: 'unit', paidOn: todayLocal(), planId: contract.plans[0]?.id }}
      pending={pay.isPending}
      problem={pay.error}
      onSubmit={({ amount, ...body }) =>
        pay.mutateAsync({
          params: { id: contract.id },
          body: { ...body, milestone: milestone.ordinal, amountFen: fenOf(amount)! },
        })
      }
    >
      <Form.Item name="planId" label={t('contract.form.plan')} rules={[{ required: true }]}>
        <Select
          options={contract.plans.map((plan) => ({
            value: plan.id,
            label: `${plan.title}（${formatFen(plan.leftFen)}）`,
          }))}
        />
      </Form.Item>
      <Form.Item name="invoiceIds" label={t('contract.invoices')} rules={[{ required: true }]}>
        <Select
          mode="multiple"
          options={open.map((one) => ({ value: one.id, label: `${one.number}（${formatFen(one.amountFen)}）` }))}
        />
      </Form.Item>
      <Form.Item name="voucherNumber" label={t('project.pay.voucher')} rules={[{ required: true, min: 2 }]}>
        <Input maxLength={60} autoComplete="off" />
      </Form.Item>
      <AccountKindItem />
      <YuanField mostFen={Math.min(milestone.amountFen - milestone.paidFen, contract.payableFen)} />
      <DayItem name="paidOn" label={t('project.pay.on')} />
    </CommandDialog>
  );
}

function InvoiceDialog({ contract }: { contract: Contract }) {
  const t = useT();
  const record = useCommand(recordInvoice);
  return (
    <CommandDialog<{ number: string; issuedOn: string; amount: string }>
      label={t('contract.do.invoice')}
      primary
      size="large"
      initialValues={{ issuedOn: todayLocal() }}
      pending={record.isPending}
      problem={record.error}
      onSubmit={({ amount, ...body }) =>
        record.mutateAsync({ params: { id: contract.id }, body: { ...body, amountFen: fenOf(amount)! } })
      }
    >
      <Form.Item name="number" label={t('contract.invoice.number')} rules={[{ required: true, pattern: /^\d{8,20}$/ }]}>
        <Input maxLength={20} inputMode="numeric" autoComplete="off" />
      </Form.Item>
      <YuanField />
      <DayItem name="issuedOn" label={t('contract.form.issuedOn')} />
    </CommandDialog>
  );
}

function VoidDialog({ invoiceId }: { invoiceId: string }) {
  const t = useT();
  const record = useCommand(voidInvoice);
  return (
    <CommandDialog<{ voidOn: string; reason: string }>
      label={t('contract.do.void')}
      size="small"
      danger
      initialValues={{ voidOn: todayLocal() }}
      pending={record.isPending}
      problem={record.error}
      onSubmit={(body) => record.mutateAsync({ params: { id: invoiceId }, body })}
    >
      <DayItem name="voidOn" label={t('project.form.happenedOn')} />
      <ReasonItem label={t('project.form.reason')} />
    </CommandDialog>
  );
}

function AmendDialog({ contract }: { contract: Contract }) {
  const t = useT();
  const amend = useCommand(amendContract);
  const changeOf = (text: string | undefined) => {
    const read = parseYuan((text ?? '').replace(/^-/u, ''));
    return read.ok ? (text?.startsWith('-') ? -read.value : read.value) : undefined;
  };
  return (
    <CommandDialog<{ change: string; amendedOn: string; finishBy: string; reason: string }>
      label={t('contract.do.amend')}
      initialValues={{ amendedOn: todayLocal(), finishBy: contract.finishBy, change: '0.00' }}
      pending={amend.isPending}
      problem={amend.error}
      onSubmit={({ change, ...body }) =>
        amend.mutateAsync({ params: { id: contract.id }, body: { ...body, changeFen: changeOf(change)! } })
      }
    >
      <Form.Item
        name="change"
        label={t('contract.form.change')}
        rules={[
          {
            required: true,
            validator: (_rule, text: string | undefined) =>
              changeOf(text) === undefined
                ? Promise.reject(new Error(t('project.form.amount.bad')))
                : Promise.resolve(),
          },
        ]}
      >
        <Input inputMode="decimal" autoComplete="off" maxLength={20} className="number" />
      </Form.Item>
      <DayItem name="amendedOn" label={t('project.form.happenedOn')} />
      <Form.Item name="finishBy" label={t('contract.col.finishBy')} rules={[{ required: true }]}>
        <DayInput />
      </Form.Item>
      <ReasonItem label={t('project.form.reason')} />
    </CommandDialog>
  );
}

function EndDialog({ contract }: { contract: Contract }) {
  const t = useT();
  const end = useCommand(endContract);
  return (
    <CommandDialog<{ state: 'completed' | 'terminated'; endedOn: string; reason: string }>
      label={t('contract.do.end')}
      danger
      initialValues={{ endedOn: todayLocal(), state: 'completed' }}
      pending={end.isPending}
      problem={end.error}
      onSubmit={(body) => end.mutateAsync({ params: { id: contract.id }, body })}
    >
      <Form.Item name="state" label={t('contract.col.state')} rules={[{ required: true }]}>
        <Radio.Group
          options={(['completed', 'terminated'] as const).map((value) => ({
            value,
            label: t(`contract.state.${value}`),
          }))}
        />
      </Form.Item>
      <DayItem name="endedOn" label={t('project.form.happenedOn')} />
      <ReasonItem label={t('project.form.reason')} />
    </CommandDialog>
  );
}
