import {
  getDecisionLetter,
  getVerificationPaper,
  type ProcedureView,
  type StepAction,
  type StepForm,
} from '@sunlit/api-spec';
import { DayInput, endpointUrl, todayLocal, useLocalised } from '@sunlit/ui';
import { Button, Checkbox, Form, Input, Radio, Select, Space } from 'antd';
import type { ReactNode } from 'react';
import { useT } from '../../messages.ts';
import { Appraise } from './appraise-step.tsx';
import { StepDialog, onToday } from './step-dialog.tsx';
import { Verify } from './verify-step.tsx';

/** The steps this reader may take now; the next one first. */
export function ProcedureActions({ procedure }: { procedure: ProcedureView }) {
  const t = useT();
  const actions = procedure.actions as StepAction[];
  const main = actions.find((one) => one !== 'set-aside' && one !== 'withdraw');
  return (
    <Space wrap>
      {actions.map((action) => (
        <Step key={action} action={action} procedure={procedure} primary={action === main} />
      ))}
      {procedure.hasLetter ? (
        <Button size="large" href={endpointUrl(getDecisionLetter, { params: { id: procedure.id } })} target="_blank">
          {t('ident.letter')}
        </Button>
      ) : null}
      {procedure.isFinal ? null : (
        <Button size="large" href={endpointUrl(getVerificationPaper, { params: { id: procedure.id } })} target="_blank">
          {t('ident.paper')}
        </Button>
      )}
    </Space>
  );
}

export interface StepProps {
  procedure: ProcedureView;
  label: string;
  primary: boolean;
}

function Step({ action, procedure, primary }: { action: StepAction; procedure: ProcedureView; primary: boolean }) {
  const local = useLocalised();
  const label = local(procedure.actionTitles[action] ?? { zh: action, en: action });
  const props = { procedure, label, primary };
  switch (action) {
    case 'verify':
      return <Verify {...props} />;
    case 'authorise':
      return <Authorise {...props} />;
    case 'compare':
      return <Compare {...props} />;
    case 'appraise':
      return <Appraise {...props} />;
    case 'sign':
      return <Sign {...props} />;
    case 'put-up':
    case 'put-up-second':
    case 'announce':
      return <PutUp {...props} action={action} />;
    case 'review':
    case 'decide':
      return <Decide {...props} action={action} />;
    case 'complete':
      return <Complete {...props} />;
    case 'set-aside':
    case 'withdraw':
      return <GiveUp {...props} action={action} />;
  }
}

const required = [{ required: true }];

function Authorise(props: StepProps) {
  const t = useT();
  return (
    <StepDialog
      {...props}
      initialValues={{ ...onToday('signedOn'), signedBy: 'self' }}
      read={(values) => ({ action: 'authorise', ...values }) as StepForm}
    >
      <p>{t('ident.authorise.hint')}</p>
      <Form.Item name={['form', 'signedOn']} label={t('ident.signedOn')} rules={required}>
        <DayInput max={todayLocal()} />
      </Form.Item>
      <Form.Item name={['form', 'signedBy']} label={t('ident.authorise.signedBy')} rules={required}>
        <Radio.Group
          options={(['self', 'guardian', 'proxy'] as const).map((value) => ({
            value,
            label: t(`ident.authorise.${value}`),
          }))}
        />
      </Form.Item>
      <Agreed name="truthful">{t('ident.authorise.truthful')}</Agreed>
    </StepDialog>
  );
}

/** A statement that must be made: the step cannot be taken without it. */
function Agreed({ name, children }: { name: string; children: ReactNode }) {
  return (
    <Form.Item
      name={['form', name]}
      valuePropName="checked"
      rules={[{ validator: (_, value) => (value === true ? Promise.resolve() : Promise.reject(new Error('—'))) }]}
    >
      <Checkbox>{children}</Checkbox>
    </Form.Item>
  );
}

function Compare(props: StepProps) {
  const t = useT();
  return (
    <StepDialog
      {...props}
      initialValues={{ obstacle: false }}
      read={(values) => ({ action: 'compare', ...values }) as StepForm}
    >
      <p>{t('ident.compare.hint')}</p>
      <Form.Item name={['form', 'conclusion']} label={t('ident.compare.conclusion')} rules={required}>
        <Input.TextArea rows={3} maxLength={2000} />
      </Form.Item>
      <Form.Item name={['form', 'obstacle']} valuePropName="checked">
        <Checkbox>{t('ident.compare.obstacle')}</Checkbox>
      </Form.Item>
    </StepDialog>
  );
}

