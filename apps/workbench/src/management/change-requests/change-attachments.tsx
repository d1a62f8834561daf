import { PaperClipOutlined } from '@ant-design/icons';
import { attachToChange, downloadChangeAttachment, type ChangeView } from '@sunlit/api-spec';
import { ProblemAlert, Section, formatDay, formatFileSize, useApi } from '@sunlit/ui';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Button, Upload } from 'antd';
import { useT } from '../../messages.ts';

export function ChangeAttachments({ change }: { change: ChangeView }) {
  const t = useT();
  const api = useApi();
  const queries = useQueryClient();
  const attach = useMutation({
    mutationFn: (file: File) => api.upload(attachToChange, { params: { id: change.id }, file }),
    onSuccess: () => queries.invalidateQueries(),
  });
  const extra = change.actions.includes('attach') ? (
    <Upload
      showUploadList={false}
      beforeUpload={(file) => {
        attach.mutate(file);
        return false;
      }}
    >
      <Button icon={<PaperClipOutlined />} loading={attach.isPending}>
        {t('finding.attachments.add')}
      </Button>
    </Upload>
  ) : null;
  return (
    <Section title={t('change.papers')} extra={extra}>
      {attach.error ? <ProblemAlert problem={attach.error} /> : null}
      {change.attachments.length === 0 ? <p className="soft">{t('change.papers.none')}</p> : null}
      <ul>
        {change.attachments.map((file) => (
          <li key={file.id}>
            <Button
              type="link"
              onClick={() =>
                void api.download(
                  downloadChangeAttachment,
                  { params: { id: change.id, attachmentId: file.id } },
                  file.fileName,
                )
              }
            >
              {file.fileName}
            </Button>
            <span className="soft">
              {formatFileSize(file.size)} · {formatDay(file.addedAt)} · {file.addedBy}
            </span>
          </li>
        ))}
      </ul>
    </Section>
  );
}
