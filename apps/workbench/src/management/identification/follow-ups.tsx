import { recordFollowUp, type ProcedureView } from '@sunlit/api-spec';
import { DayInput, Section, todayLocal, useCommand, useMay } from '@sunlit/ui';
import { Form, Input, Radio } from 'antd';
import { useT } from '../../messages.ts';
import { CommandDialog } from '../funds/command-dialog.tsx';

/** Visits after an exit: a household that left is not forgotten. */
export function FollowUps({ procedure }: { procedure: ProcedureView }) {
  const t = useT();
  const may = useMay();
  const record = useCommand(recordFollowUp);
  if (procedure.followUps.length === 0) return null;
  return (
    <Section title={t('ident.followUps')}>
      <ul className="plain-list">
        {procedure.followUps.map((one) => (
          <li key={one.id}>
            {one.doneOn && one.result ? (
              t('ident.followUp.done', {
                day: one.doneOn,
                result: t(`ident.followUp.${one.result}` as 'ident.followUp.stable'),
                note: one.note ?? '',
              })
            ) : (
              <>
                {t('ident.followUp.due', { day: one.dueOn })}{' '}
                {may('identification.work') && !procedure.isOwn ? (
                  <CommandDialog<{ on: string; result: 'stable' | 'new-risk'; note: string }>
                    label={t('ident.followUp.record')}
                    size="small"
                    initialValues={{ on: todayLocal() }}
                    pending={record.isPending}
                    problem={record.error}
                    onSubmit={(body) => record.mutateAsync({ params: { id: procedure.id, followUpId: one.id }, body })}
                  >
                    <Form.Item name="on" label={t('ident.measure.on')} rules={[{ required: true }]}>
                      <DayInput max={todayLocal()} />
                    </Form.Item>
                    <Form.Item name="result" label={t('ident.followUp.result')} rules={[{ required: true }]}>
                      <Radio.Group
                        options={(['stable', 'new-risk'] as const).map((value) => ({
                          value,
                          label: t(`ident.followUp.${value}`),
                        }))}
                      />
                    </Form.Item>
                    <Form.Item name="note" label={t('ident.followUp.note')} rules={[{ required: true, min: 2 }]}>
                      <Input.TextArea rows={3} maxLength={2000} />
                    </Form.Item>
                  </CommandDialog>
                ) : null}
              </>
            )}
          </li>
        ))}
      </ul>
    </Section>
  );
}
