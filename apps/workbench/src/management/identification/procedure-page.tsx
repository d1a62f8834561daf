import { CheckOutlined } from '@ant-design/icons';
import { getProcedure, type ProcedureView } from '@sunlit/api-spec';
import { DetailPage, Facts, Section, SeverityTag, formatMoment, useEndpoint, useLocalised, useMay } from '@sunlit/ui';
import { Alert, Tag } from 'antd';
import { Link, useParams } from 'react-router';
import { useT } from '../../messages.ts';
import { ToneTag } from '../../shell/tone-tag.tsx';
import { Appeals } from './appeals.tsx';
import { FollowUps } from './follow-ups.tsx';
import { Measures } from './measures.tsx';
import { Papers } from './papers.tsx';
import { ProcedureActions } from './procedure-actions.tsx';

/** One case: how it stands, what to do next, what was promised, and everything that happened. */
export function ProcedurePage() {
  const t = useT();
  const local = useLocalised();
  const { id = '' } = useParams();
  const reading = useEndpoint(getProcedure, { params: { id } });
  const procedure = reading.data;
  const facts = procedure && {
    head: procedure.head ?? t('ident.unknown'),
    region: procedure.region.fullName,
    state: local(procedure.state.title),
    due: procedure.dueOn ? t('ident.answer.due', { day: procedure.dueOn }) : '',
    outcome: procedure.outcome ? t(`ident.outcome.${procedure.outcome}`) : '',
  };
  return (
    <DetailPage
      back={{ to: '/identification', label: t('ident.back') }}
      title={procedure?.number ?? t('ident.list.title')}
      tags={procedure ? <Tag>{local(procedure.definition.title)}</Tag> : null}
      answer={facts ? t(procedure.isFinal ? 'ident.answer.final' : 'ident.answer.open', facts) : null}
      action={procedure ? <ProcedureActions procedure={procedure} /> : null}
      loading={reading.isLoading}
      error={reading.error}
      onRetry={() => void reading.refetch()}
      aside={procedure ? <Trail procedure={procedure} /> : undefined}
    >
      {procedure ? <Body procedure={procedure} /> : null}
    </DetailPage>
  );
}

function Body({ procedure }: { procedure: ProcedureView }) {
  const t = useT();
  const local = useLocalised();
  return (
    <>
      {procedure.isOwn ? <Alert type="warning" showIcon title={t('ident.own')} style={{ marginBottom: 16 }} /> : null}
      {procedure.waits.length > 0 ? (
        <Alert
          type="info"
          showIcon
          style={{ marginBottom: 16 }}
          title={t('ident.waits')}
          description={
            <ul>
              {procedure.waits.map((one) => (
                <li key={one.zh}>{local(one)}</li>
              ))}
            </ul>
          }
        />
      ) : null}
      <Path procedure={procedure} />
      <Basics procedure={procedure} />
      <Conditions procedure={procedure} />
      <Measures procedure={procedure} />
      <FollowUps procedure={procedure} />
      <Comparison procedure={procedure} />
      <Notices procedure={procedure} />
      <Members procedure={procedure} />
      <Papers procedure={procedure} />
      <Appeals procedure={procedure} />
    </>
  );
}

/** The way from the clue to the end; a closed case shows its end only. */
function Path({ procedure }: { procedure: ProcedureView }) {
  const local = useLocalised();
  const path = procedure.states.filter((one) => one.code !== 'closed');
  const at = path.findIndex((one) => one.code === procedure.state.code);
  if (at < 0) return null;
  return (
    <Section title={local(procedure.state.title)}>
      <ol className="procedure-path">
        {path.map((one, index) => (
          <li
            key={one.code}
            aria-current={index === at ? 'step' : undefined}
            className={index < at ? 'is-done' : undefined}
          >
            {index < at ? <CheckOutlined aria-hidden /> : `${index + 1}.`} {local(one.title)}
          </li>
        ))}
      </ol>
    </Section>
  );
}

