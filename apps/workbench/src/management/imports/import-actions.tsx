import { DownOutlined } from '@ant-design/icons';
import { applyImport, downloadMarkedImport, undoImport, type ImportView } from '@sunlit/api-spec';
import { CommandForm, ProblemAlert, formatCount, useApi, useCommand } from '@sunlit/ui';
import { App, Button, Dropdown, Form, Input, Modal, Space } from 'antd';
import { useState } from 'react';
import { useT } from '../../messages.ts';

export function ImportActions({ batch }: { batch: ImportView }) {
  const t = useT();
  const api = useApi();
  const { modal } = App.useApp();
  const apply = useCommand(applyImport);
  const [undoing, setUndoing] = useState(false);
  const confirm = (mode: 'good-rows' | 'all-or-nothing') =>
    modal.confirm({
      title: t('import.apply.confirm'),
      content: mode === 'good-rows' ? t('import.apply.good.hint') : t('import.apply.all'),
      onOk: async () => {
        await apply.mutateAsync({ params: { id: batch.id }, body: { mode } }).catch(() => undefined);
      },
    });
  const canDownload =
    batch.state !== 'cancelled' && batch.counts !== null && batch.counts.problemRows + batch.counts.warnings > 0;
  return (
    <Space wrap>
      {apply.error ? <ProblemAlert problem={apply.error} /> : null}
      {canDownload ? (
        <Button
          size="large"
          onClick={() =>
            void api.download(downloadMarkedImport, { params: { id: batch.id } }, `${batch.fileName}.xlsx`)
          }
        >
          {t('import.marked')}
        </Button>
      ) : null}
      {batch.state === 'checked' ? (
        <Space.Compact>
          <Button
            type="primary"
            size="large"
            disabled={!batch.counts?.goodRows}
            loading={apply.isPending}
            onClick={() => confirm('good-rows')}
          >
            {t('import.apply.good', { count: formatCount(batch.counts?.goodRows ?? 0) })}
          </Button>
          <Dropdown
            trigger={['click']}
            menu={{
              items: [{ key: 'all', label: t('import.apply.all') }],
              onClick: () => void confirm('all-or-nothing'),
            }}
          >
            <Button
              type="primary"
              size="large"
              disabled={!batch.counts?.goodRows}
              icon={<DownOutlined />}
              aria-label={t('import.apply.all')}
            />
          </Dropdown>
        </Space.Compact>
      ) : null}
      {batch.state === 'applied' ? (
        <Button size="large" danger onClick={() => setUndoing(true)}>
          {t('import.undo')}
        </Button>
      ) : null}
      <UndoDialog importId={batch.id} open={undoing} onClose={() => setUndoing(false)} />
    </Space>
  );
}

function UndoDialog({ importId, open, onClose }: { importId: string; open: boolean; onClose: () => void }) {
  const t = useT();
  const undo = useCommand(undoImport);
  return (
    <Modal open={open} title={t('import.undo')} footer={null} onCancel={onClose} destroyOnHidden>
      <CommandForm<{ reason: string }>
        submitLabel={t('import.undo')}
        danger
        submitting={undo.isPending}
        problem={undo.error}
        onCancel={onClose}
        onDone={onClose}
        onSubmit={(body) => undo.mutateAsync({ params: { id: importId }, body })}
      >
        <Form.Item name="reason" label={t('import.undo.reason')} rules={[{ required: true, min: 2 }]}>
          <Input.TextArea rows={3} maxLength={200} />
        </Form.Item>
      </CommandForm>
    </Modal>
  );
}
