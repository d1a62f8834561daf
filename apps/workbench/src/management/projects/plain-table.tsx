import { TableFrame } from '@sunlit/ui';
import type { ReactNode } from 'react';

export interface PlainColumn<Row> {
  title: string;
  right?: boolean;
  render: (row: Row, index: number) => ReactNode;
}

interface PlainTableProps<Row> {
  label: string;
  rows: readonly Row[];
  empty: string;
  rowKey: (row: Row, index: number) => string;
  columns: readonly PlainColumn<Row>[];
}

/** A short table that is part of a page; says why when it has nothing to show. */
export function PlainTable<Row>({ label, rows, empty, rowKey, columns }: PlainTableProps<Row>) {
  if (rows.length === 0) return <p className="soft">{empty}</p>;
  return (
    <div style={{ margin: '8px 0 16px' }}>
      <TableFrame label={label}>
        <table className="plain-table">
          <thead>
            <tr>
              {columns.map((column) => (
                <th key={column.title} scope="col" className={column.right ? 'right' : undefined}>
                  {column.title}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row, index) => (
              <tr key={rowKey(row, index)}>
                {columns.map((column, place) =>
                  place === 0 ? (
                    <th key={column.title} scope="row">
                      {column.render(row, index)}
                    </th>
                  ) : (
                    <td key={column.title} className={column.right ? 'right' : undefined}>
                      {column.render(row, index)}
                    </td>
                  ),
                )}
              </tr>
            ))}
          </tbody>
        </table>
      </TableFrame>
    </div>
  );
}
