import {
  allocateIndicator,
  carryForward,
  confirmArrival,
  getFundCatalogue,
  listDepartments,
  listProjects,
  payPlan,
  planUse,
  recallAllocation,
  type IndicatorItem,
  type ProjectItem,
  type PaymentAccount,
} from '@sunlit/api-spec';
import { DayInput, todayLocal, useCommand, useEndpoint, useLocalised, useMay } from '@sunlit/ui';
import { Form, Input, InputNumber, Radio, Select, Space } from 'antd';
import { useNavigate } from 'react-router';
import { useT } from '../../messages.ts';
import { RegionField } from '../../shell/region-field.tsx';
import { CommandDialog } from './command-dialog.tsx';
import type { Indicator } from './indicator-page.tsx';
import { AccountKindItem } from './account-kind-item.tsx';
import { YuanField, fenOf } from './yuan-field.tsx';

/** The one step that is due comes first and filled: arrival, then planning or passing on, then the new year. */
export function IndicatorActions({ indicator }: { indicator: Indicator }) {
  const may = useMay();
  const { availableFen } = indicator.balances;
  if (indicator.state === 'in-transit') return may('fund.receive') ? <ConfirmArrival indicator={indicator} /> : null;
  if (indicator.state === 'withdrawn' || availableFen === 0) return null;
  const isOpen = indicator.fiscalYear >= new Date().getFullYear();
  if (!isOpen) return may('fund.allocate') ? <CarryForward indicator={indicator} /> : null;
  return (
    <Space wrap>
      {may('fund.plan') ? <PlanUse indicator={indicator} /> : null}
      {may('fund.allocate') ? <Allocate indicator={indicator} /> : null}
    </Space>
  );
}

function ConfirmArrival({ indicator }: { indicator: Indicator }) {
  const t = useT();
  const confirm = useCommand(confirmArrival);
  return (
    <CommandDialog<{ arrivedOn: string }>
      label={t('fund.do.arrive')}
      primary
      size="large"
      initialValues={{ arrivedOn: todayLocal() }}
      pending={confirm.isPending}
      problem={confirm.error}
      onSubmit={(body) => confirm.mutateAsync({ params: { id: indicator.id }, body })}
    >
      <Form.Item name="arrivedOn" label={t('fund.form.arrivedOn')} rules={[{ required: true }]}>
        <DayInput max={todayLocal()} />
      </Form.Item>
    </CommandDialog>
  );
}

interface Allocation {
  regionCode: string;
  departmentCode?: string;
  documentNumber: string;
  issuedOn: string;
  amount: string;
}

function Allocate({ indicator }: { indicator: Indicator }) {
  const t = useT();
  const allocate = useCommand(allocateIndicator);
  const departments = useEndpoint(listDepartments, {}, { staleTime: Infinity }).data?.items ?? [];
  return (
    <CommandDialog<Allocation>
      label={t('fund.do.allocate')}
      primary
      size="large"
      initialValues={{ issuedOn: todayLocal() }}
      pending={allocate.isPending}
      problem={allocate.error}
      onSubmit={({ amount, departmentCode, ...body }) =>
        allocate.mutateAsync({
          params: { id: indicator.id },
          body: { ...body, departmentCode: departmentCode ?? null, amountFen: fenOf(amount)! },
        })
      }
    >
      <Form.Item name="regionCode" label={t('fund.form.receiver')} rules={[{ required: true }]}>
        <RegionField />
      </Form.Item>
      <Form.Item name="documentNumber" label={t('fund.form.number')} rules={[{ required: true, min: 3 }]}>
        <Input maxLength={60} autoComplete="off" />
      </Form.Item>
      <YuanField mostFen={indicator.balances.availableFen} />
      <Form.Item name="issuedOn" label={t('fund.form.issuedOn')} rules={[{ required: true }]}>
        <DayInput max={todayLocal()} />
      </Form.Item>
      <Form.Item name="departmentCode" label={t('fund.form.department')} extra={t('fund.form.department.hint')}>
        <Select allowClear options={departments.map(({ code, name }) => ({ value: code, label: name }))} />
      </Form.Item>
    </CommandDialog>
  );
}

