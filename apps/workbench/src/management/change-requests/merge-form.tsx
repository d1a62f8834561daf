import { getHousehold, listHouseholds, type HouseholdView, type RegistryChange } from '@sunlit/api-spec';
import { useEndpoint } from '@sunlit/ui';
import { Form, Select } from 'antd';
import { useCallback, useState } from 'react';
import { useT } from '../../messages.ts';
import { useDictionary } from '../households/use-dictionary.ts';
import { ProposeForm } from './propose-form.tsx';

const shortestSearch = 2;
const othersThanHead = (relation: { value: string }) => relation.value !== '01';

/** Which household of the village joins this one, and what its people are to the head here. */
export function MergeForm({ household, onClose }: { household: HouseholdView; onClose: () => void }) {
  const t = useT();
  const relations = useDictionary('relation').filter(othersThanHead);
  const [search, setSearch] = useState('');
  const [mergedId, setMergedId] = useState<string>();
  const found = useEndpoint(
    listHouseholds,
    { query: { q: search, regionCode: household.region.code, limit: 20 } },
    { enabled: search.length >= shortestSearch, keepPrevious: true },
  );
  const merged = useEndpoint(getHousehold, { params: { id: mergedId ?? '' }, query: {} }, { enabled: !!mergedId });
  const joining = mergedId ? merged.data?.members : undefined;
  const toChange = useCallback(
    (fields: Record<string, unknown>): RegistryChange => {
      const relationOf = (fields.relationOf ?? {}) as Record<string, string | undefined>;
      return {
        kind: 'merge',
        mergedHouseholdId: typeof fields.mergedHouseholdId === 'string' ? fields.mergedHouseholdId : '',
        members: (joining ?? []).map(({ personId }) => ({ personId, relation: relationOf[personId] ?? '' })),
      };
    },
    [joining],
  );
  return (
    <ProposeForm householdId={household.id} toChange={toChange} onClose={onClose}>
      <p className="soft">{t('change.merge.help')}</p>
      <Form.Item name={['change', 'mergedHouseholdId']} label={t('change.merge.which')} rules={[{ required: true }]}>
        <Select
          showSearch={{ filterOption: false, onSearch: setSearch }}
          placeholder={t('household.filter.search')}
          loading={found.isFetching}
          onChange={setMergedId}
          options={(found.data?.items ?? [])
            .filter(({ id }) => id !== household.id)
            .map(({ id, headName, number }) => ({ value: id, label: `${headName} ${number}` }))}
        />
      </Form.Item>
      {(joining ?? []).map((member) => (
        <Form.Item
          key={member.personId}
          name={['change', 'relationOf', member.personId]}
          label={`${member.name} · ${t('household.member.relation')}`}
          rules={[{ required: true }]}
        >
          <Select options={relations} />
        </Form.Item>
      ))}
    </ProposeForm>
  );
}
