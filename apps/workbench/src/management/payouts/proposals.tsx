import { decidePayoutProposal, endPayoutHold, listPayoutProposals, type PayoutBatchView, type PayoutProposal } from '@sunlit/api-spec';
import { Amount, useCommand, useLocalised, useMay } from '@sunlit/ui';
import { Form, Input, InputNumber, Radio } from 'antd';
import { Link } from 'react-router';
import { useT } from '../../messages.ts';
import { CommandDialog } from '../funds/command-dialog.tsx';
import { HoldNoticeLink } from './hold-notice-link.tsx';
import { PagedSection } from './paged-section.tsx';

/** What the check before paying found; each is decided by a checker, or the line is paid. */
export function Proposals({ batch }: { batch: PayoutBatchView }) {
  const t = useT();
  const local = useLocalised();
  const may = useMay();
  const open = batch.state === 'draft' && may('payout.check');
  const mayEnd = batch.state !== 'draft' && batch.state !== 'withdrawn' && may('payout.check');
  return (
    <PagedSection<PayoutProposal>
      title={t('payout.page.proposals')}
      hint={t('payout.page.proposals.hint')}
      empty={t('payout.page.proposals.none')}
      endpoint={listPayoutProposals}
      params={{ id: batch.id }}
      rowKey={(item) => item.id}
      columns={[
        {
          title: t('payout.col.payee'),
          render: (item) => <Link to={`/households/${item.line.householdId}`}>{item.line.payee}</Link>,
        },
        { title: t('payout.col.amount'), right: true, render: (item) => <Amount fen={item.line.amountFen} /> },
        { title: t('payout.col.doubt'), render: (item) => t(`payout.doubt.${item.doubt}`) },
        { title: t('payout.col.fact'), render: (item) => local(item.fact) },
        {
          title: t('payout.col.decision'),
          render: (item) => (
            <>
              {item.decision ? (
                <p>
                  {t('payout.decided', {
                    decision: t(`payout.decide.${item.decision.decision}`),
                    reason: [item.decision.reason, item.decision.legalBasis].filter(Boolean).join('；'),
                    by: item.decision.by,
                  })}
                  {item.decision.noticeId ? <HoldNoticeLink id={item.decision.noticeId} /> : null}
                </p>
              ) : null}
              {item.decision?.ended ? (
                <p>
                  {t('payout.hold.ended.short', item.decision.ended)}
                  <HoldNoticeLink id={item.decision.ended.noticeId} end />
                </p>
              ) : null}
              {item.decision?.noticeId && mayEnd && (item.line.state === 'held' || item.line.state === 'listed') ? (
                <EndHold noticeId={item.decision.noticeId} />
              ) : null}
              {open ? <Decide proposal={item} mostDays={batch.longestHoldDays} /> : null}
            </>
          ),
        },
      ]}
    />
  );
}

interface Decision {
  decision: 'pay' | 'hold';
  reason: string;
  legalBasis?: string;
  holdDays?: number;
  contactPhone?: string;
}

function Decide({ proposal, mostDays }: { proposal: PayoutProposal; mostDays: number | null }) {
  const t = useT();
  const decide = useCommand(decidePayoutProposal);
  return (
    <CommandDialog<Decision>
      label={t('payout.do.decide')}
      size="small"
      pending={decide.isPending}
      problem={decide.error}
      onSubmit={(body) => decide.mutateAsync({ params: { id: proposal.id }, body })}
    >
      <Form.Item name="decision" label={t('payout.col.decision')} rules={[{ required: true }]}>
        <Radio.Group
          options={(['pay', 'hold'] as const).map((value) => ({ value, label: t(`payout.decide.${value}`) }))}
        />
      </Form.Item>
      <Form.Item name="reason" label={t('payout.reason')} rules={[{ required: true, min: 2 }]}>
        <Input.TextArea maxLength={300} autoSize={{ minRows: 2 }} />
      </Form.Item>
      <Form.Item noStyle shouldUpdate>
        {({ getFieldValue }) =>
          getFieldValue('decision') === 'hold' ? (
            <>
              <Form.Item name="legalBasis" label={t('payout.decide.basis')} rules={[{ required: true, min: 2 }]}>
                <Input maxLength={300} />
              </Form.Item>
              <Form.Item
                name="holdDays"
                label={t('payout.decide.days')}
                extra={mostDays === null ? undefined : t('payout.decide.days.most', { days: mostDays })}
                rules={[{ required: true }]}
              >
                <InputNumber min={1} max={mostDays ?? undefined} precision={0} />
              </Form.Item>
              <Form.Item name="contactPhone" label={t('payout.decide.phone')} extra={t('payout.decide.phone.hint')}>
                <Input maxLength={30} />
              </Form.Item>
              <p className="soft">{t('payout.decide.notice')}</p>
            </>
          ) : null
        }
      </Form.Item>
    </CommandDialog>
  );
}

/** A hold that turns out not to be needed ends at once; the household gets a notice of it. */
function EndHold({ noticeId }: { noticeId: string }) {
  const t = useT();
  const end = useCommand(endPayoutHold);
  return (
    <CommandDialog<{ reason: string }>
      label={t('payout.do.endHold')}
      size="small"
      pending={end.isPending}
      problem={end.error}
      onSubmit={(body) => end.mutateAsync({ params: { id: noticeId }, body })}
    >
      <p className="soft">{t('payout.do.endHold.hint')}</p>
      <Form.Item name="reason" label={t('payout.reason')} rules={[{ required: true, min: 2 }]}>
        <Input.TextArea maxLength={300} autoSize={{ minRows: 2 }} />
      </Form.Item>
    </CommandDialog>
  );
}
