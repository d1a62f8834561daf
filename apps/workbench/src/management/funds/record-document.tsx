import { recordSourceDocument } from '@sunlit/api-spec';
import { DayInput, todayLocal, useCommand } from '@sunlit/ui';
import { Form, Input } from 'antd';
import { useT } from '../../messages.ts';
import { RegionField } from '../../shell/region-field.tsx';
import { useSession } from '../../shell/session.tsx';
import { CommandDialog } from './command-dialog.tsx';
import { YuanField, fenOf } from './yuan-field.tsx';

interface Values {
  regionCode: string;
  number: string;
  title: string;
  issuer: string;
  issuedOn: string;
  amount: string;
}

export function RecordDocument() {
  const t = useT();
  const session = useSession();
  const record = useCommand(recordSourceDocument);
  return (
    <CommandDialog<Values>
      label={t('fund.do.document')}
      primary
      size="large"
      initialValues={{ regionCode: session.region.code, issuedOn: todayLocal() }}
      pending={record.isPending}
      problem={record.error}
      onSubmit={({ amount, ...body }) => record.mutateAsync({ body: { ...body, amountFen: fenOf(amount)! } })}
    >
      <Form.Item name="number" label={t('fund.form.number')} rules={[{ required: true, min: 3 }]}>
        <Input maxLength={60} autoComplete="off" autoFocus />
      </Form.Item>
      <Form.Item name="title" label={t('fund.form.documentTitle')} rules={[{ required: true, min: 4 }]}>
        <Input maxLength={200} autoComplete="off" />
      </Form.Item>
      <Form.Item name="issuer" label={t('fund.form.issuer')} rules={[{ required: true, min: 2 }]}>
        <Input maxLength={80} autoComplete="off" />
      </Form.Item>
      <Form.Item name="issuedOn" label={t('fund.form.issuedOn')} rules={[{ required: true }]}>
        <DayInput max={todayLocal()} />
      </Form.Item>
      <YuanField />
      <Form.Item name="regionCode" label={t('fund.form.region')} rules={[{ required: true }]}>
        <RegionField />
      </Form.Item>
    </CommandDialog>
  );
}
