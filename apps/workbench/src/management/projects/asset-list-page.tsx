import { exportAssets, listAssets, recordAsset, type AssetItem } from '@sunlit/api-spec';
import { Amount, DayInput, ListPage, RegionName, formatFen, todayLocal, useCommand, useMay } from '@sunlit/ui';
import { Form, Input, Radio, Tag } from 'antd';
import { Link, useNavigate } from 'react-router';
import { useT } from '../../messages.ts';
import { PurposeExport } from '../../shell/purpose-export.tsx';
import { RegionField } from '../../shell/region-field.tsx';
import { useRegion } from '../../shell/region.tsx';
import { CommandDialog } from '../funds/command-dialog.tsx';
import { YuanField, fenOf } from '../funds/yuan-field.tsx';

const classes = ['operating', 'public', 'household'] as const;
const states = ['in-use', 'idle', 'damaged', 'lost', 'disposed'] as const;
const troubles = ['overdue', 'undistributed', 'unowned'] as const;

export function AssetListPage() {
  const t = useT();
  const may = useMay();
  const { regionCode } = useRegion();
  return (
    <ListPage<typeof listAssets, AssetItem>
      name="assets"
      title={t('asset.list.title')}
      answer={t('asset.list.answer')}
      endpoint={listAssets}
      fixedQuery={{ regionCode }}
      rowKey={(item) => item.id}
      to={(item) => `/assets/${item.id}`}
      empty={{ explanation: t('asset.list.empty') }}
      action={may('asset.manage') ? <RecordAsset /> : null}
      tools={({ sort: _, ...query }) => <PurposeExport endpoint={exportAssets} query={query} fileName="assets.csv" />}
      filters={[
        { key: 'search', label: t('asset.col.title'), kind: 'search' },
        { key: 'regionCode', label: t('asset.col.region'), kind: 'region' },
        {
          key: 'trouble',
          label: t('asset.col.trouble'),
          kind: 'select',
          options: troubles.map((value) => ({ value, label: t(`asset.trouble.${value}`) })),
        },
        {
          key: 'class',
          label: t('asset.col.class'),
          kind: 'select',
          options: classes.map((value) => ({ value, label: t(`asset.class.${value}`) })),
        },
        {
          key: 'state',
          label: t('asset.col.state'),
          kind: 'select',
          options: states.map((value) => ({ value, label: t(`asset.state.${value}`) })),
        },
      ]}
      columns={[
        {
          key: 'title',
          title: t('asset.col.title'),
          primary: true,
          render: (item) => <Link to={`/assets/${item.id}`}>{item.title}</Link>,
        },
        { key: 'region', title: t('asset.col.region'), render: (item) => <RegionName region={item.region} /> },
        { key: 'class', title: t('asset.col.class'), render: (item) => t(`asset.class.${item.class}`) },
        {
          key: 'state',
          title: t('asset.col.state'),
          render: (item) => (
            <>
              <Tag>{t(`asset.state.${item.state}`)}</Tag>
              {item.overdueDays === null ? null : (
                <Tag color="red">{t('asset.overdue', { days: item.overdueDays })}</Tag>
              )}
            </>
          ),
        },
        { key: 'owner', title: t('asset.col.owner'), render: (item) => item.owner ?? '—' },
        {
          key: 'original',
          title: t('asset.col.original'),
          align: 'right',
          render: (item) => <Amount fen={item.originalFen} />,
        },
        { key: 'due', title: t('asset.col.due'), align: 'right', render: (item) => <Amount fen={item.dueFen} /> },
        {
          key: 'received',
          title: t('asset.col.received'),
          align: 'right',
          render: (item) => <Amount fen={item.receivedFen} />,
        },
        {
          key: 'distributed',
          title: t('asset.col.distributed'),
          align: 'right',
          render: (item) => <Amount fen={item.distributedFen} />,
        },
        { key: 'number', title: t('asset.col.number'), hidden: true, render: (item) => item.number },
        { key: 'operator', title: t('asset.col.operator'), hidden: true, render: (item) => item.operator },
      ]}
    />
  );
}

interface AssetValues {
  title: string;
  regionCode: string;
  class: (typeof classes)[number];
  amount: string;
  formedOn: string;
  operator: string;
}

/** Of a project, what it leaves behind; without one, an asset from before. */
export function RecordAsset({
  project,
}: {
  project?: { id: string; title: string; region: { code: string }; budgetFen: number };
}) {
  const t = useT();
  const navigate = useNavigate();
  const { regionCode } = useRegion();
  const record = useCommand(recordAsset);
  return (
    <CommandDialog<AssetValues>
      label={t('asset.do.record')}
      primary={!project}
      size={project ? undefined : 'large'}
      initialValues={{
        regionCode: project?.region.code ?? regionCode,
        class: 'operating',
        formedOn: todayLocal(),
        ...(project ? { title: project.title, amount: formatFen(project.budgetFen) } : {}),
      }}
      pending={record.isPending}
      problem={record.error}
      onSubmit={async ({ amount, ...body }) => {
        const { id } = await record.mutateAsync({
          body: { ...body, projectId: project?.id ?? null, originalFen: fenOf(amount)! },
        });
        void navigate(`/assets/${id}`);
      }}
    >
      <Form.Item name="title" label={t('asset.col.title')} rules={[{ required: true, min: 2 }]}>
        <Input maxLength={120} autoComplete="off" />
      </Form.Item>
      <Form.Item name="regionCode" label={t('asset.col.region')} rules={[{ required: true }]}>
        <RegionField />
      </Form.Item>
      <Form.Item name="class" label={t('asset.col.class')} rules={[{ required: true }]}>
        <Radio.Group options={classes.map((value) => ({ value, label: t(`asset.class.${value}`) }))} />
      </Form.Item>
      <YuanField />
      <Form.Item name="formedOn" label={t('asset.form.formedOn')} rules={[{ required: true }]}>
        <DayInput max={todayLocal()} />
      </Form.Item>
      <Form.Item name="operator" label={t('asset.col.operator')} rules={[{ required: true, min: 2 }]}>
        <Input maxLength={80} autoComplete="off" />
      </Form.Item>
    </CommandDialog>
  );
}
