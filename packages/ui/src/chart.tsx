import { BarChartOutlined, TableOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import type { EChartsCoreOption } from 'echarts/core';
import { useEffect, useRef, useState, type ReactNode } from 'react';
import { useUiText } from './i18n.ts';

export interface ChartProps {
  /** The question the chart answers. */
  title: string;
  option: EChartsCoreOption;
  height?: number;
  /** The same figures as a table: for screen readers, for print, for whoever prefers it. */
  table: ReactNode;
  onSelect?: (name: string) => void;
  /** Shapes for a map series, registered under the name the option uses. */
  map?: { name: string; geoJson: object };
}

/** A chart with its table twin; the drawing library is only fetched when a chart is shown. */
export function Chart({ title, option, height = 300, table, onSelect, map }: ChartProps) {
  const text = useUiText();
  const [asTable, setAsTable] = useState(false);
  const holder = useRef<HTMLDivElement>(null);

  useEffect(() => {
    if (asTable || !holder.current) return;
    let disposed = false;
    let close = () => {};
    const element = holder.current;
    void import('./chart-engine.ts').then(({ echarts }) => {
      if (disposed) return;
      if (map) echarts.registerMap(map.name, map.geoJson as never);
      const chart = echarts.init(element, undefined, { renderer: 'svg' });
      chart.setOption({ animation: false, aria: { enabled: true }, ...option });
      if (onSelect) chart.on('click', (event) => onSelect(String(event.name)));
      const observer = new ResizeObserver(() => chart.resize());
      observer.observe(element);
      close = () => {
        observer.disconnect();
        chart.dispose();
      };
    });
    return () => {
      disposed = true;
      close();
    };
  }, [asTable, option, map, onSelect]);

  return (
    <figure className="chart">
      <figcaption>
        <span>{title}</span>
        <Button
          className="noprint"
          size="small"
          type="text"
          icon={asTable ? <BarChartOutlined /> : <TableOutlined />}
          onClick={() => setAsTable(!asTable)}
        >
          {asTable ? text('ui.chart.chart') : text('ui.chart.table')}
        </Button>
      </figcaption>
      {asTable ? table : <div ref={holder} role="img" aria-label={title} style={{ height, width: '100%' }} />}
    </figure>
  );
}
