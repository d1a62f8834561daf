import { listHouseholds } from '@sunlit/api-spec';
import { useEndpoint } from '@sunlit/ui';
import { Select } from 'antd';
import { useDeferredValue, useState } from 'react';
import { useT } from '../../messages.ts';

/** Finds a household of a division by name, number or last four; hands over its id. */
export function HouseholdField(props: {
  id?: string;
  value?: string;
  onChange?: (id: string | undefined) => void;
  regionCode: string | undefined;
}) {
  const t = useT();
  const [typed, setTyped] = useState('');
  const q = useDeferredValue(typed.trim());
  const found = useEndpoint(
    listHouseholds,
    { query: { q, regionCode: props.regionCode, limit: 20 } },
    { enabled: q.length > 0, keepPrevious: true },
  );
  return (
    <Select
      id={props.id}
      value={props.value}
      onChange={props.onChange}
      allowClear
      showSearch={{ filterOption: false, onSearch: setTyped }}
      placeholder={t('ident.household.search')}
      loading={found.isFetching}
      notFoundContent={found.data || found.error ? t('ident.household.search.none') : null}
      options={(found.data?.items ?? []).map((item) => ({
        value: item.id,
        label: t('ident.household.option', {
          head: item.headName,
          number: item.number,
          members: item.memberCount,
          status: item.status.label,
        }),
      }))}
    />
  );
}
