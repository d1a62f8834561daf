import { LeftOutlined } from '@ant-design/icons';
import { Skeleton } from 'antd';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { ErrorState } from './error-state.tsx';

export interface DetailPageProps {
  back?: { to: string; label: string };
  title: ReactNode;
  tags?: ReactNode;
  /** One plain sentence that says how things stand. */
  answer?: ReactNode;
  /** The one main action; always top right. */
  action?: ReactNode;
  loading?: boolean;
  error?: unknown;
  onRetry?: () => void;
  aside?: ReactNode;
  children?: ReactNode;
}

export function DetailPage(props: DetailPageProps) {
  return (
    <article className="page">
      {props.back ? (
        <Link className="back noprint" to={props.back.to}>
          <LeftOutlined aria-hidden /> {props.back.label}
        </Link>
      ) : null}
      <header className="page-head">
        <div>
          <h1>
            {props.title} {props.tags}
          </h1>
          {props.answer ? <p className="answer">{props.answer}</p> : null}
        </div>
        {props.action ? <div className="page-action noprint">{props.action}</div> : null}
      </header>
      {props.error ? (
        <ErrorState error={props.error} onRetry={props.onRetry} />
      ) : props.loading ? (
        <Skeleton active paragraph={{ rows: 10 }} />
      ) : props.aside ? (
        <div className="with-aside">
          <div className="main-column">{props.children}</div>
          <aside>{props.aside}</aside>
        </div>
      ) : (
        <div className="main-column">{props.children}</div>
      )}
    </article>
  );
}

/** A titled block of a record page. */
export function Section({
  title,
  extra,
  children,
  id,
}: {
  title: ReactNode;
  extra?: ReactNode;
  children: ReactNode;
  id?: string;
}) {
  return (
    <section className="block" id={id}>
      <div className="block-head">
        <h2>{title}</h2>
        {extra}
      </div>
      {children}
    </section>
  );
}

/** Label and value pairs, readable on a phone and on paper. */
export function Facts({ items }: { items: readonly (readonly [label: string, value: ReactNode])[] }) {
  return (
    <dl className="facts">
      {items.map(([label, value]) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd>{value ?? '—'}</dd>
        </div>
      ))}
    </dl>
  );
}
