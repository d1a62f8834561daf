import { DownloadOutlined } from '@ant-design/icons';
import { DayInput, ProblemAlert, todayLocal, useApi, type AnyEndpoint } from '@sunlit/ui';
import { Alert, Button, Checkbox, Form, Input, Modal } from 'antd';
import { useState } from 'react';
import { useT } from '../messages.ts';

interface PurposeExportProps {
  endpoint: AnyEndpoint;
  query: Record<string, string | undefined>;
  fileName: string;
  /** what else to know about this file, instead of what holds for all */
  hint?: string;
  /** a choice that adds to the query */
  option?: { label: string; hint: string; query: Record<string, string> };
  /** asks for a day that narrows the file: only what changed since */
  since?: { label: string; parameter: string };
}

/** An export says for what it is; the server masks, watermarks and records it. */
export function PurposeExport(props: PurposeExportProps) {
  const t = useT();
  const api = useApi();
  const [open, setOpen] = useState(false);
  const [purpose, setPurpose] = useState('');
  const [chosen, setChosen] = useState(false);
  const [since, setSince] = useState<string>();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<unknown>();
  const download = async () => {
    setBusy(true);
    setProblem(undefined);
    try {
      await api.download(
        props.endpoint,
        {
          query: {
            ...props.query,
            ...(chosen ? props.option?.query : {}),
            ...(props.since && since ? { [props.since.parameter]: since } : {}),
            purpose,
          },
        },
        props.fileName,
      );
      setOpen(false);
    } catch (error) {
      setProblem(error);
    } finally {
      setBusy(false);
    }
  };
  return (
    <>
      <Button icon={<DownloadOutlined aria-hidden />} onClick={() => setOpen(true)}>
        {t('export')}
      </Button>
      <Modal
        open={open}
        title={t('export')}
        okText={t('export')}
        onOk={() => void download()}
        onCancel={() => setOpen(false)}
        okButtonProps={{ loading: busy, disabled: purpose.trim().length < 4 }}
      >
        <Alert type="info" showIcon title={props.hint ?? t('export.hint')} />
        {problem ? <ProblemAlert problem={problem} /> : null}
        <Form layout="vertical" style={{ marginTop: 12 }}>
          <Form.Item label={t('export.purpose')} required htmlFor="export-purpose">
            <Input
              id="export-purpose"
              maxLength={200}
              value={purpose}
              onChange={(event) => setPurpose(event.target.value)}
            />
          </Form.Item>
          {props.since ? (
            <Form.Item label={props.since.label} htmlFor="export-since">
              <DayInput id="export-since" allowClear value={since} onChange={setSince} max={todayLocal()} />
            </Form.Item>
          ) : null}
          {props.option ? (
            <Form.Item extra={chosen ? props.option.hint : undefined}>
              <Checkbox checked={chosen} onChange={(event) => setChosen(event.target.checked)}>
                {props.option.label}
              </Checkbox>
            </Form.Item>
          ) : null}
        </Form>
      </Modal>
    </>
  );
}
