import { listRunCounts, type RegionSummary } from '@sunlit/api-spec';
import { Count, ErrorState, RegionName, TableFrame, useEndpoint } from '@sunlit/ui';
import { Segmented, Select, Skeleton, Space } from 'antd';
import { useState } from 'react';
import { useT } from '../../messages.ts';

const levels = ['county', 'town', 'village'] as const;

/** Hits per division and rule: the released work should not land on one village unseen. */
export function RunCounts({ runId, rules }: { runId: string; rules: readonly string[] }) {
  const t = useT();
  const [level, setLevel] = useState<(typeof levels)[number]>('county');
  const [rule, setRule] = useState<string>();
  const reading = useEndpoint(listRunCounts, { params: { id: runId }, query: { level, rule } }, { keepPrevious: true });
  const items = reading.data?.items ?? [];
  const columns = rule ? [rule] : rules.filter((code) => items.some((item) => item.rule === code));
  const places = new Map<string, { region: RegionSummary; hits: Map<string, number>; total: number }>();
  for (const item of items) {
    const place = places.get(item.region.code) ?? {
      region: item.region,
      hits: new Map<string, number>(),
      total: 0,
    };
    place.hits.set(item.rule, (place.hits.get(item.rule) ?? 0) + item.hits);
    place.total += item.hits;
    places.set(item.region.code, place);
  }
  const rows = [...places.values()].sort((a, b) => b.total - a.total);
  return (
    <>
      <Space wrap style={{ marginBottom: 12 }}>
        <Segmented
          value={level}
          onChange={setLevel}
          options={levels.map((value) => ({ value, label: t(`run.level.${value}`) }))}
        />
        <Select
          allowClear
          aria-label={t('rule.col.code')}
          placeholder={t('rule.col.code')}
          style={{ width: 120 }}
          value={rule}
          onChange={(next: string | undefined) => setRule(next)}
          options={rules.map((code) => ({ value: code, label: code }))}
        />
      </Space>
      {reading.error ? <ErrorState error={reading.error} onRetry={() => void reading.refetch()} /> : null}
      {reading.isLoading ? <Skeleton active /> : null}
      {reading.data && rows.length === 0 ? <p className="soft">{t('run.counts.none')}</p> : null}
      {rows.length > 0 ? (
        <TableFrame label={t('run.counts')} matrix>
          <table className="plain-table">
            <thead>
              <tr>
                <th scope="col">{t('run.col.region')}</th>
                <th scope="col" className="right">
                  {t('run.counts.total')}
                </th>
                {columns.map((code) => (
                  <th key={code} scope="col" className="right">
                    {code}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {rows.map((row) => (
                <tr key={row.region.code}>
                  <th scope="row" className="nowrap">
                    <RegionName region={row.region} />
                  </th>
                  <td className="right">
                    <Count value={row.total} />
                  </td>
                  {columns.map((code) => (
                    <td key={code} className="right">
                      {row.hits.get(code) ?? '·'}
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </TableFrame>
      ) : null}
    </>
  );
}
