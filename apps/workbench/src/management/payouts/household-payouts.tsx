import { listHouseholdPayouts } from '@sunlit/api-spec';
import { Amount, formatFen, useLocalised, useMay, type CallResult } from '@sunlit/ui';
import { Tag } from 'antd';
import { Link } from 'react-router';
import { useT } from '../../messages.ts';
import { HoldNoticeLink } from './hold-notice-link.tsx';
import { PagedSection } from './paged-section.tsx';
import { SayNotReceived } from './say-not-received.tsx';

type Paid = CallResult<typeof listHouseholdPayouts>['items'][number];

/** What went to the bank may not have arrived; what is held or still to be sent is another matter. */
const mayHaveMissed: ReadonlySet<Paid['state']> = new Set(['sent', 'paid', 'failed', 're-issued']);

/** What a household was paid, with the working and the basis of each payment. */
export function HouseholdPayouts({ householdId }: { householdId: string }) {
  const t = useT();
  const may = useMay();
  const local = useLocalised();
  if (!may('payout.read')) return null;
  return (
    <PagedSection<Paid>
      title={t('payout.household.title')}
      empty={t('payout.household.none')}
      endpoint={listHouseholdPayouts}
      params={{ id: householdId }}
      rowKey={(item) => item.id}
      columns={[
        { title: t('payout.col.month'), render: (item) => <span className="number nowrap">{item.month}</span> },
        {
          title: t('payout.col.programme'),
          render: (item) => <Link to={`/payouts/${item.batchId}`}>{local(item.programme.title)}</Link>,
        },
        { title: t('payout.col.payee'), render: (item) => item.payee },
        { title: t('payout.col.amount'), right: true, render: (item) => <Amount fen={item.amountFen} /> },
        {
          title: t('payout.col.working'),
          render: (item) => (
            <>
              {t('payout.working', { standard: formatFen(item.standardFen), units: item.units, months: item.months })}
              <div className="soft">{item.basis}</div>
            </>
          ),
        },
        {
          title: t('payout.col.state'),
          render: (item) => (
            <>
              <Tag>{t(`payout.line.${item.state}`)}</Tag> <span className="number">{item.paidOn ?? ''}</span>
              {item.notices
                .filter(({ withdrawn }) => !withdrawn)
                .map((notice) => (
                  <div key={notice.id} className="soft">
                    {t('payout.household.held', {
                      until: notice.until,
                      reason: notice.reason,
                      contact: `${notice.contact.name} ${notice.contact.phone}`,
                    })}
                    <HoldNoticeLink id={notice.id} />
                  </div>
                ))}
              {item.notices.map(({ id, number, ended }) =>
                ended ? (
                  <div key={id} className="soft">
                    {t('payout.hold.ended', { on: ended.on, by: ended.by, reason: ended.reason, number })}
                    <HoldNoticeLink id={id} end />
                  </div>
                ) : null,
              )}
              {item.state === 'failed' && item.bankText ? <div className="soft">{item.bankText}</div> : null}
              {may('my-file.serve') && mayHaveMissed.has(item.state) ? (
                <div>
                  <SayNotReceived householdId={householdId} paymentId={item.id} />
                </div>
              ) : null}
            </>
          ),
        },
      ]}
    />
  );
}
