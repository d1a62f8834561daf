import { listPersonCells, type RegistryChange } from '@sunlit/api-spec';
import { normaliseTitle } from '@sunlit/kernel';
import { ErrorState, useEndpoint } from '@sunlit/ui';
import { Form, Input, Skeleton } from 'antd';
import { useCallback, useMemo } from 'react';
import { useT } from '../../messages.ts';
import { ProposeForm } from '../change-requests/propose-form.tsx';

/** Columns of the county's own table: what stands there now is shown; what is filled in is proposed instead. */
export function CellsForm({
  householdId,
  personId,
  titles,
  onClose,
}: {
  householdId: string;
  personId: string;
  titles: readonly string[];
  onClose: () => void;
}) {
  const t = useT();
  const reading = useEndpoint(listPersonCells, { params: { id: personId } });
  const items = reading.data?.items;
  const shown = useMemo(() => {
    const wanted = new Set(titles.map(normaliseTitle));
    return (items ?? []).filter(({ title }) => wanted.has(normaliseTitle(title)));
  }, [items, titles]);
  const toChange = useCallback(
    (fields: Record<string, unknown>): RegistryChange => ({
      kind: 'person-cells',
      personId,
      cells: shown.flatMap(({ title }, index) => {
        const given = (fields.cells as (string | undefined)[] | undefined)?.[index];
        return given ? [{ title, value: given }] : [];
      }),
    }),
    [personId, shown],
  );
  if (reading.error) return <ErrorState error={reading.error} onRetry={() => void reading.refetch()} />;
  if (!reading.data) return <Skeleton active />;
  return (
    <ProposeForm householdId={householdId} toChange={toChange} onClose={onClose}>
      {shown.map(({ title, value }, index) => (
        <Form.Item
          key={title}
          name={['change', 'cells', index]}
          label={title}
          extra={t('quality.fix.now', { value: value || t('quality.fix.blank') })}
        >
          <Input maxLength={200} />
        </Form.Item>
      ))}
    </ProposeForm>
  );
}
