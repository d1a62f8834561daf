import { answerShare, listShares, type ShareItem } from '@sunlit/api-spec';
import { Amount, DayInput, todayLocal, useCommand } from '@sunlit/ui';
import { Form, Radio, Tag } from 'antd';
import { Link } from 'react-router';
import { useT } from '../../messages.ts';
import { CommandDialog } from '../funds/command-dialog.tsx';
import { YuanField, fenOf } from '../funds/yuan-field.tsx';
import { PagedSection } from '../payouts/paged-section.tsx';

const answers = ['received', 'less', 'nothing'] as const;

/** Each household's share, and what the household itself says about it. */
export function AssetShares({ distributionId, paid }: { distributionId: string; paid: boolean }) {
  const t = useT();
  return (
    <PagedSection<ShareItem>
      title={t('asset.shares')}
      empty={t('asset.distributions.none')}
      endpoint={listShares}
      params={{ id: distributionId }}
      rowKey={(row) => row.householdId}
      columns={[
        {
          title: t('asset.share.household'),
          render: (row) => (
            <Link to={`/households/${row.householdId}`}>
              {row.head} {row.householdNumber}
            </Link>
          ),
        },
        { title: t('asset.share.amount'), right: true, render: (row) => <Amount fen={row.amountFen} /> },
        {
          title: t('asset.share.answer'),
          render: (row) =>
            row.answer === null ? (
              <span className="soft">{t('asset.share.none')}</span>
            ) : (
              <>
                <Tag color={row.answer === 'received' ? undefined : 'red'}>{t(`asset.share.answer.${row.answer}`)}</Tag>
                {row.answer === 'less' ? <Amount fen={row.answeredFen} /> : null} {row.answeredOn} {row.answerBy}
              </>
            ),
        },
        {
          title: t('asset.do.answer'),
          render: (row) =>
            paid ? <AnswerDialog distributionId={distributionId} householdId={row.householdId} /> : null,
        },
      ]}
    />
  );
}

function AnswerDialog({ distributionId, householdId }: { distributionId: string; householdId: string }) {
  const t = useT();
  const record = useCommand(answerShare);
  return (
    <CommandDialog<{ answer: (typeof answers)[number]; amount?: string; answeredOn: string }>
      label={t('asset.do.answer')}
      size="small"
      initialValues={{ answer: 'received', answeredOn: todayLocal() }}
      pending={record.isPending}
      problem={record.error}
      onSubmit={({ amount, ...body }) =>
        record.mutateAsync({
          params: { id: distributionId },
          body: { ...body, householdId, ...(body.answer === 'less' ? { answeredFen: fenOf(amount) } : {}) },
        })
      }
    >
      <Form.Item name="answer" label={t('asset.share.answer')} rules={[{ required: true }]}>
        <Radio.Group options={answers.map((value) => ({ value, label: t(`asset.share.answer.${value}`) }))} />
      </Form.Item>
      <Form.Item noStyle shouldUpdate>
        {({ getFieldValue }) => (getFieldValue('answer') === 'less' ? <YuanField /> : null)}
      </Form.Item>
      <Form.Item name="answeredOn" label={t('project.form.happenedOn')} rules={[{ required: true }]}>
        <DayInput max={todayLocal()} />
      </Form.Item>
    </CommandDialog>
  );
}
