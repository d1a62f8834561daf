import { attachToProcedure, downloadProcedureAttachment, type ProcedureView } from '@sunlit/api-spec';
import { useMay } from '@sunlit/ui';
import { useT } from '../../messages.ts';
import { AttachmentSection } from '../../shell/attachment-section.tsx';

/** Signed forms, minutes, photographs that somebody chose to take. */
export function Papers({ procedure }: { procedure: ProcedureView }) {
  const t = useT();
  const may = useMay();
  return (
    <AttachmentSection
      id={procedure.id}
      files={procedure.attachments}
      title={t('ident.papers')}
      none={t('ident.papers.none')}
      addLabel={t('ident.papers.add')}
      attach={may('identification.work') && !procedure.isOwn ? attachToProcedure : undefined}
      download={downloadProcedureAttachment}
    />
  );
}
