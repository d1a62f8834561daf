import { TableOutlined } from '@ant-design/icons';
import { Button, Checkbox, Grid, Popover, Select, Skeleton, Space, Table, type InputRef } from 'antd';
import { useEffect, useRef, useState, type ReactNode } from 'react';
import { useNavigate } from 'react-router';
import type { AnyEndpoint, CallInput, CallResult } from './api-client.ts';
import { useEndpoint } from './api-context.tsx';
import { EmptyState, type EmptyStateProps } from './empty-state.tsx';
import { ErrorState } from './error-state.tsx';
import { formatCount } from './formatters.ts';
import { useUiText } from './i18n.ts';
import { ListCards } from './list-cards.tsx';
import { ListFilters, type ListFilter } from './list-filters.tsx';
import { useListState } from './list-state.ts';
import { SavedViews } from './saved-views.tsx';
import { useListKeys } from './use-list-keys.ts';

export interface ListColumn<Item> {
  key: string;
  title: string;
  render: (item: Item) => ReactNode;
  align?: 'right';
  width?: number;
  /** Stays in sight while the table scrolls sideways and heads the card on a phone. */
  primary?: boolean;
  /** Left out until the person asks for it. */
  hidden?: boolean;
}

interface PageOf<Item> {
  items: Item[];
  nextCursor: string | null;
  total: number;
  totalIsCapped: boolean;
}

export interface ListPageProps<Item, E extends AnyEndpoint> {
  /** Names the list in saved views and stored column choices. */
  name: string;
  title: ReactNode;
  answer?: ReactNode;
  endpoint: E;
  /** Query values that are always sent; a filter in the address wins. */
  fixedQuery?: Record<string, string | undefined>;
  columns: readonly ListColumn<Item>[];
  rowKey: (item: Item) => string;
  to?: (item: Item) => string;
  filters?: readonly ListFilter[];
  sorts?: readonly { value: string; label: string }[];
  action?: ReactNode;
  /** figures between the heading and the list */
  overview?: ReactNode;
  tools?: (query: Record<string, string>) => ReactNode;
  bulk?: (ids: string[], clear: () => void) => ReactNode;
  empty: EmptyStateProps;
  /** why nothing fits these filters, where there is more to say than “nothing” */
  emptyFiltered?: (query: Record<string, string>) => string | undefined;
}

