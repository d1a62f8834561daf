import { CheckCircleOutlined, ExclamationCircleOutlined, MinusCircleOutlined } from '@ant-design/icons';
import { getCockpit } from '@sunlit/api-spec';
import {
  Count,
  DetailPage,
  Section,
  formatCount,
  palette,
  useEndpoint,
  useLocalised,
  useMay,
  type CallResult,
} from '@sunlit/ui';
import { Button } from 'antd';
import { Link } from 'react-router';
import { useT } from '../../messages.ts';
import { useRegion } from '../../shell/region.tsx';
import { FindingLines } from '../findings/finding-lines.tsx';
import { CockpitMap } from './cockpit-map.tsx';
import { IndicatorTile } from './indicator-tile.tsx';

export type Cockpit = CallResult<typeof getCockpit>;

/** A division at a glance: where, how much, what has waited longest, how fresh the data are. */
export function CockpitPage() {
  const t = useT();
  const { regionCode, setRegionCode } = useRegion();
  const reading = useEndpoint(getCockpit, { query: { regionCode } }, { keepPrevious: true });
  const cockpit = reading.data;
  const totals = cockpit?.totals;
  return (
    <DetailPage
      title={t('cockpit.title', { region: cockpit?.region.name ?? '' })}
      answer={
        totals
          ? t('cockpit.answer', {
              households: formatCount(totals.households),
              persons: formatCount(totals.persons),
              open: formatCount(totals.open),
              overdue: formatCount(totals.overdue),
              owed: formatCount(totals.owed),
            })
          : null
      }
      action={regionCode ? <Button onClick={() => setRegionCode(undefined)}>{t('cockpit.up')}</Button> : null}
      loading={reading.isLoading}
      error={reading.error}
      onRetry={() => void reading.refetch()}
    >
      {cockpit ? <CockpitBody cockpit={cockpit} onRegion={setRegionCode} /> : null}
    </DetailPage>
  );
}

function CockpitBody({ cockpit, onRegion }: { cockpit: Cockpit; onRegion: (code: string) => void }) {
  const t = useT();
  const local = useLocalised();
  const { totals } = cockpit;
  const tiles = [
    { label: t('cockpit.tile.open'), value: totals.open, to: '/findings' },
    { label: t('cockpit.tile.overdue'), value: totals.overdue, to: '/findings?overdue=yes', urgent: true },
    { label: t('cockpit.tile.owed'), value: totals.owed, to: '/findings?direction=should-receive-but-does-not' },
    { label: t('cockpit.tile.decided'), value: totals.decided, to: '/findings?state=decided' },
    { label: t('cockpit.tile.confirmed'), value: totals.confirmed, to: '/findings?state=decided' },
    { label: t('cockpit.tile.households'), value: totals.households, to: '/households' },
  ];
  return (
    <>
      <ul className="tiles">
        {tiles.map((tile) => (
          <li key={tile.label}>
            <Link to={tile.to} className={tile.urgent && tile.value ? 'tile urgent' : 'tile'}>
              <strong>
                <Count value={tile.value} />
              </strong>
              <span>{tile.label}</span>
            </Link>
          </li>
        ))}
      </ul>
      <div className="cockpit">
        <div>
          <CockpitMap cockpit={cockpit} onRegion={onRegion} />
          <Section title={t('cockpit.freshness')}>
            <ul className="freshness">
              {cockpit.freshness.map((item) => (
                <li key={item.dataset}>
                  <FreshnessMark state={item.state} /> {item.provider} · {local(item.title)}{' '}
                  <span className="soft number">{item.asOf ?? ''}</span>
                </li>
              ))}
            </ul>
          </Section>
        </div>
        <div>
          <Section title={t('cockpit.indicators')}>
            <ul className="indicators">
              {cockpit.indicators.map((indicator) => (
                <IndicatorTile key={indicator.code} indicator={indicator} />
              ))}
            </ul>
          </Section>
          <Section title={t('cockpit.runs')}>
            <RunHistory runs={cockpit.runs} />
          </Section>
          <Section title={t('cockpit.oldest')}>
            {cockpit.oldest.length === 0 ? (
              <p className="soft">{t('cockpit.oldest.none')}</p>
            ) : (
              <FindingLines items={cockpit.oldest} />
            )}
          </Section>
        </div>
      </div>
    </>
  );
}

/** What each past cross-check found here; one alone is no trend, and says so. */
function RunHistory({ runs }: { runs: Cockpit['runs'] }) {
  const t = useT();
  const may = useMay();
  const [newest] = runs;
  if (!newest) return <p className="soft">{t('cockpit.runs.none')}</p>;
  const most = Math.max(1, ...runs.map((run) => run.hits));
  return (
    <>
      {runs.length === 1 ? <p className="soft">{t('cockpit.runs.one', { day: newest.asOf })}</p> : null}
      <table className="plain-table">
        <thead>
          <tr>
            <th scope="col">{t('cockpit.runs.asOf')}</th>
            <th scope="col">{t('cockpit.runs.hits')}</th>
          </tr>
        </thead>
        <tbody>
          {runs.map((run) => (
            <tr key={run.id}>
              <th scope="row" className="nowrap">
                {may('run.read') ? <Link to={`/runs/${run.id}`}>{run.asOf}</Link> : run.asOf}
              </th>
              <td>
                <span className="run-bar" style={{ inlineSize: `${(run.hits / most) * 60}%` }} aria-hidden />{' '}
                <span className="number">{formatCount(run.hits)}</span>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}

export function FreshnessMark({ state }: { state: 'fresh' | 'stale' | 'never' }) {
  const t = useT();
  const look = {
    fresh: { icon: <CheckCircleOutlined aria-hidden />, color: palette.done },
    stale: { icon: <ExclamationCircleOutlined aria-hidden />, color: palette.soon },
    never: { icon: <MinusCircleOutlined aria-hidden />, color: palette.inkSoft },
  }[state];
  return (
    <span style={{ color: look.color }}>
      {look.icon} {t(`cockpit.${state}`)}
    </span>
  );
}
