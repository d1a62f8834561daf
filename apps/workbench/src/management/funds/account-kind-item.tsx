import { paymentAccount } from '@sunlit/api-spec';
import { Form, Radio } from 'antd';
import { useT } from '../../messages.ts';

/** Where the money went. A person's account or cash is written down as it was; a rule asks about it. */
export function AccountKindItem() {
  const t = useT();
  return (
    <Form.Item name="accountKind" label={t('fund.form.accountKind')} rules={[{ required: true }]}>
      <Radio.Group options={paymentAccount.options.map((value) => ({ value, label: t(`fund.account.${value}`) }))} />
    </Form.Item>
  );
}
