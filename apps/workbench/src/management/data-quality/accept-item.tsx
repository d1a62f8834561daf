import { acceptQualityItem, reopenQualityItem } from '@sunlit/api-spec';
import { CommandForm, useCommand } from '@sunlit/ui';
import { Button, Form, Input, Modal } from 'antd';
import { useState } from 'react';
import { useT } from '../../messages.ts';

/** Somebody looked: the record is right as it stands. */
export function AcceptItem({ id }: { id: string }) {
  const t = useT();
  const [open, setOpen] = useState(false);
  const accept = useCommand(acceptQualityItem);
  const close = () => setOpen(false);
  return (
    <>
      <Button size="small" onClick={() => setOpen(true)}>
        {t('quality.accept')}
      </Button>
      <Modal open={open} title={t('quality.accept.title')} footer={null} onCancel={close} destroyOnHidden>
        <p>{t('quality.accept.help')}</p>
        <CommandForm<{ reason: string }>
          submitLabel={t('quality.accept')}
          submitting={accept.isPending}
          problem={accept.error}
          onCancel={close}
          onDone={close}
          onSubmit={(body) => accept.mutateAsync({ params: { id }, body })}
        >
          <Form.Item name="reason" label={t('quality.accept.reason')} rules={[{ required: true, min: 2 }]}>
            <Input.TextArea rows={3} maxLength={400} />
          </Form.Item>
        </CommandForm>
      </Modal>
    </>
  );
}

export function ReopenItem({ id }: { id: string }) {
  const t = useT();
  const reopen = useCommand(reopenQualityItem);
  return (
    <Button size="small" loading={reopen.isPending} onClick={() => reopen.mutate({ params: { id }, body: {} })}>
      {t('quality.reopen')}
    </Button>
  );
}
