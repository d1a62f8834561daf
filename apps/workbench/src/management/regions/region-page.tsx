import { getRegion, listRegions } from '@sunlit/api-spec';
import {
  DetailPage,
  EmptyState,
  ErrorState,
  PermissionGate,
  RegionPicker,
  Section,
  TableFrame,
  formatMoment,
  useEndpoint,
} from '@sunlit/ui';
import { Skeleton } from 'antd';
import { Link, useNavigate, useParams } from 'react-router';
import { useT } from '../../messages.ts';
import { useSession } from '../../shell/session.tsx';
import { EditProfile } from './edit-profile.tsx';

/** One division: where it belongs, what it was before, how the village stands, and what lies below it. */
export function RegionPage() {
  const t = useT();
  const navigate = useNavigate();
  const session = useSession();
  const code = useParams()['code'] ?? session.region.code;
  const reading = useEndpoint(getRegion, { params: { code } });
  const region = reading.data;
  const ended = region?.validTo;
  return (
    <DetailPage
      title={region?.fullName ?? t('region.title')}
      answer={
        region
          ? t(ended ? 'region.answer.ended' : 'region.answer', {
              code: region.code,
              level: t(`region.level.${region.level}`),
              day: ended ?? '',
            })
          : null
      }
      action={
        <RegionPicker
          key={code}
          label={t('region.find')}
          root={session.region.code}
          allowClear={false}
          width={260}
          onChange={(next) => (next ? void navigate(`/regions/${next}`) : undefined)}
        />
      }
      loading={reading.isLoading}
      error={reading.error}
      onRetry={() => void reading.refetch()}
    >
      {region ? (
        <>
          {region.ancestors.length > 0 ? (
            <p className="soft">
              {t('region.within')} {/* the nation itself says nothing about where a place is */}
              {region.ancestors.slice(1).map((ancestor, index) => (
                <span key={ancestor.code}>
                  {index > 0 ? ' › ' : ''}
                  <Link to={`/regions/${ancestor.code}`}>{ancestor.name}</Link>
                </span>
              ))}
            </p>
          ) : null}
          {region.predecessors.length > 0 || region.successors.length > 0 ? (
            <Section title={t('region.history')}>
              <ul className="plain-list">
                {region.predecessors.map((one) => (
                  <li key={one.code}>
                    {t('region.before')} <Link to={`/regions/${one.code}`}>{one.fullName}</Link>{' '}
                    <span className="soft number">{one.code}</span>
                  </li>
                ))}
                {region.successors.map((one) => (
                  <li key={one.code}>
                    {t('region.after')} <Link to={`/regions/${one.code}`}>{one.fullName}</Link>{' '}
                    <span className="soft number">{one.code}</span>
                  </li>
                ))}
              </ul>
            </Section>
          ) : null}
          <Section
            title={t(region.level === 'village' ? 'region.profile.village' : 'region.profile')}
            extra={
              <PermissionGate permission="region.manage">
                <EditProfile code={code} summary={region.profile?.summary ?? ''} />
              </PermissionGate>
            }
          >
            {region.profile ? (
              <>
                <p className="pre-line">{region.profile.summary}</p>
                <p className="soft">{t('region.profile.updated', { at: formatMoment(region.profile.updatedAt) })}</p>
              </>
            ) : (
              <p className="soft">{t('region.profile.none')}</p>
            )}
          </Section>
          {region.hasChildren ? (
            <Section title={t('region.children')}>
              <Children code={code} />
            </Section>
          ) : null}
        </>
      ) : null}
    </DetailPage>
  );
}

function Children({ code }: { code: string }) {
  const t = useT();
  const reading = useEndpoint(listRegions, { query: { parent: code, limit: 500 } });
  if (reading.error) return <ErrorState error={reading.error} onRetry={() => void reading.refetch()} />;
  if (!reading.data) return <Skeleton active />;
  if (reading.data.items.length === 0) return <EmptyState explanation={t('region.children.none')} />;
  return (
    <TableFrame label={t('region.children')}>
      <table className="plain-table">
        <thead>
          <tr>
            <th scope="col">{t('region.col.name')}</th>
            <th scope="col">{t('region.col.code')}</th>
            <th scope="col">{t('region.col.validity')}</th>
          </tr>
        </thead>
        <tbody>
          {reading.data.items.map((child) => (
            <tr key={child.code}>
              <th scope="row">
                <Link to={`/regions/${child.code}`}>{child.name}</Link>
              </th>
              <td className="number">{child.code}</td>
              <td>{child.validTo ? t('region.until', { day: child.validTo }) : t('region.inUse')}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </TableFrame>
  );
}
