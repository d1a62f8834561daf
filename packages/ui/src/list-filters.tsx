import { FilterOutlined } from '@ant-design/icons';
import { Button, Grid, Input, Select, Space, type InputRef } from 'antd';
import { useEffect, useState, type Ref } from 'react';
import { DayInput } from './day-input.tsx';
import { useUiText } from './i18n.ts';
import { RegionPicker } from './region-picker.tsx';

export interface ListFilter {
  key: string;
  label: string;
  kind: 'search' | 'select' | 'region' | 'date';
  options?: readonly { value: string; label: string }[];
}

interface ListFiltersProps {
  filters: readonly ListFilter[];
  values: Record<string, string>;
  onChange: (key: string, value: string | undefined) => void;
  onClear: () => void;
  searchRef: Ref<InputRef>;
}

export function ListFilters({ filters, values, onChange, onClear, searchRef }: ListFiltersProps) {
  const text = useUiText();
  const isPhone = Grid.useBreakpoint().md === false;
  const [unfolded, setUnfolded] = useState(false);
  const used = filters.filter((filter) => values[filter.key]).length;
  const folds = isPhone && filters.length > 2;
  const shown = folds && !unfolded ? filters.filter((filter) => filter.kind === 'search') : filters;
  return (
    <Space wrap size={[8, 8]} className="filters noprint" role="search">
      {shown.map((filter) => {
        const value = values[filter.key];
        if (filter.kind === 'search')
          return (
            <SearchFilter
              key={filter.key}
              label={filter.label}
              value={value}
              inputRef={searchRef}
              onChange={(next) => onChange(filter.key, next)}
            />
          );
        if (filter.kind === 'region')
          return (
            <RegionPicker
              key={filter.key}
              label={filter.label}
              value={value}
              onChange={(next) => onChange(filter.key, next)}
            />
          );
        if (filter.kind === 'date')
          return (
            <DayInput
              key={filter.key}
              label={filter.label}
              prefix={filter.label}
              allowClear
              value={value}
              onChange={(next) => onChange(filter.key, next)}
            />
          );
        return (
          <Select
            key={filter.key}
            aria-label={filter.label}
            allowClear
            placeholder={filter.label}
            value={value}
            options={[...(filter.options ?? [])]}
            onChange={(next: string | undefined) => onChange(filter.key, next)}
            popupMatchSelectWidth={false}
            style={{ minWidth: 130 }}
            showSearch={(filter.options?.length ?? 0) > 8 ? { optionFilterProp: 'label' } : false}
          />
        );
      })}
      {folds ? (
        <Button icon={<FilterOutlined />} aria-expanded={unfolded} onClick={() => setUnfolded(!unfolded)}>
          {text('ui.filters')}
          {used > 0 ? ` (${used})` : ''}
        </Button>
      ) : null}
      {used > 0 ? (
        <Button type="link" onClick={onClear}>
          {text('ui.clearFilters')}
        </Button>
      ) : null}
    </Space>
  );
}

function SearchFilter(props: {
  label: string;
  value?: string;
  inputRef: Ref<InputRef>;
  onChange: (value: string | undefined) => void;
}) {
  const [typed, setTyped] = useState(props.value ?? '');
  useEffect(() => setTyped(props.value ?? ''), [props.value]);
  return (
    <Input.Search
      ref={props.inputRef}
      allowClear
      aria-label={props.label}
      placeholder={props.label}
      value={typed}
      style={{ width: 260 }}
      onChange={(event) => setTyped(event.target.value)}
      onSearch={(value) => props.onChange(value.trim() || undefined)}
    />
  );
}
