import { mapImport, type ImportView } from '@sunlit/api-spec';
import { ProblemAlert, Section, TableFrame, formatShare, useCommand, useLocalised } from '@sunlit/ui';
import { Button, Select } from 'antd';
import { useState } from 'react';
import { useT } from '../../messages.ts';
import { useDictionary } from '../households/use-dictionary.ts';

type Unresolved = ImportView['unresolvedCodes'][number];

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

/** What the columns mean, and what unknown code values mean; the answer is remembered for the next file. */
export function ImportMapping({ batch }: { batch: ImportView }) {
  const t = useT();
  const local = useLocalised();
  const [codes, setCodes] = useState<Record<string, string>>({});
  const [columns, setColumns] = useState<Record<string, string | null>>({});
  const map = useCommand(mapImport);
  const editable = batch.state === 'checked' || batch.state === 'failed';
  const fields = batch.fields.map((field) => ({ value: field.name, label: local(field.title) }));
  const titleOf = (name: string) => fields.find((field) => field.value === name)?.label ?? name;
  const dictionaryName = (code: string) => (isDictionary(code) ? t(`import.dictionary.${code}`) : code);
  const keyOf = (code: Unresolved) => `${code.field}\u0000${code.value}`;
  const hasSamples = batch.columns.some((column) => column.sample);
  const changed = Object.keys(codes).length + Object.keys(columns).length > 0;
  const save = () =>
    map.mutate({
      params: { id: batch.id },
      body: {
        columns,
        codes: batch.unresolvedCodes.flatMap((code) => {
          const chosen = codes[keyOf(code)];
          return chosen ? [{ field: code.field, value: code.value, code: chosen }] : [];
        }),
      },
    });
  return (
    <>
      {batch.unresolvedCodes.length > 0 ? (
        <Section title={t('import.codes')}>
          <TableFrame label={t('import.codes')}>
            <table className="plain-table">
              <thead>
                <tr>
                  <th scope="col">{t('import.code.value')}</th>
                  <th scope="col" className="right">
                    {t('import.code.rows')}
                  </th>
                  <th scope="col">{t('import.code.means')}</th>
                </tr>
              </thead>
              <tbody>
                {batch.unresolvedCodes.map((code) => (
                  <tr key={keyOf(code)}>
                    <th scope="row">
                      {code.value} <span className="soft">{dictionaryName(code.field)}</span>
                    </th>
                    <td className="right">{code.rows}</td>
                    <td>
                      <CodeChoice
                        code={code}
                        disabled={!editable}
                        value={codes[keyOf(code)]}
                        onChange={(value) => setCodes({ ...codes, [keyOf(code)]: value })}
                      />
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </TableFrame>
        </Section>
      ) : null}
      <Section
        title={t('import.columns')}
        extra={
          editable ? (
            <Button disabled={!changed} loading={map.isPending} onClick={save}>
              {t('import.mapping.save')}
            </Button>
          ) : null
        }
      >
        {map.error ? <ProblemAlert problem={map.error} /> : null}
        <TableFrame label={t('import.columns')}>
          <table className="plain-table">
            <thead>
              <tr>
                <th scope="col">{t('import.column.title')}</th>
                {hasSamples ? <th scope="col">{t('import.column.sample')}</th> : null}
                <th scope="col">{t('import.column.field')}</th>
                <th scope="col" className="right">
                  {t('import.column.sure')}
                </th>
              </tr>
            </thead>
            <tbody>
              {batch.columns.map((column) => (
                <tr key={column.title}>
                  <th scope="row">{column.title}</th>
                  {hasSamples ? <td className="soft">{column.sample ?? ''}</td> : null}
                  <td>
                    {editable ? (
                      <Select
                        allowClear
                        aria-label={`${t('import.column.field')} ${column.title}`}
                        placeholder={t('import.column.unmapped')}
                        style={{ minWidth: 200 }}
                        value={(column.title in columns ? columns[column.title] : column.field) ?? undefined}
                        options={fields}
                        showSearch={{ optionFilterProp: 'label' }}
                        onChange={(value: string | undefined) =>
                          setColumns({ ...columns, [column.title]: value ?? null })
                        }
                      />
                    ) : column.field ? (
                      titleOf(column.field)
                    ) : (
                      <span className="soft">{t('import.column.unmapped')}</span>
                    )}
                  </td>
                  <td className="right">{column.field ? formatShare(column.confidence, 0) : '—'}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </TableFrame>
      </Section>
    </>
  );
}

interface CodeChoiceProps {
  code: Unresolved;
  value: string | undefined;
  disabled: boolean;
  onChange: (value: string) => void;
}

function CodeChoice({ code, value, disabled, onChange }: CodeChoiceProps) {
  const t = useT();
  const options = useDictionary(code.field);
  return (
    <Select
      aria-label={`${t('import.code.means')} ${code.value}`}
      style={{ minWidth: 200 }}
      disabled={disabled}
      value={value}
      options={options}
      onChange={onChange}
      showSearch={{ optionFilterProp: 'label' }}
    />
  );
}
