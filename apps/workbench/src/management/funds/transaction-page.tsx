import { attachToTransaction, downloadTransactionFile, getTransaction, reverseTransaction } from '@sunlit/api-spec';
import {
  Amount,
  DayInput,
  DetailPage,
  RegionName,
  Section,
  TableFrame,
  formatFen,
  todayLocal,
  useCommand,
  useEndpoint,
  useLocalised,
  useMay,
} from '@sunlit/ui';
import { Alert, Form, Input, Space, Tag } from 'antd';
import { Link, useNavigate, useParams } from 'react-router';
import { useT, type MessageKey } from '../../messages.ts';
import { AttachmentSection } from '../../shell/attachment-section.tsx';
import { CommandDialog } from './command-dialog.tsx';

/** One posting with its lines; a mistake is put right by its mirror image. */
export function TransactionPage() {
  const t = useT();
  const local = useLocalised();
  const may = useMay();
  const { id = '' } = useParams();
  const reading = useEndpoint(getTransaction, { params: { id } });
  const posting = reading.data;
  return (
    <DetailPage
      back={{ to: '/ledger', label: t('ledger.title') }}
      title={t('ledger.page.title', { summary: posting?.summary ?? '' })}
      tags={
        posting ? (
          <Space>
            <Tag>{t(`ledger.kind.${posting.kind}`)}</Tag>
            {posting.reversedById ? <Tag>{t('ledger.reversed')}</Tag> : null}
          </Space>
        ) : null
      }
      answer={
        posting
          ? t('ledger.page.answer', { day: posting.day, by: posting.postedBy, total: formatFen(posting.totalFen) })
          : null
      }
      action={
        posting && may('fund.reverse') && posting.kind !== 'reversal' && posting.reversedById === null ? (
          <Reverse id={posting.id} />
        ) : null
      }
      loading={reading.isLoading}
      error={reading.error}
      onRetry={() => void reading.refetch()}
    >
      {posting ? (
        <>
          {posting.reason ? <p>{t('ledger.page.reason', { reason: posting.reason })}</p> : null}
          {posting.reversesId ? <Link to={`/ledger/${posting.reversesId}`}>{t('ledger.page.original')}</Link> : null}
          {posting.reversedById ? (
            <Link to={`/ledger/${posting.reversedById}`}>{t('ledger.page.reversal')}</Link>
          ) : null}
          <AttachmentSection
            id={posting.id}
            files={posting.attachments}
            title={t('fund.files.voucher')}
            none={t('fund.files.none')}
            addLabel={t('finding.attachments.add')}
            attach={may('fund.pay') ? attachToTransaction : undefined}
            download={downloadTransactionFile}
          />
          <Section title={t('ledger.page.lines')}>
            <TableFrame label={t('ledger.page.lines')}>
              <table className="plain-table">
                <thead>
                  <tr>
                    <th scope="col">{t('ledger.col.account')}</th>
                    <th scope="col">{t('ledger.col.book')}</th>
                    <th scope="col">{t('fund.col.fund')}</th>
                    <th scope="col" className="right">
                      {t('ledger.col.debit')}
                    </th>
                    <th scope="col" className="right">
                      {t('ledger.col.credit')}
                    </th>
                    <th scope="col">{t('ledger.col.indicator')}</th>
                  </tr>
                </thead>
                <tbody>
                  {posting.lines.map((line) => (
                    <tr key={line.number}>
                      <th scope="row">
                        {t(`ledger.account.${line.account}` as MessageKey)}{' '}
                        {line.ofHousehold ? <Tag>{t('ledger.ofHousehold')}</Tag> : null}
                      </th>
                      <td>
                        <RegionName region={line.book} />
                      </td>
                      <td>
                        {local(line.fund.title)} {line.fiscalYear}
                      </td>
                      <td className="right">{line.amountFen > 0 ? <Amount fen={line.amountFen} /> : null}</td>
                      <td className="right">{line.amountFen < 0 ? <Amount fen={-line.amountFen} /> : null}</td>
                      <td>
                        <Link to={`/funds/indicators/${line.indicatorId}`}>{t('ledger.col.indicator')}</Link>
                      </td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </TableFrame>
            {posting.lines.length < posting.lineCount ? (
              <p className="soft">{t('ledger.page.more', { shown: posting.lines.length, total: posting.lineCount })}</p>
            ) : null}
          </Section>
        </>
      ) : null}
    </DetailPage>
  );
}

function Reverse({ id }: { id: string }) {
  const t = useT();
  const navigate = useNavigate();
  const reverse = useCommand(reverseTransaction);
  return (
    <CommandDialog<{ day: string; reason: string }>
      label={t('ledger.reverse')}
      danger
      size="large"
      initialValues={{ day: todayLocal() }}
      pending={reverse.isPending}
      problem={reverse.error}
      onSubmit={async (body) => {
        const reversal = await reverse.mutateAsync({ params: { id }, body });
        void navigate(`/ledger/${reversal.id}`);
      }}
    >
      <Alert type="info" showIcon title={t('ledger.reverse.hint')} style={{ marginBottom: 12 }} />
      <Form.Item name="day" label={t('ledger.reverse.day')} rules={[{ required: true }]}>
        <DayInput max={todayLocal()} />
      </Form.Item>
      <Form.Item name="reason" label={t('fund.form.reason')} rules={[{ required: true, min: 2 }]}>
        <Input.TextArea rows={3} maxLength={300} />
      </Form.Item>
    </CommandDialog>
  );
}
