import { approveChanges, exportChangeRequests, listChangeRequests, type ChangeItem } from '@sunlit/api-spec';
import { Deadline, ListPage, RegionName, formatDay, useCommand, useMay, type ListColumn } from '@sunlit/ui';
import { App, Button } from 'antd';
import { Link } from 'react-router';
import { useT } from '../../messages.ts';
import { PurposeExport } from '../../shell/purpose-export.tsx';
import { useRegion } from '../../shell/region.tsx';
import { useDictionary } from '../households/use-dictionary.ts';
import { ChangeStateTag } from './change-state-tag.tsx';

const states = ['proposed', 'verified', 'conflict', 'applied', 'rejected', 'withdrawn'] as const;

/** Every proposed change of the registry, those that wait for this person first in sight. */
export function ChangeListPage() {
  const t = useT();
  const may = useMay();
  const { regionCode } = useRegion();
  const kinds = useDictionary('change-kind');
  const columns = useChangeColumns();
  return (
    <ListPage<typeof listChangeRequests, ChangeItem>
      name="changes"
      title={t('change.title')}
      answer={t('change.answer')}
      endpoint={listChangeRequests}
      fixedQuery={{ regionCode }}
      columns={columns}
      rowKey={(item) => item.id}
      to={(item) => `/changes/${item.id}`}
      filters={[
        {
          key: 'waiting',
          label: t('change.filter.waiting'),
          kind: 'select',
          options: (['me', 'mine', 'anybody'] as const).map((value) => ({
            value,
            label: t(`change.waiting.${value}`),
          })),
        },
        { key: 'kind', label: t('change.filter.kind'), kind: 'select', options: kinds },
        {
          key: 'state',
          label: t('change.filter.state'),
          kind: 'select',
          options: states.map((value) => ({ value, label: t(`change.state.${value}`) })),
        },
        { key: 'regionCode', label: t('household.filter.region'), kind: 'region' },
      ]}
      sorts={(['-proposed', 'proposed', 'due'] as const).map((value) => ({ value, label: t(`change.sort.${value}`) }))}
      bulk={may('household.approve') ? (ids, clear) => <BulkApprove ids={ids} onDone={clear} /> : undefined}
      tools={
        may('household.export')
          ? (query) => <PurposeExport endpoint={exportChangeRequests} query={query} fileName="change-requests.csv" />
          : undefined
      }
      empty={{ explanation: t('change.empty') }}
    />
  );
}

/** Each is approved for itself; what could not be is said. */
function BulkApprove({ ids, onDone }: { ids: string[]; onDone: () => void }) {
  const t = useT();
  const { message, modal } = App.useApp();
  const approve = useCommand(approveChanges);
  const send = async () => {
    const { items } = await approve.mutateAsync({ body: { ids } });
    const done = items.filter(({ state }) => state === 'applied').length;
    const refusals = [
      ...new Set(
        items.flatMap(({ state, problem }) => problem ?? (state === 'conflict' ? t('change.state.conflict') : [])),
      ),
    ];
    void (refusals.length > 0 ? message.warning : message.success)(
      [t('change.approved', { done, all: items.length }), ...refusals].join(' '),
    );
    onDone();
  };
  return (
    <Button
      type="primary"
      loading={approve.isPending}
      onClick={() => modal.confirm({ title: t('change.approve.several', { count: ids.length }), onOk: send })}
    >
      {t('change.action.approve')}
    </Button>
  );
}

export function useChangeColumns(): ListColumn<ChangeItem>[] {
  const t = useT();
  return [
    {
      key: 'kind',
      title: t('change.col.kind'),
      primary: true,
      width: 170,
      render: (item) => <Link to={`/changes/${item.id}`}>{item.kind.label}</Link>,
    },
    { key: 'state', title: t('change.col.state'), render: (item) => <ChangeStateTag state={item.state} /> },
    {
      key: 'household',
      title: t('change.col.household'),
      render: (item) => (
        <Link to={`/households/${item.household.id}`}>
          {item.household.headName} <span className="number soft">{item.household.number}</span>
        </Link>
      ),
    },
    { key: 'person', title: t('change.col.person'), render: (item) => item.person?.name ?? '—' },
    { key: 'region', title: t('household.col.region'), render: (item) => <RegionName region={item.region} /> },
    { key: 'effective', title: t('change.col.effective'), render: (item) => formatDay(item.effectiveOn) },
    {
      key: 'proposed',
      title: t('change.col.proposed'),
      render: (item) => `${item.proposedBy} ${formatDay(item.proposedAt)}`,
    },
    { key: 'due', title: t('change.col.due'), render: (item) => <Deadline day={item.dueOn} /> },
  ];
}
