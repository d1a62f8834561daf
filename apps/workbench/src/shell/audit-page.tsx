import { CheckCircleOutlined, ClockCircleOutlined } from '@ant-design/icons';
import { exportAudit, listAudit } from '@sunlit/api-spec';
import { ListPage, formatMoment, palette } from '@sunlit/ui';
import { useT } from '../messages.ts';
import { exportTool, useTimeSorts } from './list-by-time.tsx';
import { knownActions, useActionName, useObjectName } from './action-words.ts';

export function AuditPage() {
  const t = useT();
  const actionName = useActionName();
  const sorts = useTimeSorts();
  const objectName = useObjectName();
  return (
    <ListPage
      name="audit"
      title={t('audit.title')}
      answer={t('audit.answer')}
      endpoint={listAudit}
      rowKey={(item) => `${item.sequence ?? ''}-${item.at}-${item.objectId}-${item.action}`}
      sorts={sorts}
      tools={exportTool(exportAudit, 'audit.csv')}
      empty={{ explanation: t('audit.empty') }}
      filters={[
        {
          key: 'action',
          label: t('audit.filter.action'),
          kind: 'select',
          options: knownActions.map((value) => ({ value, label: actionName(value) })),
        },
        { key: 'from', label: t('audit.filter.from'), kind: 'date' },
        { key: 'to', label: t('audit.filter.to'), kind: 'date' },
      ]}
      columns={[
        {
          key: 'at',
          title: t('audit.col.at'),
          primary: true,
          width: 160,
          render: (item) => <span className="number nowrap">{formatMoment(item.at)}</span>,
        },
        { key: 'actor', title: t('audit.col.actor'), render: (item) => item.actor },
        { key: 'action', title: t('audit.col.action'), render: (item) => actionName(item.action) },
        {
          key: 'object',
          title: t('audit.col.object'),
          render: (item) => (
            <span className="soft">{`${objectName(item.objectKind)} ${item.objectId.slice(0, 8)}`}</span>
          ),
        },
        { key: 'region', title: t('audit.col.region'), render: (item) => item.region ?? '—' },
        { key: 'reason', title: t('audit.col.reason'), render: (item) => item.reason ?? '' },
        {
          key: 'sealed',
          title: t('audit.col.sealed'),
          render: (item) =>
            item.sealed ? (
              <span style={{ color: palette.done }}>
                <CheckCircleOutlined aria-hidden /> {t('audit.sealed')}
              </span>
            ) : (
              <span className="soft">
                <ClockCircleOutlined aria-hidden /> {t('audit.unsealed')}
              </span>
            ),
        },
        { key: 'sequence', title: t('audit.col.sequence'), hidden: true, render: (item) => item.sequence ?? '—' },
      ]}
    />
  );
}
