import { decideLinkagePair, type LinkagePairView } from '@sunlit/api-spec';
import { useCommand } from '@sunlit/ui';
import { Form, Input, Radio, Space } from 'antd';
import { useT } from '../../messages.ts';
import { CommandDialog } from '../funds/command-dialog.tsx';

type Decision = 'same' | 'different' | 'undecided' | 'reopened';
interface Values {
  reason: string;
  keptPersonId?: string;
}

/** What may be decided in the present state; every decision has its grounds. */
export function DecidePair({ pair }: { pair: LinkagePairView }) {
  const decisions: readonly Decision[] =
    pair.state === 'open'
      ? ['same', 'different', 'undecided']
      : pair.state === 'undecided'
        ? ['same', 'different', 'reopened']
        : ['reopened'];
  return (
    <Space wrap>
      {decisions.map((decision) => (
        <Decide key={decision} pair={pair} decision={decision} />
      ))}
    </Space>
  );
}

function Decide({ pair, decision }: { pair: LinkagePairView; decision: Decision }) {
  const t = useT();
  const decide = useCommand(decideLinkagePair);
  return (
    <CommandDialog<Values>
      label={t(`linkage.decide.${decision}`)}
      size="large"
      pending={decide.isPending}
      problem={decide.error}
      onSubmit={(values) => decide.mutateAsync({ params: { id: pair.id }, body: { decision, ...values } })}
    >
      {decision === 'same' ? (
        <>
          <p>{t('linkage.decide.same.help')}</p>
          <Form.Item name="keptPersonId" label={t('linkage.decide.keep')} rules={[{ required: true }]}>
            <Radio.Group
              options={pair.persons.map((person, index) => ({
                value: person.personId,
                label: `${t(index === 0 ? 'linkage.col.first' : 'linkage.col.second')}: ${person.name} ${person.householdNumber} ${person.region.name}`,
              }))}
            />
          </Form.Item>
        </>
      ) : null}
      <Form.Item name="reason" label={t('linkage.decide.reason')} rules={[{ required: true, min: 2 }]}>
        <Input.TextArea rows={3} maxLength={400} />
      </Form.Item>
    </CommandDialog>
  );
}
