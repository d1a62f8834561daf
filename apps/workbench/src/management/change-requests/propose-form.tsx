import { proposeChange, type RegistryChange } from '@sunlit/api-spec';
import { CommandForm, DayInput, todayLocal, useCommand } from '@sunlit/ui';
import { App, Form, Input } from 'antd';
import type { ReactNode } from 'react';
import { useT } from '../../messages.ts';
import { ChangeAhead } from './change-ahead.tsx';

export interface ProposalValues {
  effectiveOn: string;
  reason: string;
  despiteConflict?: string;
  change?: Record<string, unknown>;
}

export interface ProposeFormProps {
  householdId: string;
  initial?: Record<string, unknown>;
  /** what the fields of the form come to */
  toChange: (fields: Record<string, unknown>) => RegistryChange;
  dayLabel?: string;
  danger?: boolean;
  onClose: () => void;
  children: ReactNode;
}

/** One form for every kind of change: the fields, from when, why; and beside them what the server says of it. */
export function ProposeForm({ householdId, initial, toChange, dayLabel, danger, onClose, children }: ProposeFormProps) {
  const t = useT();
  const { message } = App.useApp();
  const propose = useCommand(proposeChange);
  return (
    <CommandForm<ProposalValues>
      initialValues={{ effectiveOn: todayLocal(), change: initial }}
      submitLabel={t('change.propose')}
      danger={danger}
      submitting={propose.isPending}
      problem={propose.error}
      onCancel={onClose}
      onDone={onClose}
      onSubmit={async ({ change, ...rest }) => {
        await propose.mutateAsync({ body: { ...rest, householdId, change: toChange(change ?? {}) } });
        void message.success(t('change.proposed'));
      }}
    >
      {children}
      <Form.Item name="effectiveOn" label={dayLabel ?? t('household.change.from')} rules={[{ required: true }]}>
        <DayInput max={todayLocal()} />
      </Form.Item>
      <Form.Item name="reason" label={t('household.change.reason')} rules={[{ required: true, min: 2 }]}>
        <Input.TextArea rows={2} maxLength={200} />
      </Form.Item>
      <ChangeAhead householdId={householdId} toChange={toChange} />
    </CommandForm>
  );
}