/** Every list of the workbench: filters in the address, server paging, keyboard, column choice, cards on a phone. */
export function ListPage<E extends AnyEndpoint, Item = CallResult<E> extends PageOf<infer I> ? I : never>(
  props: ListPageProps<Item, E>,
) {
  const text = useUiText();
  const navigate = useNavigate();
  const state = useListState();
  const isPhone = Grid.useBreakpoint().md === false;
  const searchRef = useRef<InputRef>(null);
  const [selected, setSelected] = useState<string[]>([]);
  const { shown, toggle } = useColumnChoice(props.name, props.columns);

  const fixed = Object.fromEntries(Object.entries(props.fixedQuery ?? {}).filter(([, value]) => value)) as Record<
    string,
    string
  >;
  const query = { ...fixed, ...state.filters };
  const reading = useEndpoint(props.endpoint, { query: { ...query, cursor: state.cursor } } as never as CallInput<E>, {
    keepPrevious: true,
  });
  const page = reading.data as PageOf<Item> | undefined;
  const items = page?.items ?? [];
  const open = (item: Item) => props.to && void navigate(props.to(item));
  const { active, setActive, containerRef } = useListKeys(
    items.length,
    (index) => items[index] && open(items[index]),
    searchRef,
  );
  // The table's hidden measuring row repeats the header's checkbox: keep the keyboard and screen readers out of it.
  useEffect(() => containerRef.current?.querySelector('.ant-table-measure-row')?.setAttribute('inert', ''));
  // A table wider than the page is scrolled by keys too, also where no row holds a link.
  useEffect(() => containerRef.current?.querySelector('.ant-table-body')?.setAttribute('tabindex', '0'));
  const clear = () => setSelected([]);
  const hasFilters = Object.keys(state.filters).length > 0;
  const columns = props.columns.filter((column) => shown.has(column.key));

  return (
    <article className="page wide">
      <header className="page-head">
        <div>
          <h1>{props.title}</h1>
          {props.answer ? <p className="answer">{props.answer}</p> : null}
        </div>
        {props.action ? <div className="page-action noprint">{props.action}</div> : null}
      </header>
      {props.overview}
      <div className="list-tools">
        <ListFilters
          filters={props.filters ?? []}
          values={state.filters}
          onChange={state.setFilter}
          onClear={() => state.replaceAll('')}
          searchRef={searchRef}
        />
        <Space wrap className="noprint">
          {props.sorts ? (
            <Select
              aria-label={text('ui.asc')}
              value={state.filters.sort ?? props.sorts[0]?.value}
              options={[...props.sorts]}
              onChange={(value: string) => state.setFilter('sort', value)}
              popupMatchSelectWidth={false}
            />
          ) : null}
          <SavedViews list={props.name} query={state.query} onOpen={state.replaceAll} />
          <Popover
            trigger="click"
            placement="bottomRight"
            content={
              <Space orientation="vertical">
                {props.columns.map((column) => (
                  <Checkbox
                    key={column.key}
                    checked={shown.has(column.key)}
                    disabled={column.primary}
                    onChange={() => toggle(column.key)}
                  >
                    {column.title}
                  </Checkbox>
                ))}
              </Space>
            }
          >
            <Button icon={<TableOutlined />}>{text('ui.columns')}</Button>
          </Popover>
          {props.tools?.(query)}
        </Space>
      </div>
      {selected.length > 0 && props.bulk ? (
        <div className="bulk-bar" role="status">
          <span>{text('ui.selected', { count: selected.length })}</span>
          {props.bulk(selected, clear)}
        </div>
      ) : null}
      {reading.error ? (
        <ErrorState error={reading.error} onRetry={() => void reading.refetch()} />
      ) : !page ? (
        <Skeleton active title={false} paragraph={{ rows: 12, width: '100%' }} />
      ) : items.length === 0 ? (
        <EmptyState {...(hasFilters ? { explanation: props.emptyFiltered?.(query) ?? text('ui.empty.filtered') } : props.empty)} />
      ) : isPhone ? (
        <ListCards items={items} columns={columns} rowKey={props.rowKey} to={props.to} />
      ) : (
        <div
          ref={containerRef}
          tabIndex={0}
          className="list-table"
          role="region"
          aria-label={text('ui.keys')}
          aria-busy={reading.isFetching}
        >
          <Table<Item>
            size="small"
            bordered={false}
            rowKey={props.rowKey}
            dataSource={items}
            pagination={false}
            sticky
            scroll={{ x: 'max-content' }}
            rowClassName={(_, index) => (index === active ? 'active-row' : '') + (props.to ? ' clickable' : '')}
            rowSelection={
              props.bulk
                ? {
                    selectedRowKeys: selected,
                    onChange: (keys) => setSelected(keys.map(String)),
                    getCheckboxProps: (item) => ({ 'aria-label': `${text('ui.open')} ${props.rowKey(item)}` }) as never,
                  }
                : undefined
            }
            onRow={(item, index) => ({
              onClick: (event) => {
                if ((event.target as HTMLElement).closest('a,button,input,label,.ant-table-selection-column')) return;
                setActive(index ?? -1);
                open(item);
              },
            })}
            columns={columns.map((column) => ({
              key: column.key,
              title: column.title,
              align: column.align,
              width: column.width,
              fixed: column.primary ? ('left' as const) : undefined,
              render: (_: unknown, item: Item) => column.render(item),
            }))}
          />
        </div>
      )}
      {page && items.length > 0 ? (
        <nav className="pager noprint" aria-label={text('ui.page', { page: state.page })}>
          <span className="soft">
            {text(page.totalIsCapped ? 'ui.totalAtLeast' : 'ui.total', { total: formatCount(page.total) })} ·{' '}
            {text('ui.page', { page: state.page })}
          </span>
          <Space>
            <Button disabled={!state.cursor} onClick={state.goPrevious}>
              {text('ui.previous')}
            </Button>
            <Button disabled={!page.nextCursor} onClick={() => page.nextCursor && state.goNext(page.nextCursor)}>
              {text('ui.next')}
            </Button>
          </Space>
        </nav>
      ) : null}
    </article>
  );
}

/** Which columns a person wants to see, kept in this browser. */
function useColumnChoice<Item>(name: string, columns: readonly ListColumn<Item>[]) {
  const key = `sunlit.columns.${name}`;
  const [hidden, setHidden] = useState<string[]>(() => {
    const stored = localStorage.getItem(key);
    return stored ? stored.split(',') : columns.filter((column) => column.hidden).map((column) => column.key);
  });
  const shown = new Set(
    columns.filter((column) => column.primary || !hidden.includes(column.key)).map((column) => column.key),
  );
  const toggle = (column: string) => {
    const next = hidden.includes(column) ? hidden.filter((one) => one !== column) : [...hidden, column];
    localStorage.setItem(key, next.join(','));
    setHidden(next);
  };
  return { shown, toggle };
}
