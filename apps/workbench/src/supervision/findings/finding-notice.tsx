import { PrinterOutlined } from '@ant-design/icons';
import { getFindingNotice, type FindingView } from '@sunlit/api-spec';
import { Section, endpointUrl, useMay } from '@sunlit/ui';
import { Button } from 'antd';
import { useT } from '../../messages.ts';

/** The very words the household is told, and the printable page in large type. */
export function FindingNotice({ finding }: { finding: FindingView }) {
  const t = useT();
  const may = useMay();
  return (
    <Section
      title={t('finding.notice')}
      extra={
        may('finding.verify') && finding.state !== 'signal' ? (
          <Button
            className="noprint"
            icon={<PrinterOutlined />}
            href={endpointUrl(getFindingNotice, { params: { id: finding.id } })}
            target="_blank"
          >
            {t('finding.notice.print')}
          </Button>
        ) : null
      }
    >
      <div className="notice-preview">{finding.notice}</div>
      {finding.responsible ? <p>{t('finding.notice.who', { ...finding.responsible })}</p> : null}
    </Section>
  );
}
