import { changeHouseholdStatus, type HouseholdView } from '@sunlit/api-spec';
import { CommandForm, DayInput, PermissionGate, todayLocal, useCommand } from '@sunlit/ui';
import { Alert, Button, Form, Input, Modal, Select } from 'antd';
import { useState } from 'react';
import { useT } from '../../messages.ts';
import { useDictionary } from './use-dictionary.ts';

export function ChangeHousehold({ household }: { household: HouseholdView }) {
  const t = useT();
  const [open, setOpen] = useState(false);
  const statuses = useDictionary('household-status');
  const change = useCommand(changeHouseholdStatus);
  const close = () => setOpen(false);
  return (
    <PermissionGate permission="household.change">
      <Button type="primary" size="large" onClick={() => setOpen(true)}>
        {t('household.change')}
      </Button>
      <Modal open={open} title={t('household.change.status')} footer={null} onCancel={close} destroyOnHidden>
        <Alert type="info" showIcon title={t('household.change.keep')} style={{ marginBottom: 16 }} />
        <CommandForm<{ status: string; from: string; reason: string }>
          initialValues={{ from: todayLocal() }}
          submitLabel={t('household.change.status')}
          submitting={change.isPending}
          problem={change.error}
          onCancel={close}
          onDone={close}
          onSubmit={(body) => change.mutateAsync({ params: { id: household.id }, body })}
        >
          <Form.Item name="status" label={t('household.change.status.to')} rules={[{ required: true }]}>
            <Select options={statuses.filter((status) => status.value !== household.status.code)} />
          </Form.Item>
          <Form.Item name="from" label={t('household.change.from')} rules={[{ required: true }]}>
            <DayInput />
          </Form.Item>
          <Form.Item name="reason" label={t('household.change.reason')} rules={[{ required: true, min: 2 }]}>
            <Input.TextArea rows={3} maxLength={200} showCount />
          </Form.Item>
        </CommandForm>
      </Modal>
    </PermissionGate>
  );
}
