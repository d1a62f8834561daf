import { listProcedureDefinitions, type StepForm } from '@sunlit/api-spec';
import { DayInput, todayLocal, useEndpoint, useLocalised } from '@sunlit/ui';
import { Form, Input, Radio, Select } from 'antd';
import { useT } from '../../messages.ts';
import { fenOf } from '../funds/yuan-field.tsx';
import { HouseholdField } from './household-field.tsx';
import type { StepProps } from './procedure-actions.tsx';
import { StepDialog, onToday } from './step-dialog.tsx';

const safe = ['food', 'education', 'medical', 'housing', 'water'] as const;

/** The visit at home, one question under the other: it is filled in on a phone. */
export function Verify(props: StepProps) {
  const t = useT();
  const local = useLocalised();
  const { procedure } = props;
  const lists = useEndpoint(listProcedureDefinitions, {}).data;
  return (
    <StepDialog
      {...props}
      initialValues={{ ...onToday('visitedOn'), risks: [] }}
      read={({ income, selfPaid, ...values }) =>
        ({
          action: 'verify',
          ...values,
          incomePerCapitaFen: fenOf(income as string | undefined),
          selfPaidFen: fenOf(selfPaid as string | undefined),
        }) as StepForm
      }
    >
      {procedure.householdId === null ? (
        <Form.Item name={['form', 'householdId']} label={t('ident.open.household.exit')} rules={[{ required: true }]}>
          <HouseholdField regionCode={procedure.region.code} />
        </Form.Item>
      ) : null}
      <Form.Item name={['form', 'visitedOn']} label={t('ident.verify.visitedOn')} rules={[{ required: true }]}>
        <DayInput max={todayLocal()} />
      </Form.Item>
      <Form.Item name={['form', 'present']} label={t('ident.verify.present')} rules={[{ required: true }]}>
        <Input maxLength={60} autoComplete="off" />
      </Form.Item>
      <Form.Item name={['form', 'situation']} label={t('ident.verify.situation')} rules={[{ required: true }]}>
        <Input.TextArea rows={4} maxLength={4000} />
      </Form.Item>
      <Form.Item name={['form', 'risks']} label={t('ident.fact.risks')}>
        <Select
          mode="multiple"
          maxCount={5}
          options={(lists?.risks ?? []).map((one) => ({ value: one.code, label: local(one.title) }))}
        />
      </Form.Item>
      {procedure.purpose === 'entry' ? (
        <Form.Item name={['form', 'classCode']} label={t('ident.fact.class')}>
          <Radio.Group
            className="stacked"
            options={procedure.classes.map((one) => ({ value: one.code, label: local(one.title) }))}
          />
        </Form.Item>
      ) : null}
      {safe.map((name) => (
        <Form.Item key={name} name={['form', name]} label={t(`ident.safe.${name}`)} rules={[{ required: true }]}>
          <Radio.Group
            aria-label={t(`ident.safe.${name}`)}
            options={(['ok', 'problem', 'not-checked'] as const).map((value) => ({
              value,
              label: t(`ident.safe.${value}`),
            }))}
          />
        </Form.Item>
      ))}
      {(['income', 'selfPaid'] as const).map((name) => (
        <Form.Item
          key={name}
          name={['form', name]}
          label={t(`ident.verify.${name}`)}
          rules={[
            {
              validator: (_rule, typed: string | undefined) =>
                typed && fenOf(typed) === undefined
                  ? Promise.reject(new Error(t('ident.yuan.bad')))
                  : Promise.resolve(),
            },
          ]}
        >
          <Input inputMode="decimal" autoComplete="off" maxLength={20} className="number" />
        </Form.Item>
      ))}
      <Form.Item name={['form', 'opinion']} label={t('ident.verify.opinion')} rules={[{ required: true }]}>
        <Radio.Group
          options={(['suggested', 'not-suggested'] as const).map((value) => ({
            value,
            label: t(`ident.verify.${value}`),
          }))}
        />
      </Form.Item>
    </StepDialog>
  );
}
