import { DownloadOutlined } from '@ant-design/icons';
import { downloadPayoutFile, type PayoutBatchView } from '@sunlit/api-spec';
import { Amount, Section, TableFrame, formatMoment, useApi, useMay } from '@sunlit/ui';
import { Button } from 'antd';
import { useT } from '../../messages.ts';
import { useOutcomes } from './use-outcomes.ts';

/** What went to the bank and what came back, with the totals of each. */
export function BankFiles({ batch }: { batch: PayoutBatchView }) {
  const t = useT();
  const may = useMay();
  const api = useApi();
  const outcomesOf = useOutcomes();
  return (
    <Section title={t('payout.page.files')}>
      <TableFrame label={t('payout.page.files')}>
        <table className="plain-table">
          <thead>
            <tr>
              <th scope="col">{t('payout.col.file')}</th>
              <th scope="col">{t('payout.do.send.format')}</th>
              <th scope="col" className="right">
                {t('payout.col.records')}
              </th>
              <th scope="col" className="right">
                {t('payout.col.total')}
              </th>
              <th scope="col">{t('payout.col.outcomes')}</th>
              <th scope="col">{t('fund.col.by')}</th>
              {may('payout.send') ? <th scope="col">{t('payout.do.download')}</th> : null}
            </tr>
          </thead>
          <tbody>
            {batch.files.map((file) => (
              <tr key={file.id}>
                <th scope="row">{file.fileName}</th>
                <td>{t(`payout.format.${file.format}`)}</td>
                <td className="right number">{file.records}</td>
                <td className="right">
                  <Amount fen={file.totalFen} />
                </td>
                <td>{file.outcomes ? outcomesOf(file.outcomes) : '—'}</td>
                <td>{t('payout.page.by', { by: file.by, at: formatMoment(file.at) })}</td>
                {may('payout.send') ? (
                  <td>
                    <Button
                      size="small"
                      icon={<DownloadOutlined />}
                      onClick={() => void api.download(downloadPayoutFile, { params: { id: file.id } }, file.fileName)}
                    >
                      {t('payout.do.download')}
                    </Button>
                  </td>
                ) : null}
              </tr>
            ))}
          </tbody>
        </table>
      </TableFrame>
    </Section>
  );
}
