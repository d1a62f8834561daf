import { Link } from 'react-router';
import type { ListColumn } from './list-page.tsx';

interface ListCardsProps<Item> {
  items: readonly Item[];
  columns: readonly ListColumn<Item>[];
  rowKey: (item: Item) => string;
  to?: (item: Item) => string;
}

/** The same rows on a phone: one card each, label beside value, the whole heading a link. */
export function ListCards<Item>({ items, columns, rowKey, to }: ListCardsProps<Item>) {
  const heads = columns.filter((column) => column.primary);
  const rest = columns.filter((column) => !column.primary);
  return (
    <ul className="cards">
      {items.map((item) => (
        <li key={rowKey(item)}>
          <div className="card-head">
            {heads.map((column) => (
              <span key={column.key}>
                {to ? <Link to={to(item)}>{column.render(item)}</Link> : column.render(item)}
              </span>
            ))}
          </div>
          <dl>
            {rest.map((column) => (
              <div key={column.key}>
                <dt>{column.title}</dt>
                <dd>{column.render(item)}</dd>
              </div>
            ))}
          </dl>
        </li>
      ))}
    </ul>
  );
}
