import { answerObjection, recordObjection, type NoticeObjection, type NoticeView } from '@sunlit/api-spec';
import { Section, formatMoment, useCommand } from '@sunlit/ui';
import { Form, Input, Radio, Tag } from 'antd';
import { useT } from '../../messages.ts';
import { ToneTag } from '../../shell/tone-tag.tsx';
import { CommandDialog } from '../funds/command-dialog.tsx';

const channels = ['counter', 'phone', 'visit', 'letter'] as const;

/** What people said against a notice, and what they were answered. */
export function NoticeObjections({ notice }: { notice: NoticeView }) {
  const t = useT();
  return (
    <Section
      title={t('notice.objections')}
      extra={notice.actions.includes('record-objection') ? <Record notice={notice} /> : null}
    >
      {notice.objections.length === 0 ? <p className="soft">{t('notice.objections.none')}</p> : null}
      <ul className="plain-list">
        {notice.objections.map((objection) => (
          <li key={objection.id}>
            <p>
              <strong>{objection.number}</strong> {t(`notice.channel.${objection.channel}` as 'notice.channel.online')}{' '}
              · {formatMoment(objection.recordedAt)}{' '}
              {objection.answer === null ? <ToneTag tone="soon">{t('notice.objection.open')}</ToneTag> : null}
              {objection.contactLeft ? <Tag>{t('notice.objection.contact')}</Tag> : null}
            </p>
            <p>{objection.text}</p>
            {objection.answer === null ? null : (
              <p>
                {t('notice.objection.answer', { answer: objection.answer })}{' '}
                <span className="soft">
                  {objection.answeredBy} · {objection.answeredAt ? formatMoment(objection.answeredAt) : ''}
                </span>
              </p>
            )}
            {objection.answer === null && notice.actions.includes('answer-objection') ? (
              <Answer notice={notice} objection={objection} />
            ) : null}
          </li>
        ))}
      </ul>
    </Section>
  );
}

function Record({ notice }: { notice: NoticeView }) {
  const t = useT();
  const record = useCommand(recordObjection);
  return (
    <CommandDialog<{
      text: string;
      channel: (typeof channels)[number];
      speakerName?: string;
      speakerPhone?: string;
    }>
      label={t('notice.do.object')}
      initialValues={{ channel: 'counter' }}
      pending={record.isPending}
      problem={record.error}
      onSubmit={(body) => record.mutateAsync({ params: { id: notice.id }, body })}
    >
      <Form.Item name="text" label={t('notice.do.object.text')} rules={[{ required: true, min: 2 }]}>
        <Input.TextArea rows={4} maxLength={2000} />
      </Form.Item>
      <Form.Item name="channel" label={t('voice.col.channel')} rules={[{ required: true }]}>
        <Radio.Group options={channels.map((value) => ({ value, label: t(`notice.channel.${value}`) }))} />
      </Form.Item>
      <p className="soft">{t('notice.do.object.private')}</p>
      <Form.Item name="speakerName" label={t('notice.do.object.name')}>
        <Input maxLength={60} autoComplete="off" />
      </Form.Item>
      <Form.Item name="speakerPhone" label={t('notice.do.object.phone')}>
        <Input maxLength={30} inputMode="tel" autoComplete="off" />
      </Form.Item>
    </CommandDialog>
  );
}

function Answer({ notice, objection }: { notice: NoticeView; objection: NoticeObjection }) {
  const t = useT();
  const answer = useCommand(answerObjection);
  return (
    <CommandDialog<{ answer: string }>
      label={t('notice.do.answer')}
      primary
      pending={answer.isPending}
      problem={answer.error}
      onSubmit={(body) => answer.mutateAsync({ params: { id: notice.id, objectionId: objection.id }, body })}
    >
      <Form.Item name="answer" label={t('notice.do.answer.text')} rules={[{ required: true, min: 2 }]}>
        <Input.TextArea rows={4} maxLength={2000} />
      </Form.Item>
    </CommandDialog>
  );
}
