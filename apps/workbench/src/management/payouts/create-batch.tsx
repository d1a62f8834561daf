import { createPayoutBatch, listPayoutPlans } from '@sunlit/api-spec';
import { DayInput, formatFen, todayLocal, useCommand, useEndpoint } from '@sunlit/ui';
import { Form, Select } from 'antd';
import { useNavigate } from 'react-router';
import { useT } from '../../messages.ts';
import { CommandDialog } from '../funds/command-dialog.tsx';

/** The envelope: plans of direct benefits with money left. */
export function PlanField({ regionCode }: { regionCode: string }) {
  const t = useT();
  const plans = useEndpoint(listPayoutPlans, { query: { regionCode } }).data?.items;
  return (
    <Form.Item
      name="planId"
      label={t('payout.do.create.plan')}
      rules={[{ required: true }]}
      extra={plans?.length === 0 ? t('payout.do.create.plan.none') : undefined}
    >
      <Select
        loading={plans === undefined}
        options={(plans ?? []).map((plan) => ({
          value: plan.id,
          label: t('payout.do.create.plan.option', {
            title: plan.title,
            region: plan.region.name,
            households: plan.households,
            left: formatFen(plan.leftFen),
          }),
        }))}
      />
    </Form.Item>
  );
}

interface ListOfMonth {
  programmeCode: string;
  month: string;
  months: number;
  regionCode: string;
  asOf: string;
}

export function CreateBatch({ list }: { list: ListOfMonth }) {
  const t = useT();
  const navigate = useNavigate();
  const create = useCommand(createPayoutBatch);
  return (
    <CommandDialog<{ planId: string; payDay: string }>
      label={t('payout.do.create')}
      primary
      size="large"
      initialValues={{ payDay: todayLocal() }}
      pending={create.isPending}
      problem={create.error}
      onSubmit={async (values) => {
        const { id } = await create.mutateAsync({ body: { ...list, ...values } });
        void navigate(`/payouts/${id}`);
      }}
    >
      <PlanField regionCode={list.regionCode} />
      <Form.Item name="payDay" label={t('payout.col.payDay')} rules={[{ required: true }]}>
        <DayInput />
      </Form.Item>
    </CommandDialog>
  );
}
