import { useMemo } from 'react';
import { useLocation, useNavigate } from 'react-router';

const pagingKeys = new Set(['cursor', 'page']);

interface PlaceState {
  /** What was typed into the search: may be a name, so it never stands in the address. */
  q?: string;
  /** Cursors of the pages before this one. */
  cursors?: string[];
}

export interface ListState {
  /** Filters, sort and search words; paging left out. */
  filters: Record<string, string>;
  cursor: string | undefined;
  page: number;
  setFilter: (key: string, value: string | undefined) => void;
  replaceAll: (query: string) => void;
  goNext: (cursor: string) => void;
  goPrevious: () => void;
  /** The filters as a query string, as saved views keep them (without search words). */
  query: string;
}

/**
 * A list's filters, sort and place live in the address: back, reload and a sent link show the same rows. Search words
 * live in the history entry instead, because names do not belong in addresses.
 */
export function useListState(): ListState {
  const location = useLocation();
  const navigate = useNavigate();
  const place = (location.state ?? {}) as PlaceState;
  const cursors = place.cursors ?? [];

  const { params, stored } = useMemo(() => {
    const all = new URLSearchParams(location.search);
    const kept = Object.fromEntries([...all].filter(([key, value]) => !pagingKeys.has(key) && value !== ''));
    return { params: all, stored: kept };
  }, [location.search]);
  const cursor = params.get('cursor') ?? undefined;
  const page = Number(params.get('page') ?? '1') || 1;
  const filters = place.q ? { ...stored, q: place.q } : stored;

  const go = (search: URLSearchParams, state: PlaceState) => void navigate({ search: search.toString() }, { state });

  const move = (target: string | undefined, nextPage: number, nextCursors: string[]) => {
    const next = new URLSearchParams(stored);
    if (target) next.set('cursor', target);
    if (nextPage > 1) next.set('page', String(nextPage));
    go(next, { ...place, cursors: nextCursors });
  };

  return {
    filters,
    cursor,
    page,
    setFilter: (key, value) => {
      const next = new URLSearchParams(stored);
      if (key === 'q') return go(next, { q: value });
      if (value) next.set(key, value);
      else next.delete(key);
      go(next, { q: place.q });
    },
    replaceAll: (query) => go(new URLSearchParams(query), {}),
    goNext: (next) => move(next, page + 1, [...cursors, cursor ?? '']),
    goPrevious: () => move(cursors.at(-1) || undefined, cursors.length === 0 ? 1 : page - 1, cursors.slice(0, -1)),
    query: new URLSearchParams(stored).toString(),
  };
}
