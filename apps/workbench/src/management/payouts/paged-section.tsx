import { ErrorState, Section, TableFrame, useEndpoint, type AnyEndpoint, type CallInput } from '@sunlit/ui';
import { Button, Skeleton, Space } from 'antd';
import { useState, type ReactNode } from 'react';
import { useT } from '../../messages.ts';

interface PagedSectionProps<Item> {
  title: string;
  extra?: ReactNode;
  hint?: string;
  empty: string;
  endpoint: AnyEndpoint;
  params?: Record<string, string>;
  query?: Record<string, string | undefined>;
  columns: readonly { title: string; right?: boolean; render: (item: Item) => ReactNode }[];
  rowKey: (item: Item) => string;
}

/** A list that is part of a page: paged by the server, a card for each row on a phone. */
export function PagedSection<Item>(props: PagedSectionProps<Item>) {
  const t = useT();
  const [cursors, setCursors] = useState<string[]>([]);
  const query = Object.fromEntries(Object.entries(props.query ?? {}).filter(([, value]) => value));
  const reading = useEndpoint(
    props.endpoint,
    { params: props.params, query: { ...query, limit: 20, cursor: cursors.at(-1) } } as never as CallInput<AnyEndpoint>,
    { keepPrevious: true },
  );
  const page = reading.data as { items: Item[]; nextCursor: string | null; total: number } | undefined;
  const next = page?.nextCursor;
  return (
    <Section title={props.title} extra={props.extra}>
      {props.hint ? <p className="soft">{props.hint}</p> : null}
      {reading.error ? <ErrorState error={reading.error} onRetry={() => void reading.refetch()} /> : null}
      {reading.isLoading ? <Skeleton active /> : null}
      {page?.items.length === 0 ? <p className="soft">{props.empty}</p> : null}
      {page && page.items.length > 0 ? (
        <TableFrame label={props.title}>
          <table className="plain-table">
            <thead>
              <tr>
                {props.columns.map((column) => (
                  <th key={column.title} scope="col" className={column.right ? 'right' : undefined}>
                    {column.title}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {page.items.map((item) => (
                <tr key={props.rowKey(item)}>
                  {props.columns.map((column) => (
                    <td key={column.title} className={column.right ? 'right' : undefined}>
                      {column.render(item)}
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </TableFrame>
      ) : null}
      {page && (cursors.length > 0 || next) ? (
        <Space>
          <span className="soft">{t('payout.page.total', { total: page.total })}</span>
          <Button disabled={cursors.length === 0} onClick={() => setCursors(cursors.slice(0, -1))}>
            {t('payout.page.previous')}
          </Button>
          <Button disabled={!next} onClick={() => next && setCursors([...cursors, next])}>
            {t('payout.page.next')}
          </Button>
        </Space>
      ) : null}
    </Section>
  );
}
