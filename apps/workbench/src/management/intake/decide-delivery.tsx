import { decideDelivery } from '@sunlit/api-spec';
import { CommandForm, useCommand } from '@sunlit/ui';
import { Button, Form, Input, Modal, Space } from 'antd';
import { useState } from 'react';
import { useT } from '../../messages.ts';

/** `acceptable` is false when columns are missing: nothing could be taken from the file. */
export function DecideDelivery({ deliveryId, acceptable }: { deliveryId: string; acceptable: boolean }) {
  const t = useT();
  const [action, setAction] = useState<'accept' | 'return'>();
  const decide = useCommand(decideDelivery);
  const close = () => setAction(undefined);
  return (
    <>
      <Space>
        <Button size="large" onClick={() => setAction('return')}>
          {t('intake.return')}
        </Button>
        {acceptable ? (
          <Button type="primary" size="large" onClick={() => setAction('accept')}>
            {t('intake.accept')}
          </Button>
        ) : null}
      </Space>
      <Modal
        open={Boolean(action)}
        title={action ? t(`intake.${action}`) : ''}
        footer={null}
        onCancel={close}
        destroyOnHidden
      >
        {action ? (
          <CommandForm<{ reason: string }>
            submitLabel={t(`intake.${action}`)}
            submitting={decide.isPending}
            problem={decide.error}
            onCancel={close}
            onDone={close}
            onSubmit={({ reason }) => decide.mutateAsync({ params: { id: deliveryId }, body: { action, reason } })}
          >
            <Form.Item name="reason" label={t('intake.reason')} rules={[{ required: true, min: 2 }]}>
              <Input.TextArea rows={3} maxLength={300} showCount autoFocus />
            </Form.Item>
          </CommandForm>
        ) : null}
      </Modal>
    </>
  );
}
