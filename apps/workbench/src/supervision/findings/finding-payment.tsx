import type { FindingView } from '@sunlit/api-spec';
import { Amount, Facts, Section, useLocalised, useMay } from '@sunlit/ui';
import { Link } from 'react-router';
import { useT } from '../../messages.ts';

/** The payment that is said not to have arrived, as it stands now: what the bank said, and whether it was issued again. */
export function FindingPayment({ payment }: { payment: NonNullable<FindingView['payment']> }) {
  const t = useT();
  const local = useLocalised();
  const may = useMay();
  const batch = (id: string, number: string) =>
    may('payout.read') ? <Link to={`/payouts/${id}`}>{number}</Link> : number;
  return (
    <Section title={t('finding.payment')}>
      <Facts
        items={[
          [t('payout.col.number'), batch(payment.batchId, payment.batchNumber)],
          [t('payout.col.programme'), `${payment.month} ${local(payment.programme)}`],
          [t('payout.col.payee'), `${payment.payee} ${payment.accountMasked}`],
          [t('payout.col.amount'), <Amount key="amount" fen={payment.amountFen} />],
          [
            t('payout.col.state'),
            <>
              {[t(`payout.line.${payment.state}`), payment.paidOn, payment.bankText].filter(Boolean).join(' · ')}
              {payment.reissuedIn ? (
                <div>
                  {t('finding.payment.reissued')} {batch(payment.reissuedIn.batchId, payment.reissuedIn.batchNumber)} ·{' '}
                  {t(`payout.line.${payment.reissuedIn.state}`)}
                </div>
              ) : null}
            </>,
          ],
        ]}
      />
    </Section>
  );
}
