import { listDeliveryProblems } from '@sunlit/api-spec';
import { ErrorState, TableFrame, formatCount, useEndpoint, useUiText } from '@sunlit/ui';
import { Button, Skeleton, Space } from 'antd';
import { useState } from 'react';
import { useFieldTitle } from './use-table-title.ts';
import { useT } from '../../messages.ts';

export function DeliveryProblems({ delivery }: { delivery: { id: string; kind: string } }) {
  const t = useT();
  const words = useUiText();
  const fieldTitle = useFieldTitle(delivery.kind);
  const [cursors, setCursors] = useState<string[]>([]);
  const reading = useEndpoint(
    listDeliveryProblems,
    { params: { id: delivery.id }, query: { cursor: cursors.at(-1), limit: 20 } },
    { keepPrevious: true },
  );
  const page = reading.data;
  if (reading.error) return <ErrorState error={reading.error} onRetry={() => void reading.refetch()} />;
  if (!page) return <Skeleton active />;
  if (page.items.length === 0) return <p className="soft">{t('intake.problems.none')}</p>;
  return (
    <>
      <TableFrame label={t('intake.problems')}>
        <table className="plain-table">
          <thead>
            <tr>
              <th scope="col">{t('import.problem.row')}</th>
              <th scope="col">{t('import.problem.column')}</th>
              <th scope="col">{t('import.problem.what')}</th>
              <th scope="col">{t('intake.problem.sample')}</th>
            </tr>
          </thead>
          <tbody>
            {page.items.map((problem, index) => (
              <tr key={index}>
                <th scope="row">{problem.row}</th>
                <td>{fieldTitle(problem.field)}</td>
                <td>{problem.message}</td>
                <td className="soft">{problem.sample ?? ''}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </TableFrame>
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
