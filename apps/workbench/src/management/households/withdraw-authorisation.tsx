import { withdrawAuthorisation } from '@sunlit/api-spec';
import { CommandForm, DayInput, todayLocal, useCommand } from '@sunlit/ui';
import { Button, Form, Input, Modal } from 'antd';
import { useState } from 'react';
import { useT } from '../../messages.ts';

export function WithdrawAuthorisation({ id }: { id: string }) {
  const t = useT();
  const [open, setOpen] = useState(false);
  const withdraw = useCommand(withdrawAuthorisation);
  const close = () => setOpen(false);
  return (
    <>
      <Button onClick={() => setOpen(true)}>{t('authorisation.withdraw')}</Button>
      <Modal open={open} title={t('authorisation.withdraw')} footer={null} onCancel={close} destroyOnHidden>
        <p>{t('authorisation.withdraw.hint')}</p>
        <CommandForm<{ on: string; reason: string }>
          initialValues={{ on: todayLocal() }}
          submitLabel={t('authorisation.withdraw')}
          danger
          submitting={withdraw.isPending}
          problem={withdraw.error}
          onCancel={close}
          onDone={close}
          onSubmit={(body) => withdraw.mutateAsync({ params: { id }, body })}
        >
          <Form.Item name="on" label={t('authorisation.withdraw.on')} rules={[{ required: true }]}>
            <DayInput max={todayLocal()} />
          </Form.Item>
          <Form.Item name="reason" label={t('authorisation.withdraw.reason')} rules={[{ required: true, min: 2 }]}>
            <Input.TextArea rows={2} maxLength={200} />
          </Form.Item>
        </CommandForm>
      </Modal>
    </>
  );
}
