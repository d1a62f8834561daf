import { Chart, Count, TableFrame, formatCount } from '@sunlit/ui';
import { useQuery } from '@tanstack/react-query';
import { Button, Segmented } from 'antd';
import { useMemo, useState } from 'react';
import { useT } from '../../messages.ts';
import type { Cockpit } from './cockpit-page.tsx';

type Measure = 'open' | 'overdue' | 'owed';
interface Boundaries {
  features: { id: string; properties: { name: string } }[];
}

/** Counties on the real map where boundaries are known, and always the table of all divisions. */
export function CockpitMap({ cockpit, onRegion }: { cockpit: Cockpit; onRegion: (code: string) => void }) {
  const t = useT();
  const [measure, setMeasure] = useState<Measure>('open');
  const boundaries = useQuery({
    queryKey: ['boundaries', 'huaian-counties'],
    queryFn: async () => (await (await fetch('/workbench/boundaries/huaian-counties.geojson')).json()) as Boundaries,
    staleTime: Infinity,
  });
  const map = useMemo(
    () => (boundaries.data ? { name: 'counties', geoJson: boundaries.data } : undefined),
    [boundaries.data],
  );

  const { option, shapes } = useMemo(() => {
    const known = new Map((boundaries.data?.features ?? []).map((feature) => [feature.id, feature.properties.name]));
    const drawn = cockpit.children.filter((child) => known.has(child.region.code));
    const highest = Math.max(1, ...drawn.map((child) => child[measure]));
    return {
      shapes: new Map(drawn.map((child) => [known.get(child.region.code) ?? '', child.region.code])),
      option: {
        tooltip: {
          trigger: 'item',
          formatter: ({ name, value }: { name: string; value: number }) => `${name}　${formatCount(value || 0)}`,
        },
        visualMap: {
          min: 0,
          max: highest,
          calculable: false,
          orient: 'horizontal',
          left: 'center',
          bottom: 0,
          inRange: { color: ['#fdf6e3', '#f3cf7a', '#e8a317'] },
        },
        series: [
          {
            type: 'map',
            map: 'counties',
            nameProperty: 'name',
            label: {
              show: true,
              color: '#1f2328',
              textBorderColor: '#fff',
              textBorderWidth: 2,
              formatter: ({ name, value }: { name: string; value: number }) =>
                `${name}\n${Number.isNaN(value) ? '' : formatCount(value)}`,
            },
            emphasis: { itemStyle: { areaColor: '#f7efdc' } },
            itemStyle: { borderColor: '#8d8a80', areaColor: '#ffffff' },
            data: drawn.map((child) => ({ name: known.get(child.region.code), value: child[measure] })),
          },
        ],
      },
    };
  }, [boundaries.data, cockpit.children, measure]);

  const table = <ChildrenTable cockpit={cockpit} onRegion={onRegion} />;
  return (
    <section className="block">
      {map && shapes.size > 0 ? (
        <>
          <Segmented
            aria-label={t('cockpit.map.value')}
            value={measure}
            onChange={setMeasure}
            options={(['open', 'overdue', 'owed'] as const).map((value) => ({
              value,
              label: t(`cockpit.tile.${value}`),
            }))}
          />
          <Chart
            title={t('cockpit.map')}
            option={option}
            map={map}
            height={420}
            table={table}
            onSelect={(name) => shapes.has(name) && onRegion(shapes.get(name) ?? '')}
          />
          <p className="soft">{t('cockpit.map.note')}</p>
        </>
      ) : (
        <>
          <h2>{t('cockpit.map')}</h2>
          {table}
        </>
      )}
    </section>
  );
}

function ChildrenTable({ cockpit, onRegion }: { cockpit: Cockpit; onRegion: (code: string) => void }) {
  const t = useT();
  const columns = ['households', 'persons', 'open', 'overdue', 'owed'] as const;
  return (
    <TableFrame label={t('cockpit.map')}>
      <table className="plain-table">
        <thead>
          <tr>
            <th scope="col">{t('cockpit.col.region')}</th>
            {columns.map((column) => (
              <th key={column} scope="col" className="right">
                {t(`cockpit.col.${column}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {cockpit.children.map((child) => (
            <tr key={child.region.code}>
              <th scope="row">
                <Button type="link" size="small" onClick={() => onRegion(child.region.code)}>
                  {child.region.name}
                </Button>
              </th>
              {columns.map((column) => (
                <td key={column} className="right">
                  <Count value={child[column]} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </TableFrame>
  );
}
