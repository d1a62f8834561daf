import { type getContract, getProjectCatalogue, measureContractItem, recordContractItems } from '@sunlit/api-spec';
import {
  Amount,
  DayInput,
  Section,
  todayLocal,
  useCommand,
  useEndpoint,
  useLocalised,
  useMay,
  type CallResult,
} from '@sunlit/ui';
import { Button, Form, Input, InputNumber, Select, Space } from 'antd';
import { useT } from '../../messages.ts';
import { CommandDialog } from '../funds/command-dialog.tsx';
import { fenOf, YuanField } from '../funds/yuan-field.tsx';
import { PlainTable } from './plain-table.tsx';

type Contract = CallResult<typeof getContract>;
type Item = Contract['items'][number];

/** What is built for which unit price, beside the reference price, and how much of it was measured. */
export function ContractItems({ contract }: { contract: Contract }) {
  const t = useT();
  const may = useMay();
  const local = useLocalised();
  const mayRun = may('project.run') && contract.state === 'active';
  return (
    <Section
      title={t('contract.items')}
      extra={mayRun && contract.items.length === 0 ? <RecordDialog contract={contract} /> : null}
    >
      <PlainTable
        label={t('contract.items')}
        rows={contract.items}
        empty={t('contract.items.none')}
        rowKey={(row) => String(row.ordinal)}
        columns={[
          {
            title: t('contract.items.title'),
            render: (row) => (
              <>
                {row.ordinal}. {row.title}
                <div className="soft">{local(row.item.title)}</div>
              </>
            ),
          },
          {
            title: t('contract.items.quantity'),
            right: true,
            render: (row) => (
              <span className="number nowrap">
                {row.quantity} {local(row.item.unit)}
              </span>
            ),
          },
          { title: t('contract.items.price'), right: true, render: (row) => <Amount fen={row.unitPriceFen} /> },
          {
            title: t('contract.items.reference'),
            right: true,
            render: (row) => (row.referenceFen === null ? '—' : <Amount fen={row.referenceFen} />),
          },
          {
            title: t('contract.items.measured'),
            right: true,
            render: (row) => (
              <>
                {row.measured === null ? (
                  '—'
                ) : (
                  <span className="number nowrap">
                    {row.measured} {local(row.item.unit)}
                  </span>
                )}
                {row.measuredOn ? (
                  <div className="soft">
                    {row.measuredOn} {row.measuredBy}
                  </div>
                ) : null}
              </>
            ),
          },
          {
            title: t('contract.items.do'),
            render: (row) =>
              may('project.run') && contract.state !== 'terminated' ? (
                <MeasureDialog contract={contract} item={row} />
              ) : null,
          },
        ]}
      />
    </Section>
  );
}

interface ItemValues {
  items: { itemCode: string; title: string; quantity: number; price: string }[];
}

function RecordDialog({ contract }: { contract: Contract }) {
  const t = useT();
  const local = useLocalised();
  const record = useCommand(recordContractItems);
  const kinds = useEndpoint(getProjectCatalogue, {}, { staleTime: Infinity }).data?.workItems ?? [];
  const options = kinds.map((kind) => ({ value: kind.code, label: `${local(kind.title)}（${local(kind.unit)}）` }));
  return (
    <CommandDialog<ItemValues>
      label={t('contract.do.items')}
      initialValues={{ items: [{ itemCode: '', title: '', quantity: 1, price: '' }] }}
      pending={record.isPending}
      problem={record.error}
      onSubmit={({ items }) =>
        record.mutateAsync({
          params: { id: contract.id },
          body: { items: items.map(({ price, ...item }) => ({ ...item, unitPriceFen: fenOf(price)! })) },
        })
      }
    >
      <p className="soft">{t('contract.items.hint')}</p>
      <Form.List name="items">
        {(fields, { add, remove }) => (
          <>
            {fields.map((field) => (
              <Space key={field.key} wrap align="end" style={{ display: 'flex' }}>
                <Form.Item
                  name={[field.name, 'itemCode']}
                  label={t('contract.items.kind')}
                  rules={[{ required: true }]}
                >
                  <Select options={options} style={{ width: 200 }} />
                </Form.Item>
                <Form.Item
                  name={[field.name, 'title']}
                  label={t('contract.items.title')}
                  rules={[{ required: true, min: 2 }]}
                >
                  <Input maxLength={80} />
                </Form.Item>
                <Form.Item
                  name={[field.name, 'quantity']}
                  label={t('contract.items.quantity')}
                  rules={[{ required: true }]}
                >
                  <InputNumber min={0.001} max={10_000_000} precision={3} />
                </Form.Item>
                <YuanField name={[field.name, 'price']} label={t('contract.items.price')} />
                <Form.Item>
                  <Button onClick={() => remove(field.name)}>{t('project.form.remove')}</Button>
                </Form.Item>
              </Space>
            ))}
            <Form.Item>
              <Button onClick={() => add({ quantity: 1 })}>{t('project.form.add')}</Button>
            </Form.Item>
          </>
        )}
      </Form.List>
    </CommandDialog>
  );
}

function MeasureDialog({ contract, item }: { contract: Contract; item: Item }) {
  const t = useT();
  const local = useLocalised();
  const measure = useCommand(measureContractItem);
  return (
    <CommandDialog<{ quantity: number; measuredOn: string; documentId: string }>
      label={t('contract.do.measure')}
      size="small"
      initialValues={{ measuredOn: todayLocal() }}
      pending={measure.isPending}
      problem={measure.error}
      onSubmit={(body) =>
        measure.mutateAsync({ params: { id: contract.id }, body: { ...body, ordinal: item.ordinal } })
      }
    >
      <Form.Item
        name="quantity"
        label={`${t('contract.items.measured')}（${local(item.item.unit)}）`}
        rules={[{ required: true }]}
      >
        <InputNumber min={0} max={10_000_000} precision={3} />
      </Form.Item>
      <Form.Item name="measuredOn" label={t('contract.items.measuredOn')} rules={[{ required: true }]}>
        <DayInput max={todayLocal()} />
      </Form.Item>
      <Form.Item name="documentId" label={t('contract.form.evidence')} rules={[{ required: true }]}>
        <Select options={contract.documents.map((one) => ({ value: one.id, label: one.fileName }))} />
      </Form.Item>
    </CommandDialog>
  );
}
