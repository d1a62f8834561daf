import { correctPersonCells, listPersonCells } from '@sunlit/api-spec';
import { normaliseTitle } from '@sunlit/kernel';
import { CommandForm, ErrorState, useCommand, useEndpoint, useUiText } from '@sunlit/ui';
import { Form, Input, Skeleton } from 'antd';
import { useT } from '../../messages.ts';

interface Values {
  cells: Record<string, string | undefined>;
  reason: string;
}

/** Columns of the county's own table: what stands there now is shown; what is filled in replaces it. */
export function CellsForm({
  personId,
  titles,
  onClose,
}: {
  personId: string;
  titles: readonly string[];
  onClose: () => void;
}) {
  const t = useT();
  const words = useUiText();
  const reading = useEndpoint(listPersonCells, { params: { id: personId } });
  const correct = useCommand(correctPersonCells);
  if (reading.error) return <ErrorState error={reading.error} onRetry={() => void reading.refetch()} />;
  if (!reading.data) return <Skeleton active />;
  const wanted = new Set(titles.map(normaliseTitle));
  const shown = reading.data.items.filter(({ title }) => wanted.has(normaliseTitle(title)));
  return (
    <CommandForm<Values>
      submitLabel={words('ui.save')}
      submitting={correct.isPending}
      problem={correct.error}
      onCancel={onClose}
      onDone={onClose}
      onSubmit={({ cells, reason }) =>
        correct.mutateAsync({
          params: { id: personId },
          body: {
            reason,
            cells: shown.flatMap(({ title }, index) => {
              const given = cells?.[String(index)];
              return given === undefined || given === '' ? [] : [{ title, value: given }];
            }),
          },
        })
      }
    >
      {shown.map(({ title, value }, index) => (
        <Form.Item
          key={title}
          name={['cells', String(index)]}
          label={title}
          extra={t('quality.fix.now', { value: value || t('quality.fix.blank') })}
        >
          <Input maxLength={200} />
        </Form.Item>
      ))}
      <Form.Item name="reason" label={t('household.change.reason')} rules={[{ required: true, min: 2 }]}>
        <Input.TextArea rows={2} maxLength={200} />
      </Form.Item>
    </CommandForm>
  );
}
