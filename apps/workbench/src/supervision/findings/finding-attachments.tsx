import { PaperClipOutlined } from '@ant-design/icons';
import { attachToFinding, downloadAttachment, type FindingView } from '@sunlit/api-spec';
import { ProblemAlert, Section, formatDay, formatFileSize, useApi } from '@sunlit/ui';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Button, Upload } from 'antd';
import { useT } from '../../messages.ts';

export function FindingAttachments({ finding }: { finding: FindingView }) {
  const t = useT();
  const api = useApi();
  const queries = useQueryClient();
  const attach = useMutation({
    mutationFn: (file: File) => api.upload(attachToFinding, { params: { id: finding.id }, file }),
    onSuccess: () => queries.invalidateQueries(),
  });
  const extra = finding.actions.includes('attach') ? (
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
    <Section title={t('finding.attachments')} extra={extra}>
      {attach.error ? <ProblemAlert problem={attach.error} /> : null}
      {finding.attachments.length === 0 ? <p className="soft">{t('finding.attachments.none')}</p> : null}
      <ul>
        {finding.attachments.map((file) => (
          <li key={file.id}>
            <Button
              type="link"
              onClick={() =>
                void api.download(
                  downloadAttachment,
                  { params: { id: finding.id, attachmentId: file.id } },
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