function Basics({ procedure }: { procedure: ProcedureView }) {
  const t = useT();
  const local = useLocalised();
  const may = useMay();
  return (
    <Section title={t('ident.facts')}>
      <Facts
        items={[
          [t('ident.fact.told'), procedure.told],
          [t('ident.col.channel'), t(`ident.channel.${procedure.channel}`)],
          [t('ident.fact.event'), procedure.eventOn],
          ...(procedure.speaker
            ? ([[t('ident.fact.speaker'), `${procedure.speaker.name} ${procedure.speaker.phoneMasked}`]] as const)
            : []),
          ...(procedure.source?.kind === 'finding' && may('finding.read')
            ? ([
                [
                  t('ident.fact.source'),
                  <Link key="source" to={`/findings/${procedure.source.id}`}>
                    {t('ident.fact.source.open')}
                  </Link>,
                ],
              ] as const)
            : []),
          [t('ident.fact.class'), procedure.class ? local(procedure.class.title) : null],
          [t('ident.fact.risks'), procedure.risks.map((one) => local(one.title)).join('、') || null],
          [
            t('ident.fact.household'),
            procedure.householdId ? (
              <Link key="household" to={`/households/${procedure.householdId}`}>
                {t('ident.fact.household.open')}
              </Link>
            ) : (
              t('ident.unknown')
            ),
          ],
          [t('ident.fact.basis'), procedure.legalBasis],
        ]}
      />
    </Section>
  );
}

function Conditions({ procedure }: { procedure: ProcedureView }) {
  const t = useT();
  const local = useLocalised();
  if (procedure.conditions.length === 0) return null;
  const say = (met: boolean | null) =>
    met === null ? (
      <Tag>{t('ident.condition.unknown')}</Tag>
    ) : met ? (
      <ToneTag tone="done">{t('ident.condition.met')}</ToneTag>
    ) : (
      <ToneTag tone="soon">{t('ident.condition.unmet')}</ToneTag>
    );
  return (
    <Section title={t('ident.conditions')}>
      <ul className="plain-list">
        {procedure.conditions.map((one) => (
          <li key={one.code}>
            {say(one.met)} {local(one.title)} <span className="soft">{local(one.fact)}</span>
          </li>
        ))}
      </ul>
    </Section>
  );
}

function Comparison({ procedure }: { procedure: ProcedureView }) {
  const t = useT();
  const local = useLocalised();
  const { comparison } = procedure;
  if (!comparison) return null;
  return (
    <Section title={t('ident.comparison')}>
      {comparison.hits.length === 0 ? <p>{t('ident.comparison.none')}</p> : null}
      <ul className="plain-list">
        {comparison.hits.map((hit) => (
          <li key={`${hit.rule} ${hit.headline.zh}`}>
            <SeverityTag severity={hit.severity as 'red'} /> {local(hit.title)}：{local(hit.headline)}
          </li>
        ))}
      </ul>
      <p className="soft">{t('ident.comparison.took', { ms: comparison.milliseconds, notRun: comparison.notRun })}</p>
    </Section>
  );
}

function Notices({ procedure }: { procedure: ProcedureView }) {
  const t = useT();
  if (procedure.notices.length === 0) return null;
  return (
    <Section title={t('ident.notices')}>
      <ul className="plain-list">
        {procedure.notices.map((one) => (
          <li key={one.id}>
            <Link to={`/notices/${one.id}`}>{one.number}</Link>{' '}
            <Tag>{t(`notice.state.${one.state}` as 'notice.state.draft')}</Tag> {one.endsOn}{' '}
            {one.openObjections > 0 ? (
              <ToneTag tone="soon">{t('ident.notices.open', { count: one.openObjections })}</ToneTag>
            ) : null}
          </li>
        ))}
      </ul>
    </Section>
  );
}

function Members({ procedure }: { procedure: ProcedureView }) {
  const t = useT();
  if (procedure.members.length === 0) return null;
  return (
    <Section title={t('ident.members')}>
      <ul className="plain-list">
        {procedure.members.map((one, index) => (
          <li key={index}>
            {one.name} <span className="soft">{one.relation}</span>{' '}
            {one.authorised ? <ToneTag tone="done">{t('ident.member.authorised')}</ToneTag> : null}
            {one.needsToSign ? <Tag>{t('ident.member.missing')}</Tag> : null}
          </li>
        ))}
      </ul>
    </Section>
  );
}

function Trail({ procedure }: { procedure: ProcedureView }) {
  const t = useT();
  const local = useLocalised();
  return (
    <Section title={t('ident.steps')}>
      <ol className="history">
        {procedure.steps.map((step) => (
          <li key={step.id}>
            <p>
              <strong>{local(step.title)}</strong> {step.by}
              <br />
              <span className="soft">{formatMoment(step.at)}</span>
            </p>
            {step.reason ? <p>{t('ident.step.reason', { reason: step.reason })}</p> : null}
            {step.facts.length > 0 ? (
              <details>
                <summary>{local(step.to.title)}</summary>
                <Facts items={step.facts.map((fact) => [local(fact.label), fact.value] as const)} />
              </details>
            ) : null}
          </li>
        ))}
      </ol>
    </Section>
  );
}
