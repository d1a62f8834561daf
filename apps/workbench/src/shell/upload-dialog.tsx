import { CommandForm, DayInput, type AnyEndpoint, useApi, todayLocal } from '@sunlit/ui';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Button, Form, Modal, Select, Upload } from 'antd';
import { useRef, useState, type ReactNode } from 'react';

interface UploadDialogProps {
  endpoint: AnyEndpoint;
  label: string;
  fileLabel: string;
  fileHint: string;
  submitLabel: string;
  asOfLabel: string;
  initialAsOf: string;
  icon: ReactNode;
  kinds?: { label: string; options: { value: string; label: string }[]; initial?: string };
  onDone: (id: string) => void;
}

interface UploadValues {
  file: { originFileObj?: File }[];
  asOf: string;
  kind?: string;
}

/** Hands one file over; checking goes on in the background and the next page shows it. */
export function UploadDialog(props: UploadDialogProps) {
  const api = useApi();
  const queries = useQueryClient();
  const [open, setOpen] = useState(false);
  // The same file sent again, after a second click or a broken connection, arrives once.
  const sent = useRef<{ file: File; fields: string; commandId: string } | undefined>(undefined);
  const upload = useMutation({
    mutationFn: async ({ file, asOf, kind }: UploadValues) => {
      const chosen = file[0]?.originFileObj;
      if (!chosen) throw new Error('no file');
      const fields = { asOf, ...(kind ? { kind } : {}) };
      const words = JSON.stringify(fields);
      if (sent.current?.file !== chosen || sent.current.fields !== words)
        sent.current = { file: chosen, fields: words, commandId: crypto.randomUUID() };
      const answer = await api.upload(props.endpoint, { file: chosen, fields, commandId: sent.current.commandId });
      return (answer as { id: string }).id;
    },
    onSuccess: async (id) => {
      setOpen(false);
      await queries.invalidateQueries();
      props.onDone(id);
    },
  });
  return (
    <>
      <Button type="primary" size="large" onClick={() => setOpen(true)}>
        {props.label}
      </Button>
      <Modal open={open} title={props.label} footer={null} onCancel={() => setOpen(false)} destroyOnHidden>
        <CommandForm<UploadValues>
          initialValues={{ asOf: props.initialAsOf, kind: props.kinds?.initial }}
          submitLabel={props.submitLabel}
          submitting={upload.isPending}
          problem={upload.error}
          onCancel={() => setOpen(false)}
          onSubmit={(values) => upload.mutateAsync(values)}
        >
          {props.kinds ? (
            <Form.Item name="kind" label={props.kinds.label} rules={[{ required: true }]}>
              <Select options={props.kinds.options} showSearch={{ optionFilterProp: 'label' }} />
            </Form.Item>
          ) : null}
          <Form.Item
            name="file"
            label={props.fileLabel}
            valuePropName="fileList"
            getValueFromEvent={(event: { fileList: unknown[] }) => event.fileList.slice(-1)}
            rules={[{ required: true }]}
          >
            <Upload.Dragger beforeUpload={() => false} maxCount={1}>
              <p className="ant-upload-drag-icon">{props.icon}</p>
              <p>{props.fileHint}</p>
            </Upload.Dragger>
          </Form.Item>
          <Form.Item name="asOf" label={props.asOfLabel} rules={[{ required: true }]}>
            <DayInput max={todayLocal()} />
          </Form.Item>
        </CommandForm>
      </Modal>
    </>
  );
}