function Sign(props: StepProps) {
  const t = useT();
  const local = useLocalised();
  const { signatures, confirmations } = props.procedure;
  return (
    <StepDialog
      {...props}
      initialValues={{ ...onToday('signedOn'), confirmations: [] }}
      read={(values) => {
        const names = values['names'] as Record<string, string>;
        return {
          action: 'sign',
          confirmations: values['confirmations'] as string[],
          signatures: signatures.map(({ code }) => ({
            code,
            name: names[code] ?? '',
            signedOn: String(values['signedOn']),
          })),
        };
      }}
    >
      <p>{t('ident.sign.hint')}</p>
      <Form.Item name={['form', 'confirmations']} label={t('ident.sign.confirmations')} rules={required}>
        <Checkbox.Group
          className="stacked"
          options={confirmations.map((one) => ({ value: one.code, label: local(one.title) }))}
        />
      </Form.Item>
      {signatures.map((one) => (
        <Form.Item
          key={one.code}
          name={['form', 'names', one.code]}
          label={t('ident.sign.name', { who: local(one.title) })}
          rules={required}
        >
          <Input maxLength={60} autoComplete="off" />
        </Form.Item>
      ))}
      <Form.Item name={['form', 'signedOn']} label={t('ident.signedOn')} rules={required}>
        <DayInput max={todayLocal()} />
      </Form.Item>
    </StepDialog>
  );
}

function PutUp({ action, ...props }: StepProps & { action: 'put-up' | 'put-up-second' | 'announce' }) {
  const t = useT();
  return (
    <StepDialog {...props} read={(values) => ({ action, group: '', ...values }) as StepForm}>
      <p>{t('ident.putup.hint')}</p>
      <Form.Item name={['form', 'contact']} label={t('ident.putup.contact')} rules={required}>
        <Input maxLength={100} autoComplete="off" />
      </Form.Item>
      <Form.Item name={['form', 'group']} label={t('ident.putup.group')}>
        <Input maxLength={40} autoComplete="off" />
      </Form.Item>
    </StepDialog>
  );
}

function Decide({ action, ...props }: StepProps & { action: 'review' | 'decide' }) {
  const t = useT();
  const local = useLocalised();
  const { classes, class: proposed, purpose } = props.procedure;
  const choosesClass = action === 'decide' && purpose === 'entry';
  return (
    <StepDialog
      {...props}
      initialValues={choosesClass ? { classCode: proposed?.code } : {}}
      read={(values) => ({ action, ...values }) as StepForm}
    >
      <Form.Item name={['form', 'approve']} label={t('ident.decide.approve')} rules={required}>
        <Radio.Group
          options={[
            { value: true, label: t('ident.decide.yes') },
            { value: false, label: t('ident.decide.no') },
          ]}
        />
      </Form.Item>
      {choosesClass ? (
        <Form.Item name={['form', 'classCode']} label={t('ident.fact.class')}>
          <Select options={classes.map((one) => ({ value: one.code, label: local(one.title) }))} />
        </Form.Item>
      ) : null}
      <Form.Item name={['form', 'opinion']} label={t('ident.decide.opinion')} rules={required}>
        <Input.TextArea rows={3} maxLength={2000} />
      </Form.Item>
      <Agreed name="noInterest">{t('ident.noInterest')}</Agreed>
    </StepDialog>
  );
}

function Complete(props: StepProps) {
  const t = useT();
  return (
    <StepDialog
      {...props}
      initialValues={onToday('from')}
      read={(values) => ({ action: 'complete', ...values }) as StepForm}
    >
      <p>{t(`ident.complete.hint.${props.procedure.purpose}`)}</p>
      <Form.Item name={['form', 'from']} label={t('ident.complete.from')} rules={required}>
        <DayInput max={todayLocal()} />
      </Form.Item>
    </StepDialog>
  );
}

function GiveUp({ action, procedure, label }: StepProps & { action: 'set-aside' | 'withdraw' }) {
  const t = useT();
  return (
    <StepDialog procedure={procedure} label={label} danger read={(values) => ({ action, ...values }) as StepForm}>
      <Form.Item name={['form', 'reason']} label={t('ident.reason')} rules={required}>
        <Input.TextArea rows={3} maxLength={1000} />
      </Form.Item>
    </StepDialog>
  );
}
