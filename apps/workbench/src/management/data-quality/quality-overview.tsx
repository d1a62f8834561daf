import { getQualityTrend, type QualityCheckSummary } from '@sunlit/api-spec';
import { Chart, TableFrame, formatCount, palette, useEndpoint, useLocalised } from '@sunlit/ui';
import { useMemo } from 'react';
import { useSearchParams } from 'react-router';
import { useT } from '../../messages.ts';

const shown = 5;

/** How it develops, and what is most frequent: a click narrows the list. */
export function QualityOverview({
  checks,
  regionCode,
}: {
  checks: readonly QualityCheckSummary[];
  regionCode: string;
}) {
  const t = useT();
  const local = useLocalised();
  const [params, setParams] = useSearchParams();
  const check = params.get('check') ?? undefined;
  const trend = useEndpoint(getQualityTrend, { query: { regionCode, check } }, { keepPrevious: true });
  const days = trend.data?.items ?? [];
  const option = useMemo(
    () => ({
      grid: { left: 56, right: 16, top: 16, bottom: 28 },
      xAxis: { type: 'category', data: days.map(({ day }) => day) },
      yAxis: { type: 'value', minInterval: 1 },
      series: [{ type: 'line', data: days.map(({ open }) => open), color: palette.ink }],
    }),
    [days],
  );
  if (checks.length === 0) return null;
  return (
    <section className="quality-overview">
      <div>
        <h2>{t('quality.top')}</h2>
        <ul className="quality-top">
          {checks.slice(0, shown).map((one) => (
            <li key={one.code}>
              <button
                type="button"
                aria-pressed={one.code === check}
                onClick={() => setParams(one.code === check ? {} : { check: one.code })}
              >
                <span>{local(one.title)}</span> <strong className="number">{formatCount(one.open)}</strong>
              </button>
            </li>
          ))}
        </ul>
      </div>
      <div>
        {days.length > 1 ? (
          <Chart
            title={t('quality.trend')}
            option={option}
            height={180}
            table={
              <TableFrame label={t('quality.trend')}>
                <table>
                  <thead>
                    <tr>
                      <th scope="col">{t('quality.trend.day')}</th>
                      <th scope="col">{t('quality.trend.open')}</th>
                    </tr>
                  </thead>
                  <tbody>
                    {days.map(({ day, open }) => (
                      <tr key={day}>
                        <th scope="row">{day}</th>
                        <td className="number">{formatCount(open)}</td>
                      </tr>
                    ))}
                  </tbody>
                </table>
              </TableFrame>
            }
          />
        ) : (
          <p className="soft">{t('quality.trend.short')}</p>
        )}
      </div>
    </section>
  );
}
