import { listDictionaries, mapImport, type ImportView } from '@sunlit/api-spec';
import { useCommand, useEndpoint, useLocale, useLocalised } from '@sunlit/ui';
import { useT } from '../../messages.ts';
import { FileMapping } from '../mapping/file-mapping.tsx';

const dictionaries = [
  'household-status',
  'relation',
  'sex',
  'labour',
  'student',
  'education',
  'health',
  'programme',
  'document',
] as const;
const isDictionary = (code: string): code is (typeof dictionaries)[number] =>
  (dictionaries as readonly string[]).includes(code);

/** What the columns of a household file mean, and what unknown code values mean. */
export function ImportMapping({ batch }: { batch: ImportView }) {
  const t = useT();
  const local = useLocalised();
  const { locale } = useLocale();
  const lists = useEndpoint(listDictionaries, {}, { staleTime: Infinity });
  const map = useCommand(mapImport);
  const choicesOf = (field: string) =>
    (lists.data?.items.find((item) => item.code === field)?.values ?? []).map((value) => ({
      value: value.code,
      label: locale === 'en' ? value.en || value.zh : value.zh,
    }));
  return (
    <FileMapping
      columns={batch.columns}
      fields={batch.fields.map((field) => ({ value: field.name, label: local(field.title) }))}
      words={batch.unresolvedCodes.map((word) => ({
        ...word,
        fieldName: isDictionary(word.field) ? t(`import.dictionary.${word.field}`) : word.field,
        choices: choicesOf(word.field),
      }))}
      unmapped={t('import.column.unmapped')}
      editable={batch.state === 'checked' || batch.state === 'failed'}
      saving={map.isPending}
      problem={map.error}
      onSave={(body) => map.mutate({ params: { id: batch.id }, body })}
    />
  );
}
