import { decideFinding, outcome as outcomes, type FindingView } from '@sunlit/api-spec';
import { CommandForm, useCommand, useLocalised } from '@sunlit/ui';
import { Alert, Form, Input, Radio, Select } from 'antd';
import { useT } from '../../messages.ts';

interface Decision {
  outcome: 'confirmed' | 'excused' | 'wrong-data';
  excuse?: string | null;
  reason: string;
  withoutAnswerReason?: string;
}

/** The decision of a named person: outcome, reason, and, where nobody was heard, why not. It stops no benefit. */
export function DecideForm({ finding, onClose }: { finding: FindingView; onClose: () => void }) {
  const t = useT();
  const local = useLocalised();
  const decide = useCommand(decideFinding);
  const unheard = finding.answers.length === 0;
  return (
    <CommandForm<Decision>
      submitLabel={t('finding.action.decide')}
      submitting={decide.isPending}
      problem={decide.error}
      onCancel={onClose}
      onDone={onClose}
      onSubmit={(values) =>
        decide.mutateAsync({
          params: { id: finding.id },
          body: {
            ...values,
            excuse: values.outcome === 'excused' ? (values.excuse ?? null) : null,
            expectedVersion: finding.version,
          },
        })
      }
    >
      <Alert type="info" showIcon title={t('finding.decide.notStop')} style={{ marginBottom: 16 }} />
      <Form.Item name="outcome" label={t('finding.decide.outcome')} rules={[{ required: true }]}>
        <Radio.Group options={outcomes.options.map((value) => ({ value, label: t(`finding.outcome.${value}`) }))} />
      </Form.Item>
      <Form.Item noStyle dependencies={['outcome']}>
        {({ getFieldValue }) =>
          getFieldValue('outcome') === 'excused' && finding.excuses.length > 0 ? (
            <Form.Item name="excuse" label={t('finding.decide.excuse')} rules={[{ required: true }]}>
              <Select options={finding.excuses.map((excuse) => ({ value: excuse.code, label: local(excuse.text) }))} />
            </Form.Item>
          ) : null
        }
      </Form.Item>
      <Form.Item name="reason" label={t('finding.decide.reason')} rules={[{ required: true, min: 5 }]}>
        <Input.TextArea rows={5} maxLength={2000} showCount />
      </Form.Item>
      {unheard ? (
        <>
          <Alert type="warning" showIcon title={t('finding.decide.noAnswer')} style={{ marginBottom: 12 }} />
          <Form.Item
            name="withoutAnswerReason"
            label={t('finding.decide.withoutAnswer')}
            rules={[{ required: true, min: 5 }]}
          >
            <Input.TextArea rows={2} maxLength={500} />
          </Form.Item>
        </>
      ) : null}
    </CommandForm>
  );
}