interface Recall {
  amount: string;
  recalledOn: string;
  reason: string;
}

export function RecallAllocation({ child }: { child: IndicatorItem }) {
  const t = useT();
  const recall = useCommand(recallAllocation);
  return (
    <CommandDialog<Recall>
      label={t('fund.do.recall')}
      size="small"
      danger
      initialValues={{ recalledOn: todayLocal() }}
      pending={recall.isPending}
      problem={recall.error}
      onSubmit={({ amount, ...body }) =>
        recall.mutateAsync({ params: { id: child.id }, body: { ...body, amountFen: fenOf(amount)! } })
      }
    >
      <YuanField mostFen={child.balances.availableFen} />
      <Form.Item name="recalledOn" label={t('fund.form.recalledOn')} rules={[{ required: true }]}>
        <DayInput max={todayLocal()} />
      </Form.Item>
      <Form.Item name="reason" label={t('fund.form.reason')} rules={[{ required: true, min: 2 }]}>
        <Input.TextArea rows={3} maxLength={300} />
      </Form.Item>
    </CommandDialog>
  );
}

function CarryForward({ indicator }: { indicator: Indicator }) {
  const t = useT();
  const navigate = useNavigate();
  const carry = useCommand(carryForward);
  return (
    <CommandDialog<{ carriedOn: string; documentNumber: string }>
      label={t('fund.do.carry')}
      primary
      size="large"
      initialValues={{ carriedOn: todayLocal() }}
      pending={carry.isPending}
      problem={carry.error}
      onSubmit={async (body) => {
        const { id } = await carry.mutateAsync({ params: { id: indicator.id }, body });
        void navigate(`/funds/indicators/${id}`);
      }}
    >
      <Form.Item name="documentNumber" label={t('fund.form.number')} rules={[{ required: true, min: 3 }]}>
        <Input maxLength={60} autoComplete="off" />
      </Form.Item>
      <Form.Item name="carriedOn" label={t('fund.form.carriedOn')} rules={[{ required: true }]}>
        <DayInput max={todayLocal()} />
      </Form.Item>
    </CommandDialog>
  );
}

const planKinds = ['project', 'direct-benefit', 'management-fee'] as const;

interface Plan {
  projectId?: string;
  kind: (typeof planKinds)[number];
  useCode: string;
  title: string;
  placeCode: string;
  households?: number;
  amount: string;
  plannedOn: string;
  finishBy: string;
}

/** Projects of the pool that money can be set aside for. */
function usePooledProjects(regionCode: string): ProjectItem[] {
  const may = useMay();
  const reading = useEndpoint(listProjects, { query: { regionCode, limit: 200 } }, { enabled: may('project.read') });
  return (reading.data?.items ?? []).filter(({ state }) => ['approved', 'under-way'].includes(state.code));
}

