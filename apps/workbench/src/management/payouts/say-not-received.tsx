import { sayNotReceived } from '@sunlit/api-spec';
import { useCommand } from '@sunlit/ui';
import { Form, Input, Radio } from 'antd';
import { useNavigate } from 'react-router';
import { useT } from '../../messages.ts';
import { CommandDialog } from '../funds/command-dialog.tsx';

interface Said {
  channel: 'in-person' | 'phone' | 'paper';
  text: string;
}

/** A household says at the counter that a payment did not arrive: its words open a finding. */
export function SayNotReceived({ householdId, paymentId }: { householdId: string; paymentId: string }) {
  const t = useT();
  const navigate = useNavigate();
  const say = useCommand(sayNotReceived);
  return (
    <CommandDialog<Said>
      label={t('payout.notReceived')}
      size="small"
      initialValues={{ channel: 'in-person' }}
      pending={say.isPending}
      problem={say.error}
      onSubmit={async (said) => {
        const { findingId } = await say.mutateAsync({ params: { id: householdId }, body: { ...said, paymentId } });
        await navigate(`/findings/${findingId}`);
      }}
    >
      <p className="soft">{t('payout.notReceived.hint')}</p>
      <Form.Item name="channel" label={t('finding.answer.channel')} rules={[{ required: true }]}>
        <Radio.Group
          options={(['in-person', 'phone', 'paper'] as const).map((value) => ({
            value,
            label: t(`finding.channel.${value}`),
          }))}
        />
      </Form.Item>
      <Form.Item name="text" label={t('payout.notReceived.words')} rules={[{ required: true, min: 2 }]}>
        <Input.TextArea maxLength={2000} autoSize={{ minRows: 3 }} />
      </Form.Item>
    </CommandDialog>
  );
}
