import { answerChange, decideChange, proposeChange, type ChangeView } from '@sunlit/api-spec';
import { DayInput, todayLocal, useCommand } from '@sunlit/ui';
import { App, Form, Input, Space } from 'antd';
import { useT } from '../../messages.ts';
import { CommandDialog } from '../funds/command-dialog.tsx';

interface Values {
  reason?: string;
}

/** What this person may do with it now; the first is the main one. */
export function ChangeActions({ change }: { change: ChangeView }) {
  return (
    <Space wrap>
      {change.actions.map((action, index) => {
        if (action === 'attach') return null;
        if (action === 'reverse') return <Reverse key={action} change={change} />;
        return <Step key={action} change={change} action={action} primary={index === 0} />;
      })}
    </Space>
  );
}

type StepAction = Exclude<ChangeView['actions'][number], 'attach' | 'reverse'>;

function Step({ change, action, primary }: { change: ChangeView; action: StepAction; primary: boolean }) {
  const t = useT();
  const { message } = App.useApp();
  const decide = useCommand(decideChange);
  const answer = useCommand(answerChange);
  const params = { id: change.id };
  const send = async ({ reason = '' }: Values) => {
    const { state } =
      action === 'rebase' || action === 'withdraw'
        ? await answer.mutateAsync({ params, body: { action, reason } })
        : await decide.mutateAsync({ params, body: { action, reason } });
    if (state === 'conflict') void message.warning(t('change.met'));
  };
  return (
    <CommandDialog<Values>
      label={t(`change.action.${action}`)}
      primary={primary}
      danger={action === 'reject'}
      size="large"
      pending={decide.isPending || answer.isPending}
      problem={decide.error ?? answer.error}
      onSubmit={send}
    >
      <p>{t(`change.action.${action}.help`)}</p>
      <Form.Item
        name="reason"
        label={t('change.reason')}
        rules={action === 'approve' ? [] : [{ required: true, min: 2 }]}
      >
        <Input.TextArea rows={2} maxLength={200} />
      </Form.Item>
    </CommandDialog>
  );
}

/** A change in force is taken back by another one. */
function Reverse({ change }: { change: ChangeView }) {
  const t = useT();
  const { message } = App.useApp();
  const propose = useCommand(proposeChange);
  return (
    <CommandDialog<{ effectiveOn: string; reason: string }>
      label={t('change.action.reverse')}
      danger
      size="large"
      initialValues={{ effectiveOn: todayLocal() }}
      pending={propose.isPending}
      problem={propose.error}
      onSubmit={async (values) => {
        await propose.mutateAsync({
          body: { ...values, householdId: change.household.id, change: { kind: 'reversal', requestId: change.id } },
        });
        void message.success(t('change.proposed'));
      }}
    >
      <p>{t('change.action.reverse.help')}</p>
      <Form.Item name="effectiveOn" label={t('change.reverse.on')} rules={[{ required: true }]}>
        <DayInput max={todayLocal()} />
      </Form.Item>
      <Form.Item name="reason" label={t('household.change.reason')} rules={[{ required: true, min: 2 }]}>
        <Input.TextArea rows={2} maxLength={200} />
      </Form.Item>
    </CommandDialog>
  );
}
