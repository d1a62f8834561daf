import { ProblemAlert, Section, TableFrame, formatShare } from '@sunlit/ui';
import { Button, Select } from 'antd';
import { useState } from 'react';
import { useT } from '../../messages.ts';

export interface Choice {
  value: string;
  label: string;
}

export interface UnknownWord {
  field: string;
  /** name of the field or code list, as shown */
  fieldName: string;
  value: string;
  rows: number;
  choices: Choice[];
}

export interface MappedFileColumn {
  title: string;
  field: string | null;
  confidence: number;
  sample: string | null;
}

/** What a person said: only what differs from before. */
export interface MappingChoices {
  columns: Record<string, string | null>;
  codes: { field: string; value: string; code: string }[];
}

interface FileMappingProps {
  columns: MappedFileColumn[];
  fields: Choice[];
  words: UnknownWord[];
  editable: boolean;
  saving: boolean;
  problem: unknown;
  onSave: (choices: MappingChoices) => void;
  /** what becomes of a column that means nothing */
  unmapped: string;
}

/** What the columns of a file mean, and what words nobody knows yet mean; the answer is remembered for the next file. */
export function FileMapping({ columns, fields, words, editable, saving, problem, onSave, unmapped }: FileMappingProps) {
  const t = useT();
  const [codes, setCodes] = useState<Record<string, string>>({});
  const [chosen, setChosen] = useState<Record<string, string | null>>({});
  const keyOf = (word: UnknownWord) => `${word.field}\u0000${word.value}`;
  const hasSamples = columns.some((column) => column.sample);
  const changed = Object.keys(codes).length + Object.keys(chosen).length > 0;
  const fieldOf = (column: MappedFileColumn) => (column.title in chosen ? chosen[column.title] : column.field) ?? null;
  /** One column for a field: the column that had it before gives it up. */
  const choose = (title: string, field: string | null) => {
    const earlier = field === null ? undefined : columns.find((one) => one.title !== title && fieldOf(one) === field);
    setChosen({ ...chosen, ...(earlier ? { [earlier.title]: null } : {}), [title]: field });
  };
  const save = () =>
    onSave({
      columns: chosen,
      codes: words.flatMap((word) => {
        const code = codes[keyOf(word)];
        return code ? [{ field: word.field, value: word.value, code }] : [];
      }),
    });
  const saveButton = editable ? (
    <Button type={changed ? 'primary' : 'default'} disabled={!changed} loading={saving} onClick={save}>
      {t('import.mapping.save')}
    </Button>
  ) : null;
  return (
    <>
      {words.length > 0 ? (
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
                {words.map((word) => (
                  <tr key={keyOf(word)}>
                    <th scope="row">
                      {word.value} <span className="soft">{word.fieldName}</span>
                    </th>
                    <td className="right">{word.rows}</td>
                    <td>
                      <Select
                        aria-label={`${t('import.code.means')} ${word.value}`}
                        style={{ minWidth: 200 }}
                        disabled={!editable}
                        value={codes[keyOf(word)]}
                        options={word.choices}
                        onChange={(value: string) => setCodes({ ...codes, [keyOf(word)]: value })}
                        showSearch={{ optionFilterProp: 'label' }}
                      />
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </TableFrame>
        </Section>
      ) : null}
      <Section title={t('import.columns')} extra={saveButton}>
        {problem ? <ProblemAlert problem={problem} /> : null}
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
              {columns.map((column) => {
                const field = fieldOf(column);
                return (
                  <tr key={column.title}>
                    <th scope="row">{column.title}</th>
                    {hasSamples ? <td className="soft">{column.sample ?? ''}</td> : null}
                    <td>
                      {editable ? (
                        <Select
                          allowClear
                          aria-label={`${t('import.column.field')} ${column.title}`}
                          placeholder={unmapped}
                          style={{ minWidth: 200 }}
                          value={field ?? undefined}
                          options={fields}
                          showSearch={{ optionFilterProp: 'label' }}
                          onChange={(value: string | undefined) => choose(column.title, value ?? null)}
                        />
                      ) : field ? (
                        (fields.find(({ value }) => value === field)?.label ?? field)
                      ) : (
                        <span className="soft">{unmapped}</span>
                      )}
                    </td>
                    <td className="right">
                      {field && field === column.field ? formatShare(column.confidence, 0) : '—'}
                    </td>
                  </tr>
                );
              })}
            </tbody>
          </table>
        </TableFrame>
        {changed ? <div style={{ marginTop: 12 }}>{saveButton}</div> : null}
      </Section>
    </>
  );
}
