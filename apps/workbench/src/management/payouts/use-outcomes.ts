import { bankOutcome } from '@sunlit/api-spec';
import { useT } from '../../messages.ts';

/** How many records had which outcome, in words. */
export function useOutcomes(): (outcomes: Record<string, number>) => string {
  const t = useT();
  return (outcomes) =>
    bankOutcome.options
      .filter((outcome) => outcomes[outcome])
      .map((outcome) =>
        t('payout.outcome.count', { outcome: t(`payout.outcome.${outcome}`), count: outcomes[outcome]! }),
      )
      .join(' · ');
}
