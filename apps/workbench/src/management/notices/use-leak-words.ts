import type { LeakKind } from '@sunlit/api-spec';
import { useT } from '../../messages.ts';

/** “证件号码 1 处、病情 2 处” */
export function useLeakWords(): (leaks: readonly { kind: LeakKind; count: number }[]) => string {
  const t = useT();
  return (leaks) =>
    leaks.map(({ kind, count }) => t('notice.leak.count', { kind: t(`notice.leak.${kind}`), count })).join('、');
}
