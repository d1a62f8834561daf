import { parseYuan } from '@sunlit/kernel';
import { formatFen } from '@sunlit/ui';
import { Form, Input } from 'antd';
import { useT } from '../../messages.ts';

/** What was typed in yuan as whole fen; undefined when it is no amount above zero with at most two decimals. */
export function fenOf(text: string | undefined): number | undefined {
  if (!text || !/^\s*[\d,，]+(\.\d{1,2})?\s*$/.test(text)) return undefined;
  const read = parseYuan(text);
  return read.ok && read.value > 0 ? read.value : undefined;
}

interface YuanFieldProps {
  readonly name?: string | (string | number)[];
  /** default: the amount */
  readonly label?: string;
  readonly mostFen?: number;
}

export function YuanField({ name = 'amount', label, mostFen }: YuanFieldProps) {
  const t = useT();
  return (
    <Form.Item
      name={name}
      label={label ?? t('fund.form.amount')}
      extra={mostFen === undefined ? undefined : t('fund.form.amount.left', { amount: formatFen(mostFen) })}
      rules={[
        {
          required: true,
          validator: (_rule, text: string | undefined) =>
            fenOf(text) === undefined ? Promise.reject(new Error(t('fund.form.amount.bad'))) : Promise.resolve(),
        },
      ]}
    >
      <Input inputMode="decimal" autoComplete="off" maxLength={20} className="number" />
    </Form.Item>
  );
}
