import type { PolicyField } from '@sunlit/api-spec';
import { useLocalised, useUiText } from '@sunlit/ui';
import { Button, Form, Input, InputNumber, Radio, Select, Space } from 'antd';
import { useT } from '../../messages.ts';

/** Money is typed in yuan and kept in fen; shares are typed in percent and kept in thousandths of a percent. */
const scaleOf = (unit: PolicyField['unit']): number => (unit === 'fen' ? 100 : unit === 'thousandths' ? 1000 : 1);

export const toForm = (field: PolicyField, value: unknown): unknown => {
  if (typeof value === 'number') return value / scaleOf(field.unit);
  if (field.unit === 'codes') return typeof value === 'string' && value !== '' ? value.split(',') : [];
  return value;
};
export const fromForm = (field: PolicyField, value: unknown): unknown => {
  if (typeof value === 'number') return Math.round(value * scaleOf(field.unit));
  if (field.unit === 'codes') return Array.isArray(value) ? value.join(',') : value;
  return value;
};

/** The input that fits the kind of value, with its unit and its bounds said in words. */
export function PolicyFieldInput({ field, label }: { field: PolicyField; label: string }) {
  const t = useT();
  const words = useUiText();
  const local = useLocalised();
  const name = field.name === null ? 'value' : ['value', field.name];
  const options = field.choices.map((choice) => ({ value: choice.code, label: local(choice.label) }));
  if (field.unit === 'flag') {
    return (
      <Form.Item name={name} label={label} rules={[{ required: true, message: t('policy.required') }]}>
        <Radio.Group
          options={[
            { value: true, label: words('ui.yes') },
            { value: false, label: words('ui.no') },
          ]}
        />
      </Form.Item>
    );
  }
  if (field.unit === 'codes') {
    return (
      <Form.Item
        name={name}
        label={label}
        rules={[{ required: true, type: 'array', min: 1, message: t('policy.required') }]}
      >
        <Select mode="multiple" options={options} optionFilterProp="label" />
      </Form.Item>
    );
  }
  if (field.unit === 'choice') {
    return (
      <Form.Item name={name} label={label} rules={[{ required: true, message: t('policy.required') }]}>
        <Select options={options} />
      </Form.Item>
    );
  }
  if (field.unit === 'text') {
    return (
      <Form.Item name={name} label={label} rules={[{ required: true, whitespace: true, message: t('policy.required') }]}>
        <Input maxLength={500} />
      </Form.Item>
    );
  }
  if (field.unit === 'pairs') return <PairsInput label={label} options={options} />;
  const money = field.unit === 'fen';
  const scale = scaleOf(field.unit);
  const min = (field.min ?? 0) / scale;
  const max = field.max === null ? Number.MAX_SAFE_INTEGER : field.max / scale;
  const unit = field.unit as
    'fen' | 'years' | 'months' | 'days' | 'working-days' | 'percent' | 'thousandths' | 'count' | 'month-of-year';
  return (
    <Form.Item
      name={name}
      label={label}
      rules={[
        { required: true, message: t('policy.required') },
        {
          validator: (_rule, value: unknown) => {
            if (typeof value !== 'number') return Promise.resolve();
            if (value < min || value > max)
              return Promise.reject(
                new Error(t('policy.outOfRange', { min: String(min), max: max.toLocaleString('en') })),
              );
            if (!Number.isInteger(Math.round(value * scale * 1000) / 1000))
              return Promise.reject(
                new Error(t(scale === 1 ? 'policy.whole' : money ? 'policy.twoDecimals' : 'policy.threeDecimals')),
              );
            return Promise.resolve();
          },
        },
      ]}
    >
      <InputNumber<number>
        inputMode={scale > 1 ? 'decimal' : 'numeric'}
        suffix={t(`policy.suffix.${unit}`)}
        style={{ width: '100%', maxWidth: 260 }}
        controls={false}
      />
    </Form.Item>
  );
}

/** Two programmes that nobody may receive at once, as many pairs as there are. */
function PairsInput({ label, options }: { label: string; options: { value: string; label: string }[] }) {
  const t = useT();
  return (
    <fieldset className="plain-fieldset">
      <legend>{label}</legend>
      <Form.List name="value">
        {(rows, { add, remove }) => (
          <>
            {rows.map((row) => (
              <Space key={row.key} align="start" wrap>
                <Form.Item name={[row.name, 0]} rules={[{ required: true, message: t('policy.required') }]}>
                  <Select
                    aria-label={t('policy.pair.first')}
                    options={options}
                    style={{ width: 200 }}
                    optionFilterProp="label"
                    showSearch
                  />
                </Form.Item>
                <Form.Item
                  name={[row.name, 1]}
                  dependencies={[['value', row.name, 0]]}
                  rules={[
                    { required: true, message: t('policy.required') },
                    ({ getFieldValue }) => ({
                      validator: (_rule, second: unknown) =>
                        second !== undefined && second === getFieldValue(['value', row.name, 0])
                          ? Promise.reject(new Error(t('policy.pair.same')))
                          : Promise.resolve(),
                    }),
                  ]}
                >
                  <Select
                    aria-label={t('policy.pair.second')}
                    options={options}
                    style={{ width: 200 }}
                    optionFilterProp="label"
                    showSearch
                  />
                </Form.Item>
                <Button onClick={() => remove(row.name)}>{t('policy.pair.remove')}</Button>
              </Space>
            ))}
            <Form.Item>
              <Button onClick={() => add([])}>{t('policy.pair.add')}</Button>
            </Form.Item>
          </>
        )}
      </Form.List>
    </fieldset>
  );
}
