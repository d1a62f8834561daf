import { createIndicator, exportSourceDocuments, getFundCatalogue, listSourceDocuments } from '@sunlit/api-spec';
import {
  Amount,
  DayInput,
  ListPage,
  PermissionGate,
  RegionName,
  todayLocal,
  useCommand,
  useEndpoint,
  useLocalised,
  useMay,
  type CallResult,
} from '@sunlit/ui';
import { Form, Input, InputNumber, Select } from 'antd';
import { useNavigate } from 'react-router';
import { useT } from '../../messages.ts';
import { exportTool, useTimeSorts } from '../../shell/list-by-time.tsx';
import { useRegion } from '../../shell/region.tsx';
import { CommandDialog } from './command-dialog.tsx';
import { RecordDocument } from './record-document.tsx';
import { YuanField, fenOf } from './yuan-field.tsx';

type DocumentItem = CallResult<typeof listSourceDocuments>['items'][number];

export function DocumentListPage() {
  const t = useT();
  const may = useMay();
  const sorts = useTimeSorts();
  const { regionCode } = useRegion();
  return (
    <ListPage<typeof listSourceDocuments, DocumentItem>
      name="fund-documents"
      title={t('fund.documents.title')}
      answer={t('fund.documents.answer')}
      endpoint={listSourceDocuments}
      fixedQuery={{ regionCode }}
      action={
        <PermissionGate permission="fund.allocate">
          <RecordDocument />
        </PermissionGate>
      }
      rowKey={(item) => item.id}
      sorts={sorts}
      tools={exportTool(exportSourceDocuments, 'fund-documents.csv')}
      empty={{ explanation: t('fund.documents.empty') }}
      filters={[
        { key: 'search', label: t('fund.col.document'), kind: 'search' },
        { key: 'regionCode', label: t('fund.form.region'), kind: 'region' },
      ]}
      columns={[
        { key: 'number', title: t('fund.col.document'), primary: true, render: (item) => item.number },
        { key: 'title', title: t('fund.col.title'), render: (item) => item.title },
        { key: 'issuer', title: t('fund.col.issuer'), render: (item) => item.issuer },
        { key: 'region', title: t('fund.col.region'), render: (item) => <RegionName region={item.region} /> },
        {
          key: 'issued',
          title: t('fund.col.issued'),
          render: (item) => <span className="number nowrap">{item.issuedOn}</span>,
        },
        {
          key: 'amount',
          title: t('fund.col.amount'),
          align: 'right',
          render: (item) => <Amount fen={item.amountFen} />,
        },
        {
          key: 'left',
          title: t('fund.col.left'),
          align: 'right',
          render: (item) => <Amount fen={item.amountFen - item.indicatedFen} />,
        },
        ...(may('fund.allocate')
          ? [
              {
                key: 'actions',
                title: t('fund.do.indicator'),
                render: (item: DocumentItem) =>
                  item.amountFen > item.indicatedFen ? <CreateIndicator document={item} /> : null,
              },
            ]
          : []),
      ]}
    />
  );
}

interface Values {
  fundCode: string;
  purposeCode: string;
  fiscalYear: number;
  title: string;
  arrivedOn: string;
  amount: string;
}

function CreateIndicator({ document }: { document: DocumentItem }) {
  const t = useT();
  const local = useLocalised();
  const navigate = useNavigate();
  const create = useCommand(createIndicator);
  const funds = useEndpoint(getFundCatalogue, {}, { staleTime: Infinity }).data?.funds ?? [];
  return (
    <CommandDialog<Values>
      label={t('fund.do.indicator')}
      size="small"
      initialValues={{
        fiscalYear: Number(document.issuedOn.slice(0, 4)),
        arrivedOn: todayLocal(),
        title: document.title.slice(0, 60),
      }}
      pending={create.isPending}
      problem={create.error}
      onSubmit={async ({ amount, ...body }) => {
        const { id } = await create.mutateAsync({
          body: { ...body, documentId: document.id, amountFen: fenOf(amount)! },
        });
        void navigate(`/funds/indicators/${id}`);
      }}
    >
      <Form.Item name="fundCode" label={t('fund.form.fund')} rules={[{ required: true }]}>
        <Select options={funds.map((fund) => ({ value: fund.code, label: local(fund.title) }))} />
      </Form.Item>
      <Form.Item noStyle dependencies={['fundCode']}>
        {(form) => (
          <Form.Item name="purposeCode" label={t('fund.form.purpose')} rules={[{ required: true }]}>
            <Select
              options={(funds.find((fund) => fund.code === form.getFieldValue('fundCode'))?.purposes ?? []).map(
                (purpose) => ({ value: purpose.code, label: local(purpose.title) }),
              )}
            />
          </Form.Item>
        )}
      </Form.Item>
      <Form.Item name="title" label={t('fund.form.title')} rules={[{ required: true, min: 2 }]}>
        <Input maxLength={120} autoComplete="off" />
      </Form.Item>
      <YuanField mostFen={document.amountFen - document.indicatedFen} />
      <Form.Item name="fiscalYear" label={t('fund.form.year')} rules={[{ required: true }]}>
        <InputNumber min={2000} max={2100} />
      </Form.Item>
      <Form.Item name="arrivedOn" label={t('fund.form.arrivedOn')} rules={[{ required: true }]}>
        <DayInput max={todayLocal()} />
      </Form.Item>
    </CommandDialog>
  );
}
