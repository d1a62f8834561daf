import { CloudUploadOutlined } from '@ant-design/icons';
import { importPayoutResults, type PayoutBatchView } from '@sunlit/api-spec';
import { CommandForm, useApi } from '@sunlit/ui';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { App, Button, Form, Modal, Upload } from 'antd';
import { useState } from 'react';
import { useT } from '../../messages.ts';
import { useOutcomes } from './use-outcomes.ts';

interface Values {
  file: { originFileObj?: File }[];
}

/** Hands the bank's answer over. The server knows a file it has seen, so a second click does nothing. */
export function ImportResults({ batch }: { batch: PayoutBatchView }) {
  const t = useT();
  const api = useApi();
  const queries = useQueryClient();
  const { message } = App.useApp();
  const outcomesOf = useOutcomes();
  const [open, setOpen] = useState(false);
  const send = useMutation({
    mutationFn: async ({ file }: Values) => {
      const chosen = file[0]?.originFileObj;
      if (!chosen) throw new Error('no file');
      return api.upload(importPayoutResults, { params: { id: batch.id }, file: chosen });
    },
    onSuccess: async (answer) => {
      setOpen(false);
      void message.success(
        answer.alreadyImported
          ? t('payout.do.results.again')
          : t('payout.do.results.done', { outcomes: outcomesOf(answer.outcomes) }),
      );
      await queries.invalidateQueries();
    },
  });
  return (
    <>
      <Button type="primary" size="large" onClick={() => setOpen(true)}>
        {t('payout.do.results')}
      </Button>
      <Modal open={open} title={t('payout.do.results')} footer={null} onCancel={() => setOpen(false)} destroyOnHidden>
        <CommandForm<Values>
          submitLabel={t('payout.do.results')}
          submitting={send.isPending}
          problem={send.error}
          onCancel={() => setOpen(false)}
          onSubmit={(values) => send.mutateAsync(values)}
        >
          <Form.Item
            name="file"
            label={t('payout.do.results.file')}
            valuePropName="fileList"
            getValueFromEvent={(event: { fileList: unknown[] }) => event.fileList.slice(-1)}
            rules={[{ required: true }]}
          >
            <Upload.Dragger beforeUpload={() => false} maxCount={1}>
              <p className="ant-upload-drag-icon">
                <CloudUploadOutlined />
              </p>
              <p>{t('payout.do.results.hint')}</p>
            </Upload.Dragger>
          </Form.Item>
        </CommandForm>
      </Modal>
    </>
  );
}
