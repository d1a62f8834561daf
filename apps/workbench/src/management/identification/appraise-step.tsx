import { MinusCircleOutlined, PlusOutlined } from '@ant-design/icons';
import { listProcedureDefinitions, type StepForm } from '@sunlit/api-spec';
import { DayInput, todayLocal, useEndpoint, useLocalised } from '@sunlit/ui';
import { Button, Form, Input, InputNumber, Select, Space } from 'antd';
import { useT } from '../../messages.ts';
import type { StepProps } from './procedure-actions.tsx';
import { StepDialog, onToday } from './step-dialog.tsx';

type Attendee = Extract<StepForm, { action: 'appraise' }>['attendees'][number];

const split = (text: string) =>
  text
    .split(/[\n,，、;；]/u)
    .map((name) => name.trim())
    .filter(Boolean);

/** Names one a line, as minutes have them; those who stood aside are taken out of the vote. */
function readAttendees(text: string, relatives: { name: string; relation: string }[], namesakes: string): Attendee[] {
  const aside = new Map(relatives.map((one) => [one.name.trim(), one.relation]));
  const names = split(text);
  const known = new Set(split(namesakes));
  const all = [...names, ...[...aside.keys()].filter((name) => !names.includes(name))];
  return all.map((name) => {
    const relation = aside.get(name);
    return {
      name,
      relation: (relation ?? 'none') as Attendee['relation'],
      votes: relation === undefined,
      namesake: known.has(name),
    };
  });
}

/** The appraisal from its minutes. */
export function Appraise(props: StepProps) {
  const t = useT();
  const local = useLocalised();
  const relations = useEndpoint(listProcedureDefinitions, {}).data?.relations ?? [];
  return (
    <StepDialog
      {...props}
      initialValues={{ ...onToday('heldOn'), relatives: [], votesAgainst: 0, abstained: 0 }}
      read={({ present, relatives, namesakes, ...values }) =>
        ({
          action: 'appraise',
          ...values,
          attendees: readAttendees(
            String(present),
            (relatives ?? []) as { name: string; relation: string }[],
            typeof namesakes === 'string' ? namesakes : '',
          ),
        }) as StepForm
      }
    >
      <p>{t('ident.appraise.hint', { quorum: props.procedure.quorumPercent ?? 0 })}</p>
      <Form.Item name={['form', 'heldOn']} label={t('ident.appraise.heldOn')} rules={[{ required: true }]}>
        <DayInput max={todayLocal()} />
      </Form.Item>
      <Form.Item name={['form', 'chair']} label={t('ident.appraise.chair')} rules={[{ required: true }]}>
        <Input maxLength={60} autoComplete="off" />
      </Form.Item>
      <Form.Item name={['form', 'eligible']} label={t('ident.appraise.eligible')} rules={[{ required: true }]}>
        <InputNumber min={1} max={2000} precision={0} inputMode="numeric" />
      </Form.Item>
      <Form.Item name={['form', 'present']} label={t('ident.appraise.attendees')} rules={[{ required: true }]}>
        <Input.TextArea autoSize={{ minRows: 4, maxRows: 12 }} maxLength={8000} />
      </Form.Item>
      <Form.List name={['form', 'relatives']}>
        {(rows, { add, remove }) => (
          <fieldset className="plain-fieldset">
            <legend>{t('ident.appraise.relatives')}</legend>
            {rows.map((row) => (
              <Space key={row.key} wrap align="end">
                <Form.Item
                  name={[row.name, 'name']}
                  label={t('ident.appraise.relative.name')}
                  rules={[{ required: true }]}
                >
                  <Input maxLength={60} autoComplete="off" />
                </Form.Item>
                <Form.Item
                  name={[row.name, 'relation']}
                  label={t('ident.appraise.relative.relation')}
                  rules={[{ required: true }]}
                >
                  <Select
                    style={{ minWidth: 140 }}
                    options={relations
                      .filter((one) => one.code !== 'none')
                      .map((one) => ({ value: one.code, label: local(one.title) }))}
                  />
                </Form.Item>
                <Form.Item label=" ">
                  <Button
                    aria-label={t('notice.do.remove')}
                    icon={<MinusCircleOutlined aria-hidden />}
                    onClick={() => remove(row.name)}
                  />
                </Form.Item>
              </Space>
            ))}
            <Button icon={<PlusOutlined aria-hidden />} onClick={() => add({})}>
              {t('ident.appraise.relative.add')}
            </Button>
          </fieldset>
        )}
      </Form.List>
      <Form.Item name={['form', 'namesakes']} label={t('ident.appraise.namesake')}>
        <Input maxLength={400} autoComplete="off" />
      </Form.Item>
      <Space wrap>
        {(['For', 'Against'] as const).map((name) => (
          <Form.Item
            key={name}
            name={['form', `votes${name}`]}
            label={t(`ident.appraise.${name === 'For' ? 'for' : 'against'}`)}
            rules={[{ required: true }]}
          >
            <InputNumber min={0} precision={0} inputMode="numeric" />
          </Form.Item>
        ))}
        <Form.Item name={['form', 'abstained']} label={t('ident.appraise.abstained')} rules={[{ required: true }]}>
          <InputNumber min={0} precision={0} inputMode="numeric" />
        </Form.Item>
      </Space>
      <Form.Item name={['form', 'minutes']} label={t('ident.appraise.minutes')} rules={[{ required: true }]}>
        <Input.TextArea rows={3} maxLength={4000} />
      </Form.Item>
    </StepDialog>
  );
}
