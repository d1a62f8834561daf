import { EyeInvisibleOutlined, EyeOutlined } from '@ant-design/icons';
import { Alert, Button, Form, Input, Modal } from 'antd';
import { useState } from 'react';
import { ErrorState } from './error-state.tsx';
import { useUiText } from './i18n.ts';

export interface MaskedValueProps {
  masked: string;
  /** Absent when the person may not see the full value at all. */
  reveal?: (reason: string) => Promise<string>;
}

/** Masked by default; the full value asks why, says that the look-up is recorded, and is gone on leaving the page. */
export function MaskedValue({ masked, reveal }: MaskedValueProps) {
  const text = useUiText();
  const [full, setFull] = useState<string>();
  const [asking, setAsking] = useState(false);
  const [reason, setReason] = useState('');
  const [problem, setProblem] = useState<unknown>();
  const [busy, setBusy] = useState(false);

  const submit = async () => {
    if (!reveal) return;
    setBusy(true);
    setProblem(undefined);
    try {
      setFull(await reveal(reason));
      setAsking(false);
      setReason('');
    } catch (error) {
      setProblem(error);
    } finally {
      setBusy(false);
    }
  };

  return (
    <span className="number nowrap">
      {full ?? masked}
      {reveal ? (
        <Button
          type="text"
          size="small"
          aria-label={full ? text('ui.mask.hide') : text('ui.mask.reveal')}
          icon={full ? <EyeInvisibleOutlined /> : <EyeOutlined />}
          onClick={() => (full ? setFull(undefined) : setAsking(true))}
        />
      ) : null}
      <Modal
        open={asking}
        title={text('ui.mask.title')}
        okText={text('ui.mask.reveal')}
        cancelText={text('ui.cancel')}
        okButtonProps={{ disabled: reason.trim().length < 4, loading: busy }}
        onOk={() => void submit()}
        onCancel={() => setAsking(false)}
      >
        <Alert type="info" showIcon title={text('ui.mask.recorded')} />
        {problem ? <ErrorState error={problem} /> : null}
        <Form layout="vertical" style={{ marginTop: 12 }}>
          <Form.Item label={text('ui.form.reason')} required>
            <Input.TextArea
              aria-label={text('ui.form.reason')}
              autoFocus
              rows={3}
              maxLength={300}
              value={reason}
              onChange={(event) => setReason(event.target.value)}
            />
          </Form.Item>
        </Form>
      </Modal>
    </span>
  );
}
