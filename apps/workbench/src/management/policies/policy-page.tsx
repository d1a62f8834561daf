import { exportPolicies, listPolicies } from '@sunlit/api-spec';
import {
  EmptyState,
  ErrorState,
  PermissionGate,
  RegionName,
  Section,
  TableFrame,
  endpointUrl,
  useEndpoint,
  useLocalised,
} from '@sunlit/ui';
import { PolicyChange, PolicyValue } from './policy-value.tsx';
import { Button, Skeleton } from 'antd';
import { useT } from '../../messages.ts';
import { DecidePolicy } from './decide-policy.tsx';
import { ProposePolicy } from './propose-policy.tsx';

export function PolicyPage() {
  const t = useT();
  const local = useLocalised();
  const reading = useEndpoint(listPolicies, {});
  const items = reading.data?.items ?? [];
  const proposals = reading.data?.proposals ?? [];
  const kinds = reading.data?.kinds ?? [];
  const kindOf = (code: string) => kinds.find((kind) => kind.code === code);
  const nameOf = (code: string) => {
    const kind = kindOf(code);
    return kind ? local(kind.title) : code;
  };
  return (
    <article className="page">
      <header className="page-head">
        <div>
          <h1>{t('policy.title')}</h1>
          <p className="answer">{t('policy.answer')}</p>
        </div>
        <PermissionGate permission="policy.propose">
          {reading.data ? <ProposePolicy kinds={kinds} items={items} /> : null}
        </PermissionGate>
      </header>
      {reading.error ? <ErrorState error={reading.error} onRetry={() => void reading.refetch()} /> : null}
      {reading.isLoading ? <Skeleton active paragraph={{ rows: 8 }} /> : null}
      {reading.data ? (
        <>
          {/* What somebody has just proposed, or must decide, is not looked for below a long table. */}
          <Section title={t('policy.proposals')}>
            <TableFrame label={t('policy.proposals')}>
              {proposals.length === 0 ? <EmptyState explanation={t('policy.noProposals')} /> : null}
              {proposals.length > 0 ? (
                <table className="plain-table">
                  <thead>
                    <tr>
                      <th scope="col">{t('policy.col.code')}</th>
                      <th scope="col">{t('policy.col.change')}</th>
                      <th scope="col">{t('policy.where')}</th>
                      <th scope="col">{t('policy.col.from')}</th>
                      <th scope="col">{t('policy.col.basis')}</th>
                      <th scope="col">{t('policy.col.by')}</th>
                      <th scope="col">{t('policy.col.state')}</th>
                    </tr>
                  </thead>
                  <tbody>
                    {proposals.map((proposal) => (
                      <tr key={proposal.id}>
                        <th scope="row" title={proposal.code}>
                          {nameOf(proposal.code)}
                        </th>
                        <td>
                          <PolicyChange
                            kind={kindOf(proposal.code)}
                            before={proposal.before?.value}
                            after={proposal.value}
                          />
                        </td>
                        <td>
                          <RegionName region={proposal.region} />
                        </td>
                        <td className="nowrap">{proposal.validFrom}</td>
                        <td>{proposal.basis}</td>
                        <td>{proposal.proposedBy}</td>
                        <td>
                          {t(`policy.state.${proposal.state}`)}
                          {proposal.state === 'proposed' && !proposal.mayDecide ? (
                            <p className="soft">{t('policy.waiting')}</p>
                          ) : null}
                          {proposal.decisionReason ? (
                            <p className="soft">{`${proposal.decidedBy ?? ''} ${proposal.decisionReason}`}</p>
                          ) : null}
                          {proposal.mayDecide ? (
                            <DecidePolicy proposalId={proposal.id} title={nameOf(proposal.code)}>
                              <PolicyChange
                                kind={kindOf(proposal.code)}
                                before={proposal.before?.value}
                                after={proposal.value}
                              />
                              <p>
                                {t('policy.decide.facts', {
                                  day: proposal.validFrom,
                                  region: proposal.region.fullName,
                                  basis: proposal.basis,
                                  by: proposal.proposedBy,
                                })}
                              </p>
                            </DecidePolicy>
                          ) : null}
                        </td>
                      </tr>
                    ))}
                  </tbody>
                </table>
              ) : null}
            </TableFrame>
          </Section>
          <Section title={t('policy.inForce')}>
            <TableFrame label={t('policy.inForce')}>
              <table className="plain-table">
                <thead>
                  <tr>
                    <th scope="col">{t('policy.col.code')}</th>
                    <th scope="col">{t('policy.col.value')}</th>
                    <th scope="col">{t('policy.col.region')}</th>
                    <th scope="col">{t('policy.col.from')}</th>
                    <th scope="col">{t('policy.col.basis')}</th>
                  </tr>
                </thead>
                <tbody>
                  {items.map((item) => (
                    <tr key={item.code}>
                      <th scope="row" title={item.code}>
                        {nameOf(item.code)}
                      </th>
                      <td>
                        <PolicyValue kind={kindOf(item.code)} value={item.value} />
                      </td>
                      <td className="nowrap">
                        <RegionName region={item.region} />
                      </td>
                      <td className="nowrap">{item.validFrom}</td>
                      <td>{item.basis}</td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </TableFrame>
            <Button href={endpointUrl(exportPolicies, {})}>{t('policy.export')}</Button>
          </Section>
        </>
      ) : null}
    </article>
  );
}
