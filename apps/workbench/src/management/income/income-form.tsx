import type { HouseholdView, IncomeYear, RegistryChange } from '@sunlit/api-spec';
import { todayLocal } from '@sunlit/ui';
import { Button, Form, InputNumber, Select } from 'antd';
import { useCallback } from 'react';
import { useT } from '../../messages.ts';
import { ProposeForm } from '../change-requests/propose-form.tsx';
import { useDictionary } from '../households/use-dictionary.ts';

const yearsBack = 4;

/** One question after another, so that it can be filled in on a phone: what is left empty there is none of. */
export function IncomeForm({
  household,
  years,
  onClose,
}: {
  household: HouseholdView;
  years: readonly IncomeYear[];
  onClose: () => void;
}) {
  const t = useT();
  const kinds = useDictionary('income-kind');
  const items = useDictionary('income-item');
  const sources = useDictionary('income-source').filter(({ value }) => value !== 'import');
  const thisYear = Number(todayLocal().slice(0, 4));
  const toChange = useCallback((fields: Record<string, unknown>): RegistryChange => {
    const amounts = (fields.amounts ?? {}) as Record<string, number | null | undefined>;
    return {
      kind: 'income',
      year: fields.year as number,
      source: fields.source as 'helper',
      items: Object.entries(amounts).flatMap(([item, yuan]) =>
        typeof yuan === 'number' ? [{ item, amountFen: Math.round(yuan * 100) }] : [],
      ),
    };
  }, []);
  return (
    <ProposeForm
      householdId={household.id}
      toChange={toChange}
      dayLabel={t('income.observedOn')}
      initial={{ year: thisYear, source: 'helper' }}
      onClose={onClose}
    >
      <p className="soft">{t('income.enter.help')}</p>
      <Form.Item name={['change', 'year']} label={t('income.accountingYear')} rules={[{ required: true }]}>
        <Select
          options={Array.from({ length: yearsBack }, (_, index) => thisYear - index).map((value) => ({
            value,
            label: String(value),
          }))}
        />
      </Form.Item>
      <Form.Item name={['change', 'source']} label={t('income.source')} rules={[{ required: true }]}>
        <Select options={sources} />
      </Form.Item>
      <TakeOver years={years} />
      {kinds.map((kind) => (
        <fieldset key={kind.value} className="plain-fieldset">
          <legend>{kind.label}</legend>
          {items
            .filter(({ value }) => value.startsWith(`${kind.value}-`))
            .map((item) => (
              <Form.Item key={item.value} name={['change', 'amounts', item.value]} label={item.label}>
                <InputNumber<number>
                  min={0}
                  max={100_000_000}
                  precision={2}
                  inputMode="decimal"
                  suffix={t('income.yuan')}
                  style={{ width: '100%' }}
                />
              </Form.Item>
            ))}
        </fieldset>
      ))}
    </ProposeForm>
  );
}

/** What this source said of this year already is filled in: the new statement replaces it as a whole. */
function TakeOver({ years }: { years: readonly IncomeYear[] }) {
  const t = useT();
  const form = Form.useFormInstance();
  const year = Form.useWatch<number | undefined>(['change', 'year'], form);
  const source = Form.useWatch<string | undefined>(['change', 'source'], form);
  const known = years
    .find((one) => one.year === year)
    ?.statements.find((statement) => statement.source.code === source)?.items;
  if (!known?.length) return null;
  return (
    <p>
      {t('income.known')}{' '}
      <Button
        type="link"
        onClick={() =>
          form.setFieldValue(
            ['change', 'amounts'],
            Object.fromEntries(known.map(({ item, fen }) => [item.code, fen / 100])),
          )
        }
      >
        {t('income.takeOver')}
      </Button>
    </p>
  );
}
