import { useEffect, useRef, type ReactNode } from 'react';

/**
 * Holds a plain table: on a narrow screen every row becomes a card whose cells carry their column's title, so that
 * nothing is cut off at the right. `matrix` keeps the grid and scrolls sideways (many like columns).
 */
export function TableFrame({
  label,
  matrix = false,
  children,
}: {
  label: string;
  matrix?: boolean;
  children: ReactNode;
}) {
  const frame = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (matrix) return;
    for (const table of frame.current?.querySelectorAll('table') ?? []) {
      const titles = [...table.querySelectorAll('thead th')].map((cell) => cell.textContent ?? '');
      for (const row of table.querySelectorAll<HTMLTableRowElement>('tbody tr'))
        [...row.cells].forEach((cell, index) => cell.setAttribute('data-label', titles[index] ?? ''));
    }
  });
  return (
    <div
      ref={frame}
      className={matrix ? 'scroll-x' : 'scroll-x as-cards'}
      tabIndex={0}
      role="region"
      aria-label={label}
    >
      {children}
    </div>
  );
}
