import { InboxOutlined } from '@ant-design/icons';
import { exportImports, importState, listImports, uploadHouseholds, type ImportView } from '@sunlit/api-spec';
import { Count, ListPage, formatMoment, todayLocal } from '@sunlit/ui';
import { Link, useNavigate } from 'react-router';
import { useT } from '../../messages.ts';
import { exportTool, useTimeSorts } from '../../shell/list-by-time.tsx';
import { UploadDialog } from '../../shell/upload-dialog.tsx';

export function ImportListPage() {
  const t = useT();
  const navigate = useNavigate();
  const sorts = useTimeSorts();
  return (
    <ListPage<typeof listImports, ImportView>
      name="imports"
      title={t('import.list.title')}
      answer={t('import.list.answer')}
      endpoint={listImports}
      action={
        <UploadDialog
          endpoint={uploadHouseholds}
          label={t('import.upload')}
          fileLabel={t('import.upload.file')}
          fileHint={t('import.upload.hint')}
          submitLabel={t('import.upload.submit')}
          asOfLabel={t('import.upload.asOf')}
          initialAsOf={todayLocal()}
          icon={<InboxOutlined />}
          onDone={(id) => void navigate(`/imports/${id}`)}
        />
      }
      rowKey={(item) => item.id}
      to={(item) => `/imports/${item.id}`}
      filters={[
        {
          key: 'state',
          label: t('import.col.state'),
          kind: 'select',
          options: importState.options.map((value) => ({ value, label: t(`import.state.${value}`) })),
        },
      ]}
      sorts={sorts}
      tools={exportTool(exportImports, 'imports.csv')}
      empty={{ explanation: t('import.list.empty') }}
      columns={[
        {
          key: 'file',
          title: t('import.col.file'),
          primary: true,
          render: (item) => <Link to={`/imports/${item.id}`}>{item.fileName}</Link>,
        },
        { key: 'state', title: t('import.col.state'), render: (item) => t(`import.state.${item.state}`) },
        { key: 'asOf', title: t('import.col.asOf'), render: (item) => item.asOf },
        {
          key: 'rows',
          title: t('import.col.rows'),
          align: 'right',
          render: (item) => <Count value={item.counts?.rows} />,
        },
        {
          key: 'problems',
          title: t('import.col.problems'),
          align: 'right',
          render: (item) => <Count value={item.counts?.problemRows} />,
        },
        { key: 'by', title: t('import.col.by'), render: (item) => item.createdBy },
        {
          key: 'at',
          title: t('import.col.at'),
          render: (item) => <span className="number">{formatMoment(item.createdAt)}</span>,
        },
      ]}
    />
  );
}
