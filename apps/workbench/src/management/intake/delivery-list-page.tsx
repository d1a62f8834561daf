import { deliveryState, exportDeliveries, listDatasetKinds, listDeliveries } from '@sunlit/api-spec';
import { Count, ListPage, formatMoment, useEndpoint, useLocalised, useMay } from '@sunlit/ui';
import { Link } from 'react-router';
import { useT } from '../../messages.ts';
import { exportTool, useTimeSorts } from '../../shell/list-by-time.tsx';
import { DeliverData } from './deliver-data.tsx';
import { DeliveryStateTag } from './delivery-state-tag.tsx';

export function DeliveryListPage() {
  const t = useT();
  const may = useMay();
  const sorts = useTimeSorts();
  const local = useLocalised();
  const kinds = useEndpoint(listDatasetKinds, {}, { staleTime: 60_000 });
  return (
    <ListPage
      name="deliveries"
      title={t('intake.list.title')}
      answer={t('intake.list.answer')}
      endpoint={listDeliveries}
      action={may('dataset.deliver') ? <DeliverData /> : null}
      rowKey={(item) => item.id}
      to={(item) => `/deliveries/${item.id}`}
      sorts={sorts}
      tools={exportTool(exportDeliveries, 'deliveries.csv')}
      empty={{ explanation: t('intake.list.empty') }}
      filters={[
        {
          key: 'kind',
          label: t('intake.col.kind'),
          kind: 'select',
          options: (kinds.data?.items ?? []).map((kind) => ({ value: kind.code, label: local(kind.title) })),
        },
        {
          key: 'state',
          label: t('intake.col.state'),
          kind: 'select',
          options: deliveryState.options.map((value) => ({ value, label: t(`intake.state.${value}`) })),
        },
      ]}
      columns={[
        {
          key: 'kind',
          title: t('intake.col.kind'),
          primary: true,
          render: (item) => <Link to={`/deliveries/${item.id}`}>{local(item.kindTitle)}</Link>,
        },
        {
          key: 'provider',
          title: t('intake.col.provider'),
          render: (item) => (
            <>
              {item.providerName} {item.fromAbove ? <span className="soft">{t('intake.above')}</span> : null}
            </>
          ),
        },
        { key: 'asOf', title: t('intake.col.asOf'), render: (item) => item.asOf },
        { key: 'state', title: t('intake.col.state'), render: (item) => <DeliveryStateTag state={item.state} /> },
        { key: 'rows', title: t('intake.col.rows'), align: 'right', render: (item) => <Count value={item.rows} /> },
        { key: 'kept', title: t('intake.col.kept'), align: 'right', render: (item) => <Count value={item.kept} /> },
        { key: 'file', title: t('intake.col.file'), render: (item) => item.fileName },
        {
          key: 'received',
          title: t('intake.col.received'),
          render: (item) => <span className="number">{formatMoment(item.receivedAt)}</span>,
        },
        { key: 'by', title: t('intake.col.by'), hidden: true, render: (item) => item.deliveredBy },
      ]}
    />
  );
}
