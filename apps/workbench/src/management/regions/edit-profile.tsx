import { saveVillageProfile } from '@sunlit/api-spec';
import { CommandForm, useCommand } from '@sunlit/ui';
import { Button, Form, Input, Modal } from 'antd';
import { useState } from 'react';
import { useT } from '../../messages.ts';

export function EditProfile({ code, summary }: { code: string; summary: string }) {
  const t = useT();
  const [open, setOpen] = useState(false);
  const save = useCommand(saveVillageProfile);
  const close = () => setOpen(false);
  return (
    <>
      <Button onClick={() => setOpen(true)}>{t(summary ? 'region.profile.edit' : 'region.profile.write')}</Button>
      <Modal
        open={open}
        title={t('region.profile')}
        footer={null}
        onCancel={close}

        destroyOnHidden
      >
        <CommandForm<{ summary: string }>
          initialValues={{ summary }}
          submitLabel={t('region.profile.save')}
          submitting={save.isPending}
          problem={save.error}
          onCancel={close}
          onDone={close}
          onSubmit={(body) => save.mutateAsync({ params: { code }, body })}
        >
          <Form.Item
            name="summary"
            label={t('region.profile.text')}
            extra={t('region.profile.help')}
            rules={[{ required: true, whitespace: true, message: t('region.profile.required') }]}
          >
            <Input.TextArea rows={8} maxLength={2000} showCount autoFocus />
          </Form.Item>
        </CommandForm>
      </Modal>
    </>
  );
}
