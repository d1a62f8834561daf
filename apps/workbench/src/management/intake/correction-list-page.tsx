import { exportCorrectionTasks, listCorrectionTasks, type CorrectionTask } from '@sunlit/api-spec';
import { ListPage, RegionName, formatMoment, useLocalised } from '@sunlit/ui';
import { Link } from 'react-router';
import { useT } from '../../messages.ts';
import { exportTool, useTimeSorts } from '../../shell/list-by-time.tsx';
import { useRegion } from '../../shell/region.tsx';

/** What a department is asked to correct, and in which row of which of its files. */
export function CorrectionListPage() {
  const t = useT();
  const local = useLocalised();
  const sorts = useTimeSorts();
  const { regionCode } = useRegion();
  return (
    <ListPage<typeof listCorrectionTasks, CorrectionTask>
      name="corrections"
      title={t('correction.title')}
      answer={t('correction.answer')}
      endpoint={listCorrectionTasks}
      fixedQuery={{ regionCode }}
      rowKey={(item) => item.id}
      sorts={sorts}
      tools={exportTool(exportCorrectionTasks, 'corrections.csv')}
      empty={{ explanation: t('correction.empty') }}
      filters={[
        {
          key: 'state',
          label: t('correction.col.state'),
          kind: 'select',
          options: (['open', 'done'] as const).map((value) => ({ value, label: t(`correction.state.${value}`) })),
        },
      ]}
      columns={[
        {
          key: 'dataset',
          title: t('correction.col.dataset'),
          primary: true,
          render: (item) => (item.datasetTitle ? local(item.datasetTitle) : t('correction.unknownData')),
        },
        { key: 'provider', title: t('correction.col.provider'), render: (item) => item.providerName },
        { key: 'note', title: t('correction.col.note'), render: (item) => item.note },
        {
          key: 'records',
          title: t('correction.col.records'),
          render: (item) =>
            item.records.length === 0 ? (
              '—'
            ) : (
              <ul className="plain-list">
                {item.records.map((record) => (
                  <li key={`${record.deliveryId}-${record.row}`}>
                    <Link to={`/deliveries/${record.deliveryId}`}>
                      {t('correction.record', { asOf: record.asOf, version: record.version, row: record.row })}
                    </Link>
                  </li>
                ))}
              </ul>
            ),
        },
        { key: 'region', title: t('correction.col.region'), render: (item) => <RegionName region={item.region} /> },
        {
          key: 'state',
          title: t('correction.col.state'),
          render: (item) => (
            <>
              {t(`correction.state.${item.state}`)}
              <div className="soft number">{formatMoment(item.doneAt ?? item.createdAt)}</div>
            </>
          ),
        },
      ]}
    />
  );
}
