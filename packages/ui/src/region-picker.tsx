import { listRegions, type RegionItem } from '@sunlit/api-spec';
import { useQuery } from '@tanstack/react-query';
import { TreeSelect } from 'antd';
import { useDeferredValue, useState } from 'react';
import { useApi } from './api-context.tsx';
import { useUiText } from './i18n.ts';

export interface RegionPickerProps {
  label?: string;
  value?: string;
  onChange: (code: string | undefined) => void;
  /** Shown as the top of the tree: usually the region of the person's own account. */
  root?: string;
  allowClear?: boolean;
  id?: string;
  width?: number | string;
}

interface Node {
  id: string;
  pId: string | 0;
  value: string;
  title: string;
  isLeaf: boolean;
}

const toNode = (region: RegionItem, parent: string | 0): Node => ({
  id: region.code,
  pId: parent,
  value: region.code,
  title: region.name,
  isLeaf: !region.hasChildren,
});

/** Levels are read as they are opened, and typing searches on the server: 23,563 divisions never travel together. */
export function RegionPicker({ label, value, onChange, root, allowClear = true, id, width = 220 }: RegionPickerProps) {
  const text = useUiText();
  const api = useApi();
  const [typed, setTyped] = useState('');
  const q = useDeferredValue(typed.trim());
  const [loaded, setLoaded] = useState<Node[]>([]);

  const top = useQuery({
    queryKey: ['regions', 'top', root ?? ''],
    queryFn: ({ signal }) => api.call(listRegions, { query: { parent: root }, signal }),
    staleTime: Infinity,
  });
  const found = useQuery({
    queryKey: ['regions', 'search', q],
    queryFn: ({ signal }) => api.call(listRegions, { query: { q, limit: 50 }, signal }),
    enabled: q.length > 0,
    placeholderData: (previous) => previous,
  });
  // A value that came from the address may lie deep in the tree: its name is asked for by its code.
  const known = [...(top.data?.items ?? []).map((region) => toNode(region, 0)), ...loaded];
  const chosen = useQuery({
    queryKey: ['regions', 'name', value ?? ''],
    queryFn: ({ signal }) => api.call(listRegions, { query: { q: value, limit: 1 }, signal }),
    enabled: Boolean(value) && !known.some((node) => node.value === value),
    staleTime: Infinity,
  });

  const searchNodes = (found.data?.items ?? []).map((region) => ({
    ...toNode(region, 0),
    title: region.fullName,
    isLeaf: true,
  }));
  const extra = (chosen.data?.items ?? []).filter(
    (region) => region.code === value && !known.some((node) => node.id === region.code),
  );
  const treeData = q
    ? searchNodes
    : [...known, ...extra.map((region) => ({ ...toNode(region, 0), title: region.fullName }))];

  return (
    <TreeSelect<string | undefined>
      id={id}
      aria-label={label ?? text('ui.region.choose')}
      allowClear={allowClear}
      placeholder={label ?? text('ui.region.choose')}
      value={value}
      treeDataSimpleMode
      treeData={treeData}
      loading={top.isLoading || found.isFetching}
      showSearch={{ filterTreeNode: false, searchValue: typed, onSearch: setTyped }}
      loadData={async (node) => {
        const parent = String(node.value);
        const { items } = await api.call(listRegions, { query: { parent } });
        setLoaded((before) => [
          ...before.filter((one) => one.pId !== parent),
          ...items.map((region) => toNode(region, parent)),
        ]);
      }}
      onChange={(next) => {
        setTyped('');
        onChange(next ?? undefined);
      }}
      popupMatchSelectWidth={false}
      styles={{ popup: { root: { maxHeight: 420, minWidth: 260 } } }}
      style={{ width }}
    />
  );
}
