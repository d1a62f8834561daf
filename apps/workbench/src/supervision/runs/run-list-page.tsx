import { exportRuns, listRuns, runState, startRun } from '@sunlit/api-spec';
import {
  CommandForm,
  Count,
  DayInput,
  ListPage,
  PermissionGate,
  RegionName,
  formatMoment,
  todayLocal,
  useCommand,
} from '@sunlit/ui';
import { App, Button, Form, Modal } from 'antd';
import { useState } from 'react';
import { Link, useNavigate } from 'react-router';
import { useT } from '../../messages.ts';
import { exportTool, useTimeSorts } from '../../shell/list-by-time.tsx';
import { RegionField } from '../../shell/region-field.tsx';
import { useSession } from '../../shell/session.tsx';
import { RunStateTag } from './run-state-tag.tsx';

export function RunListPage() {
  const t = useT();
  const sorts = useTimeSorts();
  return (
    <ListPage
      name="runs"
      title={t('run.list.title')}
      answer={t('run.list.answer')}
      endpoint={listRuns}
      action={
        <PermissionGate permission="run.start">
          <StartRun />
        </PermissionGate>
      }
      rowKey={(run) => run.id}
      to={(run) => `/runs/${run.id}`}
      filters={[
        {
          key: 'state',
          label: t('run.col.state'),
          kind: 'select',
          options: runState.options.map((value) => ({ value, label: t(`run.state.${value}`) })),
        },
        { key: 'regionCode', label: t('run.col.region'), kind: 'region' },
      ]}
      sorts={sorts}
      tools={exportTool(exportRuns, 'cross-checks.csv')}
      empty={{ explanation: t('run.list.empty') }}
      columns={[
        {
          key: 'asOf',
          title: t('run.col.asOf'),
          primary: true,
          width: 130,
          render: (run) => <Link to={`/runs/${run.id}`}>{run.asOf}</Link>,
        },
        { key: 'region', title: t('run.col.region'), render: (run) => <RegionName region={run.region} /> },
        { key: 'state', title: t('run.col.state'), render: (run) => <RunStateTag state={run.state} /> },
        { key: 'hits', title: t('run.col.hits'), align: 'right', render: (run) => <Count value={run.hits} /> },
        {
          key: 'started',
          title: t('run.col.started'),
          render: (run) => <span className="number">{formatMoment(run.startedAt)}</span>,
        },
        { key: 'by', title: t('run.col.by'), render: (run) => run.startedBy },
      ]}
    />
  );
}

function StartRun() {
  const t = useT();
  const session = useSession();
  const navigate = useNavigate();
  const { message } = App.useApp();
  const [open, setOpen] = useState(false);
  const start = useCommand(startRun);
  return (
    <>
      <Button type="primary" size="large" onClick={() => setOpen(true)}>
        {t('run.start')}
      </Button>
      <Modal open={open} title={t('run.start')} footer={null} onCancel={() => setOpen(false)} destroyOnHidden>
        <CommandForm<{ regionCode: string; asOf: string }>
          initialValues={{ regionCode: session.region.code, asOf: todayLocal() }}
          submitLabel={t('run.start')}
          submitting={start.isPending}
          problem={start.error}
          onCancel={() => setOpen(false)}
          onSubmit={async (body) => {
            const { id } = await start.mutateAsync({ body });
            void message.success(t('run.started'));
            void navigate(`/runs/${id}`);
          }}
        >
          <Form.Item name="regionCode" label={t('run.start.region')} rules={[{ required: true }]}>
            <RegionField />
          </Form.Item>
          <Form.Item
            name="asOf"
            label={t('run.start.asOf')}
            extra={t('run.start.asOfHint')}
            rules={[{ required: true }]}
          >
            <DayInput max={todayLocal()} />
          </Form.Item>
        </CommandForm>
      </Modal>
    </>
  );
}
