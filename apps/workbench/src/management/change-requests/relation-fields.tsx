import type { HouseholdView } from '@sunlit/api-spec';
import { Form, Select } from 'antd';
import { useDictionary } from '../households/use-dictionary.ts';

type Member = HouseholdView['members'][number];

/** What each of these members will be to the head. */
export function RelationFields({ members }: { members: readonly Member[] }) {
  const relations = useDictionary('relation');
  return (
    <>
      {members.map((member) => (
        <Form.Item
          key={member.personId}
          name={['change', 'relationOf', member.personId]}
          label={member.name}
          initialValue={member.relation?.code}
        >
          <Select options={relations} />
        </Form.Item>
      ))}
    </>
  );
}

/** Only the relations that differ from today's. */
export function relationsOf(fields: Record<string, unknown>, members: readonly Member[]) {
  const chosen = (fields.relationOf ?? {}) as Record<string, string | undefined>;
  return members.flatMap(({ personId, relation }) => {
    const to = chosen[personId];
    return to && to !== relation?.code ? [{ personId, relation: to }] : [];
  });
}
