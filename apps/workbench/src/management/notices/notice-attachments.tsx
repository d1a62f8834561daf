import { PaperClipOutlined } from '@ant-design/icons';
import {
  attachToNotice,
  confirmNoticeAttachment,
  downloadNoticeAttachment,
  removeNoticeAttachment,
  type NoticeAttachment,
  type NoticeView,
} from '@sunlit/api-spec';
import { ProblemAlert, Section, formatFileSize, formatMoment, useApi, useCommand } from '@sunlit/ui';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Button, Form, Input, Space, Upload } from 'antd';
import { useT } from '../../messages.ts';
import { ToneTag } from '../../shell/tone-tag.tsx';
import { CommandDialog } from '../funds/command-dialog.tsx';
import { useLeakWords } from './use-leak-words.ts';

const colours = { clean: 'done', look: 'soon', leak: 'harm', removed: 'plain' } as const;

/** Files of a notice, what was found in them, and who has looked at the pictures. */
export function NoticeAttachments({ notice }: { notice: NoticeView }) {
  const t = useT();
  const api = useApi();
  const queries = useQueryClient();
  const attach = useMutation({
    mutationFn: (file: File) => api.upload(attachToNotice, { params: { id: notice.id }, file }),
    onSuccess: () => queries.invalidateQueries(),
  });
  const extra = notice.actions.includes('attach') ? (
    <Upload
      showUploadList={false}
      accept=".pdf,.docx,.xlsx,.jpg,.jpeg,.png"
      beforeUpload={(file) => {
        attach.mutate(file);
        return false;
      }}
    >
      <Button icon={<PaperClipOutlined />} loading={attach.isPending}>
        {t('notice.attachments.add')}
      </Button>
    </Upload>
  ) : null;
  return (
    <Section title={t('notice.attachments')} extra={extra}>
      {attach.error ? <ProblemAlert problem={attach.error} /> : null}
      {notice.attachments.length === 0 ? <p className="soft">{t('notice.attachments.none')}</p> : null}
      <ul>
        {notice.attachments.map((file) => (
          <li key={file.id}>
            <Attachment notice={notice} file={file} />
          </li>
        ))}
      </ul>
    </Section>
  );
}

function Attachment({ notice, file }: { notice: NoticeView; file: NoticeAttachment }) {
  const t = useT();
  const api = useApi();
  const words = useLeakWords();
  const params = { id: notice.id, attachmentId: file.id };
  const seen = useCommand(confirmNoticeAttachment);
  const remove = useCommand(removeNoticeAttachment);
  const waits = file.state === 'look' && file.seen === null;
  return (
    <>
      <Button type="link" onClick={() => void api.download(downloadNoticeAttachment, { params }, file.fileName)}>
        {file.fileName}
      </Button>
      <span className="soft">
        {formatFileSize(file.size)} · {file.addedBy}
      </span>{' '}
      {file.seen ? (
        <ToneTag tone="done">
          {t('notice.attachment.seen', { by: file.seen.by, at: formatMoment(file.seen.at) })}
        </ToneTag>
      ) : (
        <ToneTag tone={colours[file.state]}>
          {t(
            file.state === 'look' && file.leaks.length > 0
              ? 'notice.attachment.look.words'
              : `notice.attachment.${file.state}`,
          )}
          {file.leaks.length > 0 ? `（${words(file.leaks)}）` : ''}
        </ToneTag>
      )}
      <Space wrap>
        {waits && notice.actions.includes('confirm-seen') ? (
          <CommandDialog<object>
            label={t('notice.do.seen')}
            size="small"
            pending={seen.isPending}
            problem={seen.error}
            onSubmit={() => seen.mutateAsync({ params, body: {} })}
          >
            <p>{t('notice.do.seen.hint')}</p>
          </CommandDialog>
        ) : null}
        {file.state !== 'removed' && notice.actions.includes('remove-attachment') ? (
          <CommandDialog<{ reason: string }>
            label={t('notice.do.remove')}
            danger
            size="small"
            pending={remove.isPending}
            problem={remove.error}
            onSubmit={(body) => remove.mutateAsync({ params, body })}
          >
            <Form.Item name="reason" label={t('notice.reason')} rules={[{ required: true, min: 2 }]}>
              <Input.TextArea maxLength={300} autoSize={{ minRows: 2 }} />
            </Form.Item>
          </CommandDialog>
        ) : null}
      </Space>
    </>
  );
}
