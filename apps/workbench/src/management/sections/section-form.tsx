import { listSectionForms, type HouseholdView, type RegistryChange } from '@sunlit/api-spec';
import { ErrorState, useEndpoint, useLocalised, useUiText } from '@sunlit/ui';
import { Form, Input, InputNumber, Select, Skeleton } from 'antd';
import { useCallback } from 'react';
import { useT } from '../../messages.ts';
import { ProposeForm } from '../change-requests/propose-form.tsx';
import { useDictionary } from '../households/use-dictionary.ts';

/** Which section, whose, by which source; then its fields. What is left empty is not stated. */
export function SectionForm({ household, onClose }: { household: HouseholdView; onClose: () => void }) {
  const t = useT();
  const sources = useDictionary('income-source').filter(({ value }) => value !== 'import');
  const reading = useEndpoint(listSectionForms, {}, { staleTime: Infinity });
  const toChange = useCallback((fields: Record<string, unknown>): RegistryChange => {
    const values = Object.entries(
      (fields.fields ?? {}) as Record<string, string | number | boolean | null | undefined>,
    );
    return {
      kind: 'section',
      section: fields.section as string,
      ...(fields.personId ? { personId: fields.personId as string } : {}),
      source: fields.source as 'helper',
      fields: Object.fromEntries(
        values.flatMap(([code, value]) =>
          value === undefined || value === null || value === '' ? [] : [[code, value]],
        ),
      ),
    };
  }, []);
  if (reading.error) return <ErrorState error={reading.error} onRetry={() => void reading.refetch()} />;
  if (!reading.data) return <Skeleton active />;
  return (
    <ProposeForm
      householdId={household.id}
      toChange={toChange}
      dayLabel={t('section.observedOn')}
      initial={{ source: 'helper' }}
      onClose={onClose}
    >
      <p className="soft">{t('section.enter.help')}</p>
      <Fields household={household} forms={reading.data.items} />
      <Form.Item name={['change', 'source']} label={t('section.source')} rules={[{ required: true }]}>
        <Select options={sources} />
      </Form.Item>
    </ProposeForm>
  );
}

interface SectionFormItem {
  code: string;
  of: 'household' | 'person';
  title: { zh: string; en: string };
  fields: { code: string; kind: 'flag' | 'number' | 'text'; label: { zh: string; en: string }; max: number | null }[];
}

function Fields({ household, forms }: { household: HouseholdView; forms: readonly SectionFormItem[] }) {
  const t = useT();
  const local = useLocalised();
  const words = useUiText();
  const form = Form.useFormInstance();
  const chosen = Form.useWatch<string | undefined>(['change', 'section'], form);
  const section = forms.find(({ code }) => code === chosen);
  const yesNo = [
    { value: true, label: words('ui.yes') },
    { value: false, label: words('ui.no') },
  ];
  return (
    <>
      <Form.Item name={['change', 'section']} label={t('section.which')} rules={[{ required: true }]}>
        <Select
          options={forms.map(({ code, title }) => ({ value: code, label: local(title) }))}
          // Fields of another section are not sent along.
          onChange={() => form.setFieldValue(['change', 'fields'], undefined)}
        />
      </Form.Item>
      {section?.of === 'person' ? (
        <Form.Item name={['change', 'personId']} label={t('section.whose')} rules={[{ required: true }]}>
          <Select options={household.members.map(({ personId, name }) => ({ value: personId, label: name }))} />
        </Form.Item>
      ) : null}
      {section?.fields.map((field) => (
        <Form.Item key={field.code} name={['change', 'fields', field.code]} label={local(field.label)}>
          {field.kind === 'flag' ? (
            <Select allowClear options={yesNo} />
          ) : field.kind === 'number' ? (
            <InputNumber<number>
              min={0}
              max={field.max ?? undefined}
              precision={2}
              inputMode="decimal"
              style={{ width: '100%' }}
            />
          ) : (
            <Input maxLength={100} />
          )}
        </Form.Item>
      ))}
    </>
  );
}
