import type { RuleItem } from '@sunlit/api-spec';
import { formatCount, formatShare } from '@sunlit/ui';
import { useT } from '../../messages.ts';

/** How often the rule was right so far, with its interval: never a bare score. */
export function PrecisionText({ precision }: { precision: RuleItem['precision'] }) {
  const t = useT();
  if (!precision || precision.decided === 0) return <p className="soft">{t('finding.rule.noPrecision')}</p>;
  return (
    <p>
      {t('finding.rule.precision', {
        decided: formatCount(precision.decided),
        rate: formatShare(precision.rate, 0),
        low: formatShare(precision.low, 0),
        high: formatShare(precision.high, 0),
      })}{' '}
      <PrecisionBar precision={precision} />
    </p>
  );
}

export function PrecisionBar({ precision }: { precision: { low: number; high: number } }) {
  return (
    <span className="precision-bar" aria-hidden>
      <span style={{ left: `${precision.low * 100}%`, right: `${(1 - precision.high) * 100}%` }} />
    </span>
  );
}
