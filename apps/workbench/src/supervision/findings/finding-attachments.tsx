import { attachToFinding, downloadAttachment, type FindingView } from '@sunlit/api-spec';
import { useT } from '../../messages.ts';
import { AttachmentSection } from '../../shell/attachment-section.tsx';

export function FindingAttachments({ finding }: { finding: FindingView }) {
  const t = useT();
  return (
    <AttachmentSection
      id={finding.id}
      files={finding.attachments}
      title={t('finding.attachments')}
      none={t('finding.attachments.none')}
      addLabel={t('finding.attachments.add')}
      attach={finding.actions.includes('attach') ? attachToFinding : undefined}
      download={downloadAttachment}
    />
  );
}
