import { PaperClipOutlined } from '@ant-design/icons';
import { ProblemAlert, Section, formatDay, formatFileSize, useApi, type AnyEndpoint } from '@sunlit/ui';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Button, Upload } from 'antd';

interface AttachmentSectionProps {
  /** record the files belong to */
  id: string;
  files: readonly { id: string; fileName: string; size?: number; addedAt: string; addedBy: string }[];
  title: string;
  none: string;
  addLabel: string;
  /** absent: the reader adds none */
  attach: AnyEndpoint | undefined;
  /** takes `id` and `attachmentId` */
  download: AnyEndpoint;
}

/** The files of a record, and a way to add one. */
export function AttachmentSection(props: AttachmentSectionProps) {
  const api = useApi();
  const queries = useQueryClient();
  const { attach: endpoint } = props;
  const attach = useMutation({
    mutationFn: (file: File) => api.upload(endpoint!, { params: { id: props.id }, file }),
    onSuccess: () => queries.invalidateQueries(),
  });
  const extra = endpoint ? (
    <Upload
      showUploadList={false}
      beforeUpload={(file) => {
        attach.mutate(file);
        return false;
      }}
    >
      <Button icon={<PaperClipOutlined />} loading={attach.isPending}>
        {props.addLabel}
      </Button>
    </Upload>
  ) : null;
  return (
    <Section title={props.title} extra={extra}>
      {attach.error ? <ProblemAlert problem={attach.error} /> : null}
      {props.files.length === 0 ? <p className="soft">{props.none}</p> : null}
      <ul>
        {props.files.map((file) => (
          <li key={file.id}>
            <Button
              type="link"
              onClick={() =>
                void api.download(props.download, { params: { id: props.id, attachmentId: file.id } }, file.fileName)
              }
            >
              {file.fileName}
            </Button>
            <span className="soft">
              {file.size === undefined ? '' : `${formatFileSize(file.size)} · `}
              {formatDay(file.addedAt)} · {file.addedBy}
            </span>
          </li>
        ))}
      </ul>
    </Section>
  );
}
