import { exportNotices, listNoticeKinds, listNotices, noticeState, type NoticeItem } from '@sunlit/api-spec';
import { ListPage, PermissionGate, RegionName, useEndpoint, useLocalised } from '@sunlit/ui';
import { Link } from 'react-router';
import { useT } from '../../messages.ts';
import { ToneTag } from '../../shell/tone-tag.tsx';
import { PurposeExport } from '../../shell/purpose-export.tsx';
import { useRegion } from '../../shell/region.tsx';
import { DraftNotice } from './draft-notice.tsx';
import { NoticeStateTag } from './notice-state-tag.tsx';

/** What stands on the boards, what waits for a second person, which objections wait for an answer. */
export function NoticeListPage() {
  const t = useT();
  const local = useLocalised();
  const { regionCode } = useRegion();
  const kinds = useEndpoint(listNoticeKinds, { query: {} }).data?.items ?? [];
  return (
    <ListPage<typeof listNotices, NoticeItem>
      name="notices"
      title={t('notice.list.title')}
      answer={t('notice.list.answer')}
      endpoint={listNotices}
      fixedQuery={{ regionCode }}
      rowKey={(item) => item.id}
      to={(item) => `/notices/${item.id}`}
      empty={{ explanation: t('notice.list.empty') }}
      action={
        <PermissionGate permission="notice.prepare">
          <DraftNotice />
        </PermissionGate>
      }
      sorts={[
        { value: '-made', label: t('notice.sort.newest') },
        { value: 'made', label: t('notice.sort.oldest') },
      ]}
      tools={({ sort: _, ...query }) => <PurposeExport endpoint={exportNotices} query={query} fileName="notices.csv" />}
      filters={[
        { key: 'regionCode', label: t('notice.col.region'), kind: 'region' },
        {
          key: 'kind',
          label: t('notice.col.kind'),
          kind: 'select',
          options: kinds.map((kind) => ({ value: kind.code, label: local(kind.title) })),
        },
        {
          key: 'state',
          label: t('notice.col.state'),
          kind: 'select',
          options: noticeState.options.map((value) => ({ value, label: t(`notice.state.${value}`) })),
        },
        {
          key: 'objections',
          label: t('notice.col.objections'),
          kind: 'select',
          options: [{ value: 'open', label: t('notice.objections.open') }],
        },
      ]}
      columns={[
        {
          key: 'number',
          title: t('notice.col.number'),
          primary: true,
          render: (item) => <Link to={`/notices/${item.id}`}>{item.number}</Link>,
        },
        { key: 'kind', title: t('notice.col.kind'), render: (item) => local(item.kind.title) },
        { key: 'region', title: t('notice.col.region'), render: (item) => <RegionName region={item.region} /> },
        {
          key: 'entries',
          title: t('notice.col.entries'),
          align: 'right',
          render: (item) => <span className="number">{item.entries}</span>,
        },
        { key: 'state', title: t('notice.col.state'), render: (item) => <NoticeStateTag state={item.state} /> },
        {
          key: 'period',
          title: t('notice.col.period'),
          render: (item) =>
            item.startsOn && item.endsOn ? (
              <span className="number">{t('notice.period', { startsOn: item.startsOn, endsOn: item.endsOn })}</span>
            ) : (
              '—'
            ),
        },
        {
          key: 'objections',
          title: t('notice.col.objections'),
          align: 'right',
          render: (item) => (item.openObjections > 0 ? <ToneTag tone="soon">{item.openObjections}</ToneTag> : '0'),
        },
        { key: 'madeBy', title: t('notice.col.madeBy'), hidden: true, render: (item) => item.madeBy },
      ]}
    />
  );
}
