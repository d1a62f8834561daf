import { attachToChange, downloadChangeAttachment, type ChangeView } from '@sunlit/api-spec';
import { useT } from '../../messages.ts';
import { AttachmentSection } from '../../shell/attachment-section.tsx';

export function ChangeAttachments({ change }: { change: ChangeView }) {
  const t = useT();
  return (
    <AttachmentSection
      id={change.id}
      files={change.attachments}
      title={t('change.papers')}
      none={t('change.papers.none')}
      addLabel={t('finding.attachments.add')}
      attach={change.actions.includes('attach') ? attachToChange : undefined}
      download={downloadChangeAttachment}
    />
  );
}
