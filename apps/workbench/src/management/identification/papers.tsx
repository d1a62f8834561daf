import { PaperClipOutlined } from '@ant-design/icons';
import { attachToProcedure, downloadProcedureAttachment, type ProcedureView } from '@sunlit/api-spec';
import { ProblemAlert, Section, formatDay, useApi, useMay } from '@sunlit/ui';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Button, Upload } from 'antd';
import { useT } from '../../messages.ts';

/** Signed forms, minutes, photographs that somebody chose to take. */
export function Papers({ procedure }: { procedure: ProcedureView }) {
  const t = useT();
  const may = useMay();
  const api = useApi();
  const queries = useQueryClient();
  const attach = useMutation({
    mutationFn: (file: File) => api.upload(attachToProcedure, { params: { id: procedure.id }, file }),
    onSuccess: () => queries.invalidateQueries(),
  });
  const extra =
    may('identification.work') && !procedure.isOwn ? (
      <Upload
        showUploadList={false}
        beforeUpload={(file) => {
          attach.mutate(file);
          return false;
        }}
      >
        <Button icon={<PaperClipOutlined />} loading={attach.isPending}>
          {t('ident.papers.add')}
        </Button>
      </Upload>
    ) : null;
  return (
    <Section title={t('ident.papers')} extra={extra}>
      {attach.error ? <ProblemAlert problem={attach.error} /> : null}
      {procedure.attachments.length === 0 ? <p className="soft">{t('ident.papers.none')}</p> : null}
      <ul>
        {procedure.attachments.map((file) => (
          <li key={file.id}>
            <Button
              type="link"
              onClick={() =>
                void api.download(
                  downloadProcedureAttachment,
                  { params: { id: procedure.id, attachmentId: file.id } },
                  file.fileName,
                )
              }
            >
              {file.fileName}
            </Button>
            <span className="soft">
              {formatDay(file.addedAt)} · {file.addedBy}
            </span>
          </li>
        ))}
      </ul>
    </Section>
  );
}