function PlanUse({ indicator }: { indicator: Indicator }) {
  const t = useT();
  const local = useLocalised();
  const plan = useCommand(planUse);
  const funds = useEndpoint(getFundCatalogue, {}, { staleTime: Infinity }).data?.funds ?? [];
  const purposes = funds.find((fund) => fund.code === indicator.fund.code)?.purposes ?? [];
  const pooled = usePooledProjects(indicator.region.code);
  return (
    <CommandDialog<Plan>
      label={t('fund.do.plan')}
      primary
      size="large"
      initialValues={{
        kind: 'project',
        useCode: indicator.purpose.code,
        placeCode: indicator.region.code,
        plannedOn: todayLocal(),
        households: 0,
      }}
      pending={plan.isPending}
      problem={plan.error}
      onSubmit={({ amount, households, projectId, ...body }) =>
        plan.mutateAsync({
          params: { id: indicator.id },
          body: {
            ...body,
            // the money of a project is used where the project is
            ...(projectId ? { projectId, placeCode: pooled.find(({ id }) => id === projectId)!.region.code } : {}),
            households: households ?? 0,
            amountFen: fenOf(amount)!,
          },
        })
      }
    >
      <Form.Item name="title" label={t('fund.form.planTitle')} rules={[{ required: true, min: 4 }]}>
        <Input maxLength={200} autoComplete="off" autoFocus />
      </Form.Item>
      <Form.Item name="kind" label={t('fund.form.kind')} rules={[{ required: true }]}>
        <Radio.Group options={planKinds.map((value) => ({ value, label: t(`fund.form.kind.${value}`) }))} />
      </Form.Item>
      {pooled.length > 0 ? (
        <Form.Item name="projectId" label={t('fund.form.project')} extra={t('fund.form.project.hint')}>
          <Select
            allowClear
            showSearch={{ optionFilterProp: 'label' }}
            options={pooled.map((project) => ({ value: project.id, label: `${project.number} ${project.title}` }))}
          />
        </Form.Item>
      ) : null}
      <Form.Item name="useCode" label={t('fund.form.purpose')} rules={[{ required: true }]}>
        <Select options={purposes.map((purpose) => ({ value: purpose.code, label: local(purpose.title) }))} />
      </Form.Item>
      <YuanField mostFen={indicator.balances.availableFen} />
      <Form.Item name="placeCode" label={t('fund.form.place')} rules={[{ required: true }]}>
        <RegionField />
      </Form.Item>
      <Form.Item name="households" label={t('fund.form.households')}>
        <InputNumber min={0} max={1_000_000} precision={0} />
      </Form.Item>
      <Form.Item name="plannedOn" label={t('fund.form.plannedOn')} rules={[{ required: true }]}>
        <DayInput max={todayLocal()} />
      </Form.Item>
      <Form.Item name="finishBy" label={t('fund.form.finishBy')} rules={[{ required: true }]}>
        <DayInput />
      </Form.Item>
    </CommandDialog>
  );
}

const payeeKinds = ['vendor', 'village', 'institution'] as const;

interface Payment {
  voucherNumber: string;
  payeeKind: (typeof payeeKinds)[number];
  payee: string;
  accountKind: PaymentAccount;
  amount: string;
  paidOn: string;
}

export function PayPlan({ plan }: { plan: Indicator['plans'][number] }) {
  const t = useT();
  const pay = useCommand(payPlan);
  return (
    <CommandDialog<Payment>
      label={t('fund.do.pay')}
      size="small"
      initialValues={{ payeeKind: 'vendor', accountKind: 'unit', paidOn: todayLocal() }}
      pending={pay.isPending}
      problem={pay.error}
      onSubmit={({ amount, ...body }) =>
        pay.mutateAsync({ params: { id: plan.id }, body: { ...body, households: [], amountFen: fenOf(amount)! } })
      }
    >
      <Form.Item name="voucherNumber" label={t('fund.form.voucher')} rules={[{ required: true, min: 2 }]}>
        <Input maxLength={60} autoComplete="off" autoFocus />
      </Form.Item>
      <Form.Item name="payeeKind" label={t('fund.form.payeeKind')} rules={[{ required: true }]}>
        <Radio.Group options={payeeKinds.map((value) => ({ value, label: t(`fund.payee.${value}`) }))} />
      </Form.Item>
      <Form.Item name="payee" label={t('fund.form.payee')} rules={[{ required: true, min: 2 }]}>
        <Input maxLength={120} autoComplete="off" />
      </Form.Item>
      <AccountKindItem />
      <YuanField mostFen={plan.amountFen - plan.paidFen} />
      <Form.Item name="paidOn" label={t('fund.form.paidOn')} rules={[{ required: true }]}>
        <DayInput max={todayLocal()} />
      </Form.Item>
    </CommandDialog>
  );
}
