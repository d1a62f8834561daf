import { getNotice, type NoticeView } from '@sunlit/api-spec';
import { DetailPage, Facts, Section, TableFrame, formatMoment, useEndpoint, useLocalised } from '@sunlit/ui';
import { Alert } from 'antd';
import { useParams } from 'react-router';
import { useT } from '../../messages.ts';
import { NoticeActions } from './notice-actions.tsx';
import { NoticeAttachments } from './notice-attachments.tsx';
import { NoticeObjections } from './notice-objections.tsx';
import { NoticeStateTag } from './notice-state-tag.tsx';
import { useLeakWords } from './use-leak-words.ts';

/** One notice as it stands on the board, what keeps it from it, and its trail. */
export function NoticePage() {
  const t = useT();
  const local = useLocalised();
  const { id = '' } = useParams();
  const reading = useEndpoint(getNotice, { params: { id } });
  const notice = reading.data;
  const facts = notice && {
    region: notice.region.fullName,
    entries: notice.entries,
    endsOn: notice.endsOn ?? '',
    days: notice.daysLeft ?? 0,
    objections: notice.openObjections,
    state: t(`notice.state.${notice.state}`),
  };
  const how = notice?.state === 'draft' ? 'draft' : notice?.daysLeft != null ? 'published' : 'closed';
  return (
    <DetailPage
      back={{ to: '/notices', label: t('notice.back') }}
      title={notice ? local(notice.kind.title) : t('notice.list.title')}
      tags={notice ? <NoticeStateTag state={notice.state} /> : null}
      answer={facts ? t(`notice.page.answer.${how}`, facts) : null}
      action={notice ? <NoticeActions notice={notice} /> : null}
      loading={reading.isLoading}
      error={reading.error}
      onRetry={() => void reading.refetch()}
      aside={notice ? <Trail notice={notice} /> : undefined}
    >
      {notice ? (
        <>
          <Obstacles notice={notice} />
          <Board notice={notice} />
          <NoticeAttachments notice={notice} />
          {notice.state === 'draft' ? null : <NoticeObjections notice={notice} />}
        </>
      ) : null}
    </DetailPage>
  );
}

function Obstacles({ notice }: { notice: NoticeView }) {
  const t = useT();
  const words = useLeakWords();
  if (notice.obstacles.length === 0) return null;
  return (
    <Alert
      type={notice.obstacles.some((one) => one.startsWith('leak')) ? 'error' : 'info'}
      showIcon
      title={t('notice.obstacles')}
      description={
        <ul>
          {notice.obstacles.map((one) => (
            <li key={one}>
              {t(`notice.obstacle.${one}`)}
              {one === 'leak-in-text' ? `（${words(notice.leaks)}）` : ''}
            </li>
          ))}
        </ul>
      }
    />
  );
}

function Board({ notice }: { notice: NoticeView }) {
  const t = useT();
  const local = useLocalised();
  const fields = notice.fields.filter((field) => notice.rows.some((row) => row.values[field.name]));
  return (
    <Section title={t('notice.page.board')}>
      {notice.rows.length === 0 ? <p className="soft">{t('notice.page.forgotten')}</p> : null}
      {notice.rows.length > 0 ? (
        <TableFrame label={t('notice.page.board')}>
          <table className="plain-table">
            <thead>
              <tr>
                {fields.map((field) => (
                  <th key={field.name} scope="col">
                    {local(field.label)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {notice.rows.map((row, index) => (
                <tr key={index}>
                  {fields.map((field) => (
                    <td key={field.name}>{row.values[field.name] ?? ''}</td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </TableFrame>
      ) : null}
      <Facts
        items={[
          [t('notice.col.number'), notice.number],
          [
            t('notice.col.period'),
            notice.startsOn && notice.endsOn
              ? t('notice.period', { startsOn: notice.startsOn, endsOn: notice.endsOn })
              : null,
          ],
          [t('notice.page.minimum'), t('notice.page.minimum.days', { days: notice.minimumDays })],
          [t('notice.page.contact'), notice.contact],
          ...(notice.note ? ([[t('notice.page.note'), notice.note]] as const) : []),
          [t('notice.page.wording'), local(notice.wording)],
          [t('notice.page.basis'), notice.basis],
        ]}
      />
    </Section>
  );
}

function Trail({ notice }: { notice: NoticeView }) {
  const t = useT();
  return (
    <Section title={t('notice.steps')}>
      <ol className="history">
        {notice.steps.map((step) => (
          <li key={`${step.action} ${step.at}`}>
            <strong>{t(`notice.step.${step.action}` as 'notice.step.draft')}</strong> {step.by}
            <br />
            <span className="soft">
              {formatMoment(step.at)}
              {step.reason ? ` · ${step.reason}` : ''}
            </span>
          </li>
        ))}
      </ol>
    </Section>
  );
}
