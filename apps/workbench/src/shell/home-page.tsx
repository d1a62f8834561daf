import {
  listChangeRequests,
  listCorrectionTasks,
  listDeliveries,
  listFindings,
  listLedgerAlarms,
  listNotices,
  listProcedures,
  listPublisherGaps,
  listRuns,
} from '@sunlit/api-spec';
import { EmptyState, ErrorState, useEndpoint, useMay } from '@sunlit/ui';
import { Alert, Button, Skeleton } from 'antd';
import { Link } from 'react-router';
import { useT } from '../messages.ts';
import { FindingLines } from '../supervision/findings/finding-lines.tsx';
import { navigation } from './navigation.ts';
import { useRegion } from './region.tsx';
import { useSession } from './session.tsx';

/** What waits for this person, most urgent first. */
export function HomePage() {
  const t = useT();
  const may = useMay();
  const session = useSession();
  const { regionCode } = useRegion();
  const readsFindings = may('finding.read');
  const open = { enabled: readsFindings };
  const mine = useEndpoint(listFindings, { query: { assignee: 'me', sort: 'due', limit: 10 } }, open);
  const overdue = useEndpoint(listFindings, { query: { assignee: 'me', overdue: 'yes', limit: 1 } }, open);
  const unassigned = useEndpoint(
    listFindings,
    { query: { assignee: 'nobody', regionCode, sort: '-severity', limit: 5 } },
    { enabled: readsFindings && may('finding.assign') },
  );
  const runs = useEndpoint(listRuns, { query: { limit: 20 } }, { enabled: may('run.release') });
  const held = useEndpoint(listDeliveries, { query: { state: 'held', limit: 1 } }, { enabled: may('dataset.decide') });
  const corrections = useEndpoint(
    listCorrectionTasks,
    { query: { state: 'open', limit: 1 } },
    { enabled: may('dataset.deliver') },
  );
  const changes = useEndpoint(
    listChangeRequests,
    { query: { waiting: 'me', limit: 1 } },
    { enabled: may('household.propose') },
  );
  const lateCases = useEndpoint(
    listProcedures,
    { query: { show: 'overdue', regionCode, limit: 1 } },
    { enabled: may('identification.read') },
  );
  const draftNotices = useEndpoint(
    listNotices,
    { query: { state: 'draft', regionCode, limit: 1 } },
    { enabled: may('notice.approve') },
  );
  const alarms = useEndpoint(listLedgerAlarms, {}, { enabled: may('ledger.watch') });
  const gaps = useEndpoint(listPublisherGaps, {}, { enabled: may('policy.propose') });
  const drafts = (runs.data?.items ?? []).filter((run) => run.state === 'draft');

  // Half an answer would say that nothing waits.
  const loading = [mine, overdue, unassigned, runs, held, corrections, changes].some((reading) => reading.isLoading);
  const failed = [mine, overdue, unassigned, runs, held, corrections, changes].find((reading) => reading.error);

  const tiles = [
    { label: t('home.mine'), count: mine.data?.total, to: '/findings?assignee=me' },
    { label: t('home.overdue'), count: overdue.data?.total, to: '/findings?assignee=me&overdue=yes', urgent: true },
    { label: t('home.unassigned'), count: unassigned.data?.total, to: '/findings?assignee=nobody' },
    {
      label: t('home.drafts'),
      count: runs.data ? drafts.length : undefined,
      to: drafts.length === 1 ? `/runs/${drafts[0]!.id}` : '/runs',
    },
    { label: t('home.changes'), count: changes.data?.total, to: '/changes?waiting=me' },
    { label: t('home.held'), count: held.data?.total, to: '/deliveries?state=held' },
    { label: t('home.lateCases'), count: lateCases.data?.total, to: '/identification?show=overdue', urgent: true },
    { label: t('home.draftNotices'), count: draftNotices.data?.total, to: '/notices?state=draft' },
    { label: t('home.corrections'), count: corrections.data?.total, to: '/corrections?state=open', urgent: true },
    { label: t('home.publisherGaps'), count: gaps.data?.items.length || undefined, to: '/policies' },
    { label: t('home.ledgerAlarms'), count: alarms.data?.open, to: '/ledger/alarms', urgent: true },
  ].filter((tile) => tile.count !== undefined);

  const sentence = [
    mine.data?.total ? t('home.answer.findings', { mine: mine.data.total, overdue: overdue.data?.total ?? 0 }) : '',
    unassigned.data?.total ? t('home.answer.unassigned', { count: unassigned.data.total }) : '',
    drafts.length ? t('home.answer.drafts', { count: drafts.length }) : '',
    changes.data?.total ? t('home.answer.changes', { count: changes.data.total }) : '',
    held.data?.total ? t('home.answer.held', { count: held.data.total }) : '',
    corrections.data?.total ? t('home.answer.corrections', { count: corrections.data.total }) : '',
  ].join('');

  return (
    <article className="page">
      <header className="page-head">
        <div>
          <h1>{t('home.title')}</h1>
          <p className="answer">
            {loading ? t('home.answer.loading') : sentence || (failed ? '' : t('home.answer.calm'))}
          </p>
        </div>
      </header>
      {session.totpRequired && !session.totpEnabled ? (
        <Alert
          type="warning"
          showIcon
          title={t('home.totp')}
          action={
            <Link to="/settings">
              <Button>{t('home.totpAction')}</Button>
            </Link>
          }
          style={{ marginBottom: 16 }}
        />
      ) : null}
      <ul className="tiles">
        {tiles.map((tile) => (
          <li key={tile.label}>
            <Link to={tile.to} className={tile.urgent && tile.count ? 'tile urgent' : 'tile'}>
              <strong>{tile.count}</strong>
              <span>{tile.label}</span>
            </Link>
          </li>
        ))}
      </ul>
      {readsFindings ? (
        <section className="block">
          <div className="block-head">
            <h2>{t('home.list')}</h2>
            <Link to="/findings">{t('home.allFindings')}</Link>
          </div>
          {failed ? (
            <ErrorState error={failed.error} onRetry={() => void failed.refetch()} />
          ) : loading || !mine.data ? (
            <Skeleton active />
          ) : mine.data.items.length === 0 ? (
            unassigned.data?.items.length ? (
              <>
                <p>{t('home.nothingMineYet')}</p>
                <ol className="first-steps">
                  {([1, 2, 3, 4] as const).map((step) => (
                    <li key={step}>{t(`home.step.${step}`)}</li>
                  ))}
                </ol>
                <FindingLines items={unassigned.data.items} />
              </>
            ) : (
              <EmptyState title={t('home.none')} explanation={t('home.nothingMine')} />
            )
          ) : (
            <FindingLines items={mine.data.items} />
          )}
        </section>
      ) : (
        <section className="block">
          <div className="block-head">
            <h2>{t('home.places')}</h2>
          </div>
          <ul className="plain-list">
            {navigation
              .flatMap((group) => group.items)
              .filter((item) => item.to !== '/' && (!item.permission || may(item.permission)))
              .map((item) => (
                <li key={item.to}>
                  <Link to={item.to}>{t(item.label)}</Link>
                </li>
              ))}
          </ul>
        </section>
      )}
    </article>
  );
}
