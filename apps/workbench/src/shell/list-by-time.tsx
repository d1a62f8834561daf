import type { TimeSort } from '@sunlit/api-spec';
import type { AnyEndpoint } from '@sunlit/ui';
import { useT } from '../messages.ts';
import { PurposeExport } from './purpose-export.tsx';

/** The two orders of a list by time. */
export function useTimeSorts(): { value: TimeSort; label: string }[] {
  const t = useT();
  return (['newest', 'oldest'] as const).map((value) => ({ value, label: t(`sort.${value}`) }));
}

/** The tool of a list that gives it as a file. */
export function exportTool(endpoint: AnyEndpoint, fileName: string) {
  return (query: Record<string, string>) => <PurposeExport endpoint={endpoint} query={query} fileName={fileName} />;
}
