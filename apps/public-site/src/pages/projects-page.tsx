import { addressOf, assetAddressOf } from '../frame.tsx';
import type { Locale, Text } from '../messages.ts';
import type { PublicPlate, PublicProject, PublicProjects } from '../page-data.ts';

const money = new Intl.NumberFormat('zh-CN', { minimumFractionDigits: 2, maximumFractionDigits: 2 });
const yuan = (fen: number) => money.format(fen / 100);

interface PageProps {
  t: Text;
  locale: Locale;
}
type Asset = PublicPlate['asset'];

const stateKeys = {
  'in-use': 'assetInUse',
  idle: 'assetIdle',
  damaged: 'assetDamaged',
  lost: 'assetLost',
  disposed: 'assetDisposed',
} as const;

/** Projects and assets of a place, down to the village: what it cost, how far it is, what it brought. */
export function ProjectsPage({
  t,
  locale,
  projects,
  search,
}: PageProps & { projects: PublicProjects | undefined; search: string }) {
  const here = addressOf('projects', locale);
  if (!projects) {
    return (
      <>
        <h1>{t('projectsTitle')}</h1>
        <p>{t('projectsNone')}</p>
      </>
    );
  }
  const local = (words: { zh: string; en: string }) => (locale === 'en' ? words.en : words.zh);
  const { region, parent, children } = projects;
  const next = new URLSearchParams({
    regionCode: region.code,
    ...(search ? { search } : {}),
    cursor: projects.nextCursor ?? '',
  });
  return (
    <>
      <h1>{t('projectsTitle')}</h1>
      <p className="lead">{t('projectsLead', { region: region.fullName, count: projects.total })}</p>
      <form method="get" action={here} role="search">
        <input type="hidden" name="regionCode" value={region.code} />
        <label>
          {t('projectsSearch')} <input type="search" name="search" defaultValue={search} maxLength={60} />
        </label>{' '}
        <button type="submit">{t('projectsFind')}</button>
      </form>
      <p>
        {parent && parent.code !== '000000000000' ? (
          <a href={`${here}?regionCode=${parent.code}`}>{t('figuresUp', { region: parent.name })}</a>
        ) : null}
      </p>
      {children.length > 0 ? (
        <details>
          <summary>{t('projectsBelow')}</summary>
          <p>
            {children.map((child) => (
              <span key={child.code}>
                <a href={`${here}?regionCode=${child.code}`}>{child.name}</a>　
              </span>
            ))}
          </p>
        </details>
      ) : null}
      <h2>{t('projectsList')}</h2>
      {projects.items.length === 0 ? <p>{t('projectsNone')}</p> : null}
      {projects.items.length > 0 ? (
        <div className="scroll" tabIndex={0} role="region" aria-label={t('projectsList')}>
          <table>
            <thead>
              <tr>
                <th scope="col">{t('fundsProject')}</th>
                <th scope="col">{t('fundsPlace')}</th>
                <th scope="col">{t('projectsState')}</th>
                <th scope="col" className="n">
                  {t('projectsBudget')}
                </th>
                <th scope="col" className="n">
                  {t('projectsPaid')}
                </th>
                <th scope="col" className="n">
                  {t('projectsWork')}
                </th>
              </tr>
            </thead>
            <tbody>
              {projects.items.map((project) => (
                <tr key={project.id}>
                  <th scope="row">
                    <a href={`${here}/${project.id}`}>{project.title}</a>
                  </th>
                  <td>{project.place.fullName}</td>
                  <td>
                    {local(project.state.title)}
                    {project.publishedUntil ? ` ${t('projectsUntil', { day: project.publishedUntil })}` : ''}
                  </td>
                  <td className="n">{yuan(project.budgetFen)}</td>
                  <td className="n">{yuan(project.paidFen)}</td>
                  <td className="n">{project.physicalPercent} %</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      ) : null}
      {projects.nextCursor ? (
        <p>
          <a href={`${here}?${next.toString()}`}>{t('projectsMore')}</a>
        </p>
      ) : null}
      <h2>{t('assetsTitle')}</h2>
      <AssetTable t={t} locale={locale} assets={projects.assets} />
      <p className="soft">{t('assetsWhy')}</p>
      {projects.openContracting ? (
        <p>
          {t('projectsOpen')} <a href={`/api/public/open-contracting/bulk?regionCode=${region.code}`}>OCDS 1.1</a> ·{' '}
          <a href={`/api/public/open-contracting/bulk?kind=projects&regionCode=${region.code}`}>OC4IDS 0.9</a>
        </p>
      ) : (
        <p className="soft">{t('projectsNoPublisher')}</p>
      )}
      {projects.openContracting && projects.withoutPublisher.length > 0 ? (
        <p className="soft">
          {t('projectsLeftOut', { places: projects.withoutPublisher.map(({ name }) => name).join(t('listComma')) })}
        </p>
      ) : null}
      <p>{t('fundsAsk')}</p>
    </>
  );
}

function AssetTable({ t, locale, assets }: PageProps & { assets: readonly Asset[] }) {
  if (assets.length === 0) return <p>{t('assetsNone')}</p>;
  return (
    <div className="scroll" tabIndex={0} role="region" aria-label={t('assetsTitle')}>
      <table>
        <thead>
          <tr>
            <th scope="col">{t('assetName')}</th>
            <th scope="col">{t('projectsState')}</th>
            <th scope="col">{t('assetOwner')}</th>
            <th scope="col">{t('assetLessee')}</th>
            <th scope="col" className="n">
              {t('assetDue')}
            </th>
            <th scope="col" className="n">
              {t('assetReceived')}
            </th>
            <th scope="col" className="n">
              {t('assetShared')}
            </th>
          </tr>
        </thead>
        <tbody>
          {assets.map((asset) => (
            <tr key={asset.platePath}>
              <th scope="row">
                <a href={assetAddressOf(asset.platePath, locale)}>{asset.title}</a>
              </th>
              <td>{t(stateKeys[asset.state])}</td>
              <td>{asset.owner ?? t('assetUnowned')}</td>
              <td>{asset.lessee ?? '—'}</td>
              <td className="n">{yuan(asset.dueFen)}</td>
              <td className="n">{yuan(asset.receivedFen)}</td>
              <td className="n">{asset.distributedFen === null ? t('figuresHidden') : yuan(asset.distributedFen)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

export function ProjectPage({ t, locale, project }: PageProps & { project: PublicProject }) {
  const local = (words: { zh: string; en: string }) => (locale === 'en' ? words.en : words.zh);
  const here = addressOf('projects', locale);
  return (
    <>
      <p>
        <a href={`${here}?regionCode=${project.place.code}`}>{t('figuresUp', { region: project.place.name })}</a>
      </p>
      <h1>{project.title}</h1>
      <p className="lead">
        {t('projectLead', {
          place: project.place.fullName,
          state: local(project.state.title),
          budget: yuan(project.budgetFen),
          paid: yuan(project.paidFen),
          work: project.physicalPercent,
        })}
      </p>
      {project.publishedUntil ? <p>{t('projectObject', { day: project.publishedUntil })}</p> : null}
      {project.photos.map((photo) => (
        <figure key={photo.id}>
          <img
            src={`/api/public/photos/${photo.id}`}
            alt={photo.caption}
            loading="lazy"
            style={{ maxWidth: '100%', height: 'auto' }}
          />
          <figcaption>{photo.caption}</figcaption>
        </figure>
      ))}
      <h2>{t('projectWhat')}</h2>
      <dl>
        <dt>{t('projectWorks')}</dt>
        <dd>{project.works}</dd>
        <dt>{t('projectFor')}</dt>
        <dd>{project.mechanism}</dd>
        <dt>{t('projectHouseholds')}</dt>
        <dd>{project.households === null ? t('figuresHidden') : project.households}</dd>
        <dt>{t('projectUnit')}</dt>
        <dd>{project.responsibleUnit}</dd>
        <dt>{t('projectPeriod')}</dt>
        <dd>
          {project.startOn} – {project.completedOn ?? project.finishBy}
        </dd>
      </dl>
      <h2>{t('projectTargets')}</h2>
      <ul>
        {project.targets.map((target) => (
          <li key={target.title}>
            {target.title}：{target.target} {target.unit}
            {target.actual === null ? '' : t('projectReached', { actual: target.actual, unit: target.unit })}
          </li>
        ))}
      </ul>
      <h2>{t('projectContracts')}</h2>
      {project.contracts.length === 0 ? <p>{t('projectNoContract')}</p> : null}
      <ul>
        {project.contracts.map((contract) => (
          <li key={`${contract.title} ${contract.signedOn}`}>
            {t('projectContract', {
              vendor: contract.vendor,
              signed: contract.signedOn,
              value: yuan(contract.valueFen),
              paid: yuan(contract.paidFen),
            })}{' '}
            {t(`projectMethod.${contract.method}`)}
            {contract.methodReason ? t('projectMethodReason', { reason: contract.methodReason }) : ''}
          </li>
        ))}
      </ul>
      <h2>{t('projectBrought')}</h2>
      <AssetTable t={t} locale={locale} assets={project.assets} />
      {project.openContracting ? (
        <p>
          {t('projectsOpen')} <a href={`/api/public/open-contracting/projects/${project.id}`}>OC4IDS 0.9</a>
        </p>
      ) : (
        <p className="soft">{t('projectsNoPublisher')}</p>
      )}
      <p>{t('fundsAsk')}</p>
    </>
  );
}

/** Behind the code on the plate of an asset. */
export function PlatePage({ t, locale, plate }: PageProps & { plate: PublicPlate }) {
  const { asset } = plate;
  return (
    <>
      <h1>{asset.title}</h1>
      <p className="lead">
        {t('plateLead', {
          place: plate.place.fullName,
          value: yuan(asset.originalFen),
          state: t(stateKeys[asset.state]),
        })}
      </p>
      <dl>
        <dt>{t('assetOwner')}</dt>
        <dd>{asset.owner ?? t('assetUnowned')}</dd>
        <dt>{t('assetOperator')}</dt>
        <dd>{asset.operator}</dd>
        <dt>{t('assetLessee')}</dt>
        <dd>{asset.lessee ?? '—'}</dd>
        <dt>{t('assetDue')}</dt>
        <dd>{yuan(asset.dueFen)}</dd>
        <dt>{t('assetReceived')}</dt>
        <dd>{yuan(asset.receivedFen)}</dd>
        <dt>{t('assetShared')}</dt>
        <dd>
          {asset.distributedFen === null
            ? t('figuresHidden')
            : t('assetSharedAmong', { amount: yuan(asset.distributedFen), households: asset.households ?? 0 })}
        </dd>
      </dl>
      {plate.project ? (
        <p>
          {t('plateProject')} <a href={`${addressOf('projects', locale)}/${plate.project.id}`}>{plate.project.title}</a>
        </p>
      ) : null}
      <p>
        <a href={`${addressOf('projects', locale)}?regionCode=${plate.place.code}`}>{t('plateMore')}</a>
      </p>
      <p>{t('fundsAsk')}</p>
    </>
  );
}
