import type { HouseholdView, RegistryChange } from '@sunlit/api-spec';
import { Checkbox, Form, Input, Select } from 'antd';
import { useCallback } from 'react';
import { useT } from '../../messages.ts';
import { useDictionary } from '../households/use-dictionary.ts';
import { ProposeForm } from './propose-form.tsx';

/** Who goes into the new household, and what everybody is to the head of theirs. */
export function SplitForm({ household, onClose }: { household: HouseholdView; onClose: () => void }) {
  const t = useT();
  const relations = useDictionary('relation');
  const { members } = household;
  const toChange = useCallback(
    (fields: Record<string, unknown>): RegistryChange => {
      const goes = (fields.goes ?? {}) as Record<string, boolean | undefined>;
      const relationOf = (fields.relationOf ?? {}) as Record<string, string | undefined>;
      const changed = members.flatMap(({ personId, relation }) => {
        const to = relationOf[personId] ?? relation?.code ?? '';
        return goes[personId] || to !== relation?.code ? [{ personId, relation: to }] : [];
      });
      return {
        kind: 'split',
        number: typeof fields.number === 'string' ? fields.number : '',
        members: changed.filter(({ personId }) => goes[personId]),
        relations: changed.filter(({ personId }) => !goes[personId]),
      };
    },
    [members],
  );
  return (
    <ProposeForm householdId={household.id} toChange={toChange} onClose={onClose}>
      <p className="soft">{t('change.split.help')}</p>
      <Form.Item name={['change', 'number']} label={t('change.split.number')} rules={[{ required: true }]}>
        <Input maxLength={40} />
      </Form.Item>
      {members.map((member) => (
        <Form.Item key={member.personId} label={member.name}>
          <Form.Item name={['change', 'goes', member.personId]} valuePropName="checked" noStyle>
            <Checkbox>{t('change.split.goes')}</Checkbox>
          </Form.Item>
          <Form.Item name={['change', 'relationOf', member.personId]} initialValue={member.relation?.code} noStyle>
            <Select
              aria-label={`${member.name} ${t('household.member.relation')}`}
              options={relations}
              style={{ width: 160 }}
            />
          </Form.Item>
        </Form.Item>
      ))}
    </ProposeForm>
  );
}
