import { mapDelivery, type DeliveryView } from '@sunlit/api-spec';
import { useCommand } from '@sunlit/ui';
import { useT } from '../../messages.ts';
import { FileMapping } from '../mapping/file-mapping.tsx';

/** The columns of a delivery beside the kind's fields; while it is held, a person can say what they mean. */
export function DeliveryMapping({ delivery }: { delivery: DeliveryView }) {
  const t = useT();
  const map = useCommand(mapDelivery);
  const other = { value: 'other', label: t('intake.code.other') };
  const titleOf = (name: string) => delivery.fields.find((field) => field.name === name)?.title ?? name;
  return (
    <FileMapping
      columns={delivery.columns.map((column) => ({ ...column, sample: column.samples.join(' · ') }))}
      fields={delivery.fields.map((field) => ({
        value: field.name,
        label: field.required ? t('intake.field.needed', { field: field.title }) : field.title,
      }))}
      words={delivery.unknownValues.map((word) => {
        const codes = delivery.fields.find((field) => field.name === word.field)?.codes ?? [];
        return {
          ...word,
          fieldName: titleOf(word.field),
          choices: [...codes.map(({ code, label }) => ({ value: code, label })), other],
        };
      })}
      unmapped={t('intake.column.unmapped')}
      editable={delivery.mappable}
      saving={map.isPending}
      problem={map.error}
      onSave={(body) => map.mutate({ params: { id: delivery.id }, body })}
    />
  );
}
