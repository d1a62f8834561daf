import {
  exportContracts,
  listContracts,
  listVendors,
  recordVendor,
  type ContractItem,
  type VendorItem,
} from '@sunlit/api-spec';
import { Amount, ListPage, RegionName, useCommand, useMay } from '@sunlit/ui';
import { Form, Input, Tag } from 'antd';
import { Link } from 'react-router';
import { useT } from '../../messages.ts';
import { PurposeExport } from '../../shell/purpose-export.tsx';
import { useRegion } from '../../shell/region.tsx';
import { CommandDialog } from '../funds/command-dialog.tsx';

export function ContractListPage() {
  const t = useT();
  const { regionCode } = useRegion();
  return (
    <ListPage<typeof listContracts, ContractItem>
      name="contracts"
      title={t('contract.list.title')}
      answer={t('contract.list.answer')}
      endpoint={listContracts}
      fixedQuery={{ regionCode }}
      rowKey={(item) => item.id}
      to={(item) => `/contracts/${item.id}`}
      empty={{ explanation: t('contract.list.empty') }}
      tools={({ sort: _, ...query }) => (
        <PurposeExport endpoint={exportContracts} query={query} fileName="contracts.csv" />
      )}
      filters={[
        { key: 'search', label: t('contract.filter.search'), kind: 'search' },
        { key: 'regionCode', label: t('project.col.region'), kind: 'region' },
        {
          key: 'state',
          label: t('contract.col.state'),
          kind: 'select',
          options: (['active', 'completed', 'terminated'] as const).map((value) => ({
            value,
            label: t(`contract.state.${value}`),
          })),
        },
      ]}
      columns={[
        {
          key: 'title',
          title: t('contract.col.title'),
          primary: true,
          render: (item) => <Link to={`/contracts/${item.id}`}>{item.title}</Link>,
        },
        { key: 'number', title: t('contract.col.number'), render: (item) => item.number },
        { key: 'vendor', title: t('contract.col.vendor'), render: (item) => item.vendor.name },
        {
          key: 'project',
          title: t('contract.col.project'),
          render: (item) => <Link to={`/projects/${item.project.id}`}>{item.project.title}</Link>,
        },
        { key: 'region', title: t('project.col.region'), render: (item) => <RegionName region={item.region} /> },
        { key: 'method', title: t('contract.col.method'), render: (item) => t(`contract.method.${item.method}`) },
        {
          key: 'value',
          title: t('contract.col.value'),
          align: 'right',
          render: (item) => <Amount fen={item.valueFen} />,
        },
        { key: 'paid', title: t('contract.col.paid'), align: 'right', render: (item) => <Amount fen={item.paidFen} /> },
        {
          key: 'signedOn',
          title: t('contract.col.signedOn'),
          render: (item) => <span className="nowrap">{item.signedOn}</span>,
        },
        {
          key: 'state',
          title: t('contract.col.state'),
          render: (item) => <Tag>{t(`contract.state.${item.state}`)}</Tag>,
        },
        {
          key: 'signed',
          title: t('contract.col.signed'),
          hidden: true,
          align: 'right',
          render: (item) => <Amount fen={item.signedFen} />,
        },
      ]}
    />
  );
}

interface VendorValues {
  creditCode: string;
  name: string;
  representativeIdNumber?: string;
  phone?: string;
}

export function VendorListPage() {
  const t = useT();
  const may = useMay();
  const record = useCommand(recordVendor);
  return (
    <ListPage<typeof listVendors, VendorItem>
      name="vendors"
      title={t('vendor.list.title')}
      answer={t('vendor.list.answer')}
      endpoint={listVendors}
      rowKey={(item) => item.id}
      empty={{ explanation: t('vendor.list.empty') }}
      action={
        may('project.run') ? (
          <CommandDialog<VendorValues>
            label={t('vendor.do.record')}
            primary
            size="large"
            pending={record.isPending}
            problem={record.error}
            onSubmit={(body) => record.mutateAsync({ body })}
          >
            <Form.Item name="name" label={t('vendor.col.name')} rules={[{ required: true, min: 4 }]}>
              <Input maxLength={80} autoComplete="off" />
            </Form.Item>
            <Form.Item name="creditCode" label={t('vendor.col.code')} rules={[{ required: true, len: 18 }]}>
              <Input maxLength={18} autoComplete="off" />
            </Form.Item>
            <Form.Item name="representativeIdNumber" label={t('vendor.form.representative')}>
              <Input maxLength={18} autoComplete="off" />
            </Form.Item>
            <Form.Item name="phone" label={t('vendor.form.phone')}>
              <Input maxLength={20} autoComplete="off" />
            </Form.Item>
          </CommandDialog>
        ) : null
      }
      filters={[{ key: 'search', label: t('vendor.col.name'), kind: 'search' }]}
      columns={[
        {
          key: 'name',
          title: t('vendor.col.name'),
          primary: true,
          render: (item) => <Link to={`/vendors/${item.id}`}>{item.name}</Link>,
        },
        { key: 'code', title: t('vendor.col.code'), render: (item) => <code>{item.creditCode}</code> },
        { key: 'county', title: t('vendor.col.county'), render: (item) => <RegionName region={item.county} /> },
        { key: 'contracts', title: t('vendor.col.contracts'), align: 'right', render: (item) => item.contracts },
        {
          key: 'value',
          title: t('vendor.col.value'),
          align: 'right',
          render: (item) => <Amount fen={item.valueFen} />,
        },
        { key: 'debarred', title: t('vendor.col.debarred'), render: (item) => item.debarredUntil ?? '—' },
      ]}
    />
  );
}
