import {
  approvePayoutBatch,
  confirmPayoutCheck,
  examinePayoutBatch,
  reissuePayoutLines,
  sendPayoutBatch,
  withdrawPayoutBatch,
  type PayoutBatchView,
} from '@sunlit/api-spec';
import { DayInput, formatFen, todayLocal, useCommand, useMay } from '@sunlit/ui';
import { Form, Input, Radio, Space } from 'antd';
import { useNavigate } from 'react-router';
import { useT } from '../../messages.ts';
import { CommandDialog } from '../funds/command-dialog.tsx';
import { PlanField } from './create-batch.tsx';
import { ImportResults } from './import-results.tsx';

/** The step that is due comes first; withdrawing stays possible until the file has gone. */
export function BatchActions({ batch }: { batch: PayoutBatchView }) {
  const may = useMay();
  const { state } = batch;
  const gone = state === 'sent' || state === 'settled';
  const again = gone && batch.byState.some((one) => one.state === 'failed' || one.state === 'held');
  return (
    <Space wrap>
      {state === 'draft' && may('payout.check') ? <Check batch={batch} /> : null}
      {state === 'checked' && may('payout.approve') ? <Approve batch={batch} /> : null}
      {state === 'approved' && may('payout.send') ? <Send batch={batch} /> : null}
      {gone && may('payout.send') ? <ImportResults batch={batch} /> : null}
      {again && may('payout.prepare') ? <Reissue batch={batch} /> : null}
      {(state === 'draft' || state === 'checked' || state === 'approved') && may('payout.prepare') ? (
        <Withdraw batch={batch} />
      ) : null}
    </Space>
  );
}

function Check({ batch }: { batch: PayoutBatchView }) {
  const t = useT();
  const params = { id: batch.id };
  const examine = useCommand(examinePayoutBatch);
  const confirm = useCommand(confirmPayoutCheck);
  return (
    <Space wrap>
      <CommandDialog<object>
        label={t(batch.examined ? 'payout.do.examine.again' : 'payout.do.examine')}
        primary={!batch.examined}
        size="large"
        pending={examine.isPending}
        problem={examine.error}
        onSubmit={() => examine.mutateAsync({ params, body: {} })}
      >
        <p>{t('payout.page.proposals.hint')}</p>
      </CommandDialog>
      {batch.examined ? (
        <CommandDialog<object>
          label={t('payout.do.check')}
          primary
          size="large"
          pending={confirm.isPending}
          problem={confirm.error}
          onSubmit={() => confirm.mutateAsync({ params, body: {} })}
        >
          <p>{t('payout.do.check.hint', { open: batch.proposals.open, hold: batch.proposals.hold })}</p>
        </CommandDialog>
      ) : null}
    </Space>
  );
}

function Approve({ batch }: { batch: PayoutBatchView }) {
  const t = useT();
  const approve = useCommand(approvePayoutBatch);
  return (
    <CommandDialog<object>
      label={t('payout.do.approve')}
      primary
      size="large"
      pending={approve.isPending}
      problem={approve.error}
      onSubmit={() => approve.mutateAsync({ params: { id: batch.id }, body: {} })}
    >
      <p>{t('payout.do.approve.hint', { lines: batch.payable.lines, total: formatFen(batch.payable.totalFen) })}</p>
    </CommandDialog>
  );
}

function Send({ batch }: { batch: PayoutBatchView }) {
  const t = useT();
  const send = useCommand(sendPayoutBatch);
  return (
    <CommandDialog<{ format: 'delimited' | 'fixed-width' }>
      label={t('payout.do.send')}
      primary
      size="large"
      initialValues={{ format: 'delimited' }}
      pending={send.isPending}
      problem={send.error}
      onSubmit={(body) => send.mutateAsync({ params: { id: batch.id }, body })}
    >
      <p>{t('payout.do.send.hint')}</p>
      <Form.Item name="format" label={t('payout.do.send.format')} rules={[{ required: true }]}>
        <Radio.Group
          options={(['delimited', 'fixed-width'] as const).map((value) => ({
            value,
            label: t(`payout.format.${value}`),
          }))}
        />
      </Form.Item>
    </CommandDialog>
  );
}

function Withdraw({ batch }: { batch: PayoutBatchView }) {
  const t = useT();
  const withdraw = useCommand(withdrawPayoutBatch);
  return (
    <CommandDialog<{ reason: string }>
      label={t('payout.do.withdraw')}
      danger
      size="large"
      pending={withdraw.isPending}
      problem={withdraw.error}
      onSubmit={(body) => withdraw.mutateAsync({ params: { id: batch.id }, body })}
    >
      <Form.Item name="reason" label={t('payout.reason')} rules={[{ required: true, min: 2 }]}>
        <Input.TextArea maxLength={300} autoSize={{ minRows: 2 }} />
      </Form.Item>
    </CommandDialog>
  );
}

function Reissue({ batch }: { batch: PayoutBatchView }) {
  const t = useT();
  const navigate = useNavigate();
  const reissue = useCommand(reissuePayoutLines);
  return (
    <CommandDialog<{ planId: string; payDay: string }>
      label={t('payout.do.reissue')}
      size="large"
      initialValues={{ payDay: todayLocal() }}
      pending={reissue.isPending}
      problem={reissue.error}
      onSubmit={async (body) => {
        const made = await reissue.mutateAsync({ params: { id: batch.id }, body });
        void navigate(`/payouts/${made.id}`);
      }}
    >
      <p>{t('payout.do.reissue.hint')}</p>
      <PlanField regionCode={batch.region.code} />
      <Form.Item name="payDay" label={t('payout.col.payDay')} rules={[{ required: true }]}>
        <DayInput />
      </Form.Item>
    </CommandDialog>
  );
}
