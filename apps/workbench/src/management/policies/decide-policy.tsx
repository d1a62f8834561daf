import { decidePolicy } from '@sunlit/api-spec';
import { CommandForm, useCommand } from '@sunlit/ui';
import { Button, Form, Input, Modal, Space } from 'antd';
import { useState, type ReactNode } from 'react';
import { useT } from '../../messages.ts';

/** The second person sees what would change before agreeing to it. */
export function DecidePolicy({
  proposalId,
  title,
  children,
}: {
  proposalId: string;
  title: string;
  children: ReactNode;
}) {
  const t = useT();
  const [action, setAction] = useState<'approve' | 'refuse'>();
  const decide = useCommand(decidePolicy);
  const close = () => setAction(undefined);
  return (
    <>
      <Space>
        <Button onClick={() => setAction('refuse')}>{t('policy.refuse')}</Button>
        <Button onClick={() => setAction('approve')}>{t('policy.approve')}</Button>
      </Space>
      <Modal
        open={Boolean(action)}
        title={action ? `${t(`policy.${action}`)} · ${title}` : ''}
        footer={null}
        onCancel={close}
        destroyOnHidden
      >
        {action ? (
          <>
            <div className="aside-note">{children}</div>
            <CommandForm<{ reason: string }>
              submitLabel={t(`policy.${action}`)}
              submitting={decide.isPending}
              problem={decide.error}
              onCancel={close}
              onDone={close}
              onSubmit={({ reason }) => decide.mutateAsync({ params: { id: proposalId }, body: { action, reason } })}
            >
              <Form.Item name="reason" label={t('policy.reason')} rules={[{ required: true, min: 2 }]}>
                <Input.TextArea rows={3} maxLength={300} showCount autoFocus />
              </Form.Item>
            </CommandForm>
          </>
        ) : null}
      </Modal>
    </>
  );
}
