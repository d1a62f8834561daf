import { answerAppeal, lodgeAppeal, type AppealView, type ProcedureView } from '@sunlit/api-spec';
import { Section, formatDay, formatMoment, useCommand, useLocalised } from '@sunlit/ui';
import { Checkbox, Form, Input, Radio, Select, Tag } from 'antd';
import { useT } from '../../messages.ts';
import { ToneTag } from '../../shell/tone-tag.tsx';
import { CommandDialog } from '../funds/command-dialog.tsx';

/** Appeals against the steps of a case, and their answers. */
export function Appeals({ procedure }: { procedure: ProcedureView }) {
  const t = useT();
  const canLodge = procedure.steps.some((step) => step.mayAppeal);
  return (
    <Section title={t('ident.appeals')} extra={canLodge ? <Lodge procedure={procedure} /> : null}>
      {procedure.appeals.length === 0 ? <p className="soft">{t('ident.appeals.none')}</p> : null}
      <ul className="plain-list">
        {procedure.appeals.map((appeal) => (
          <li key={appeal.id}>
            <p>
              <strong>{appeal.number}</strong>{' '}
              {t('ident.appeal.against', { step: appeal.against, at: formatDay(appeal.againstAt) })}{' '}
              {appeal.outcome === null ? (
                <ToneTag tone="soon">{t('ident.appeal.waiting')}</ToneTag>
              ) : (
                <ToneTag tone={appeal.outcome === 'upheld' ? 'done' : 'plain'}>
                  {t(`ident.appeal.${appeal.outcome}`)}
                </ToneTag>
              )}
              {appeal.suspends && appeal.outcome === null ? <Tag>{t('ident.appeal.suspends')}</Tag> : null}
            </p>
            <p>{appeal.text}</p>
            {appeal.answer ? (
              <p>
                {appeal.answer}{' '}
                <span className="soft">
                  {appeal.answeredBy} · {appeal.answeredAt ? formatMoment(appeal.answeredAt) : ''}
                </span>
              </p>
            ) : null}
            {appeal.mayAnswer ? <Answer procedure={procedure} appeal={appeal} /> : null}
          </li>
        ))}
      </ul>
    </Section>
  );
}

function Lodge({ procedure }: { procedure: ProcedureView }) {
  const t = useT();
  const local = useLocalised();
  const lodge = useCommand(lodgeAppeal);
  const steps = procedure.steps.filter((step) => step.mayAppeal);
  return (
    <CommandDialog<{ stepId: string; text: string }>
      label={t('ident.appeal.lodge')}
      initialValues={{ stepId: steps.at(-1)?.id }}
      pending={lodge.isPending}
      problem={lodge.error}
      onSubmit={(body) => lodge.mutateAsync({ params: { id: procedure.id }, body })}
    >
      <Form.Item name="stepId" label={t('ident.appeal.step')} rules={[{ required: true }]}>
        <Select
          options={steps.map((step) => ({
            value: step.id,
            label: `${local(step.title)} ${formatDay(step.at)} ${step.by}`,
          }))}
        />
      </Form.Item>
      <Form.Item name="text" label={t('ident.appeal.text')} rules={[{ required: true, min: 2 }]}>
        <Input.TextArea rows={4} maxLength={4000} />
      </Form.Item>
    </CommandDialog>
  );
}

function Answer({ procedure, appeal }: { procedure: ProcedureView; appeal: AppealView }) {
  const t = useT();
  const answer = useCommand(answerAppeal);
  return (
    <CommandDialog<{ outcome: 'upheld' | 'rejected'; answer: string; noInterest: true }>
      label={t('ident.appeal.answer')}
      primary
      pending={answer.isPending}
      problem={answer.error}
      onSubmit={(body) => answer.mutateAsync({ params: { id: procedure.id, appealId: appeal.id }, body })}
    >
      <Form.Item name="outcome" label={t('ident.appeal.outcome')} rules={[{ required: true }]}>
        <Radio.Group
          options={(['upheld', 'rejected'] as const).map((value) => ({ value, label: t(`ident.appeal.${value}`) }))}
        />
      </Form.Item>
      <Form.Item name="answer" label={t('ident.appeal.answer.text')} rules={[{ required: true, min: 2 }]}>
        <Input.TextArea rows={4} maxLength={4000} />
      </Form.Item>
      <Form.Item
        name="noInterest"
        valuePropName="checked"
        rules={[{ validator: (_, value) => (value === true ? Promise.resolve() : Promise.reject(new Error('—'))) }]}
      >
        <Checkbox>{t('ident.noInterest')}</Checkbox>
      </Form.Item>
    </CommandDialog>
  );
}
