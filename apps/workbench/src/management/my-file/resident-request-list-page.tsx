import {
  answerResidentRequest,
  exportResidentRequests,
  listResidentRequests,
  residentRequestKind,
  type ResidentRequest,
} from '@sunlit/api-spec';
import { ListPage, RegionName, useCommand } from '@sunlit/ui';
import { Form, Input, Radio } from 'antd';
import { Link } from 'react-router';
import { useT } from '../../messages.ts';
import { exportTool, useTimeSorts } from '../../shell/list-by-time.tsx';
import { useRegion } from '../../shell/region.tsx';
import { CommandDialog } from '../funds/command-dialog.tsx';

/** What residents ask about their own files; each ends with an answer. */
export function ResidentRequestListPage() {
  const t = useT();
  const sorts = useTimeSorts();
  const { regionCode } = useRegion();
  return (
    <ListPage<typeof listResidentRequests, ResidentRequest>
      name="resident-requests"
      title={t('residentRequest.title')}
      answer={t('residentRequest.answer')}
      endpoint={listResidentRequests}
      fixedQuery={{ regionCode }}
      rowKey={(item) => item.id}
      empty={{ explanation: t('residentRequest.empty') }}
      filters={[
        {
          key: 'state',
          label: t('residentRequest.col.state'),
          kind: 'select',
          options: (['received', 'answered'] as const).map((value) => ({
            value,
            label: t(`residentRequest.state.${value}`),
          })),
        },
        {
          key: 'kind',
          label: t('residentRequest.col.kind'),
          kind: 'select',
          options: residentRequestKind.options.map((value) => ({ value, label: t(`residentRequest.kind.${value}`) })),
        },
        { key: 'regionCode', label: t('residentRequest.col.region'), kind: 'region' },
      ]}
      sorts={sorts}
      tools={exportTool(exportResidentRequests, 'resident-requests.csv')}
      columns={[
        {
          key: 'number',
          title: t('residentRequest.col.number'),
          primary: true,
          render: (item) => <span className="number nowrap">{item.number}</span>,
        },
        {
          key: 'kind',
          title: t('residentRequest.col.kind'),
          render: (item) => (
            <>
              {t(`residentRequest.kind.${item.kind}`)}
              {item.kind === 'contest' && item.subjectId ? (
                <div>
                  <Link to={item.subjectKind === 'hold' ? `/payouts/${item.batchId}` : `/findings/${item.subjectId}`}>
                    {t(item.subjectKind === 'hold' ? 'residentRequest.hold' : 'residentRequest.subject')}
                  </Link>
                </div>
              ) : null}
            </>
          ),
        },
        {
          key: 'household',
          title: t('residentRequest.col.household'),
          render: (item) => <Link to={`/households/${item.householdId}`}>{item.householdHead}</Link>,
        },
        {
          key: 'text',
          title: t('residentRequest.col.text'),
          render: (item) => (
            <div style={{ minWidth: 200, maxWidth: 460 }}>
              {item.text}
              {item.answer ? (
                <div className="soft">
                  {t('residentRequest.do')}：{item.outcome ? `${t(`residentRequest.outcome.${item.outcome}`)} ` : ''}
                  {item.answer}（{item.answeredBy}）
                </div>
              ) : null}
            </div>
          ),
        },
        {
          key: 'region',
          title: t('residentRequest.col.region'),
          render: (item) => <RegionName region={item.region} />,
        },
        {
          key: 'state',
          title: t('residentRequest.col.state'),
          render: (item) => t(`residentRequest.state.${item.state}`),
        },
        {
          key: 'due',
          title: t('residentRequest.col.due'),
          render: (item) => (
            <span className="number nowrap">
              {item.dueOn} {item.overdue ? t('residentRequest.overdue') : ''}
            </span>
          ),
        },
        {
          key: 'actions',
          title: t('residentRequest.col.actions'),
          render: (item) =>
            item.state === 'answered' ? null : item.notByYou ? (
              <span className="soft">{t('residentRequest.notByYou')}</span>
            ) : (
              <Answer id={item.id} ofHold={item.subjectKind === 'hold'} />
            ),
        },
      ]}
    />
  );
}

function Answer({ id, ofHold }: { id: string; ofHold: boolean }) {
  const t = useT();
  const answer = useCommand(answerResidentRequest);
  return (
    <CommandDialog<{ answer: string; outcome?: 'upheld' | 'rejected' }>
      label={t('residentRequest.do')}
      size="small"
      pending={answer.isPending}
      problem={answer.error}
      onSubmit={(body) => answer.mutateAsync({ params: { id }, body })}
    >
      {ofHold ? (
        <Form.Item
          name="outcome"
          label={t('residentRequest.outcome')}
          extra={t('residentRequest.outcome.hint')}
          rules={[{ required: true }]}
        >
          <Radio.Group
            options={(['upheld', 'rejected'] as const).map((value) => ({
              value,
              label: t(`residentRequest.outcome.${value}`),
            }))}
          />
        </Form.Item>
      ) : null}
      <Form.Item name="answer" label={t('residentRequest.text')} rules={[{ required: true, min: 2 }]}>
        <Input.TextArea rows={5} maxLength={2000} />
      </Form.Item>
    </CommandDialog>
  );
}
