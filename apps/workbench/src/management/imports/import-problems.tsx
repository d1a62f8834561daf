import { ExclamationCircleOutlined, InfoCircleOutlined } from '@ant-design/icons';
import { listImportProblems } from '@sunlit/api-spec';
import { ErrorState, TableFrame, formatCount, palette, useEndpoint, useUiText } from '@sunlit/ui';
import { Button, Segmented, Skeleton, Space } from 'antd';
import { useState } from 'react';
import { useT } from '../../messages.ts';

/** Every wrong cell in plain words, errors first. */
export function ImportProblems({ importId }: { importId: string }) {
  const t = useT();
  const words = useUiText();
  const [severity, setSeverity] = useState<'error' | 'warning' | 'all'>('all');
  const [cursors, setCursors] = useState<string[]>([]);
  const reading = useEndpoint(
    listImportProblems,
    {
      params: { id: importId },
      query: { severity: severity === 'all' ? undefined : severity, cursor: cursors.at(-1) },
    },
    { keepPrevious: true },
  );
  const page = reading.data;
  if (reading.error) return <ErrorState error={reading.error} onRetry={() => void reading.refetch()} />;
  if (!page) return <Skeleton active />;
  return (
    <>
      <Segmented
        style={{ marginBottom: 12 }}
        value={severity}
        onChange={(value) => {
          setSeverity(value);
          setCursors([]);
        }}
        options={(['all', 'error', 'warning'] as const).map((value) => ({
          value,
          label: t(`import.severity.${value}`),
        }))}
      />
      {page.items.length === 0 ? (
        <p className="soft">{t('import.problems.none')}</p>
      ) : (
        <TableFrame label={t('import.problems')}>
          <table className="plain-table">
            <thead>
              <tr>
                <th scope="col">{t('import.problem.row')}</th>
                <th scope="col">{t('import.problem.column')}</th>
                <th scope="col">{t('import.problem.what')}</th>
                <th scope="col">{t('import.problem.value')}</th>
              </tr>
            </thead>
            <tbody>
              {page.items.map((problem, index) => (
                <tr key={index}>
                  <th scope="row">{problem.row}</th>
                  <td className="nowrap">{problem.column}</td>
                  <td>
                    {problem.severity === 'error' ? (
                      <ExclamationCircleOutlined
                        style={{ color: palette.harm }}
                        aria-label={t('import.severity.error')}
                      />
                    ) : (
                      <InfoCircleOutlined style={{ color: palette.soon }} aria-label={t('import.severity.warning')} />
                    )}{' '}
                    {problem.message}
                  </td>
                  <td className="soft">{problem.value ?? ''}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </TableFrame>
      )}
      <Space style={{ marginTop: 12 }}>
        <span className="soft">{words('ui.total', { total: formatCount(page.total) })}</span>
        <Button disabled={cursors.length === 0} onClick={() => setCursors(cursors.slice(0, -1))}>
          {words('ui.previous')}
        </Button>
        <Button
          disabled={!page.nextCursor}
          onClick={() => page.nextCursor && setCursors([...cursors, page.nextCursor])}
        >
          {words('ui.next')}
        </Button>
      </Space>
    </>
  );
}
