import { DownloadOutlined } from '@ant-design/icons';
import { exportFindings } from '@sunlit/api-spec';
import { PurposeExport } from '../../shell/purpose-export.tsx';
import { useT } from '../../messages.ts';

export function ExportFindings({ query }: { query: Record<string, string> }) {
  const t = useT();
  const { sort: _, ...filter } = query;
  return (
    <PurposeExport
      endpoint={exportFindings}
      query={filter}
      title={t('finding.export.title')}
      label={t('finding.export')}
      hint={t('finding.export.hint')}
      purposeLabel={t('finding.export.purpose')}
      fileName="findings.csv"
      icon={<DownloadOutlined />}
    />
  );
}
