import { getProject } from '@sunlit/api-spec';
import {
  Amount,
  DetailPage,
  Section,
  formatDay,
  formatFen,
  useEndpoint,
  useLocalised,
  type CallResult,
} from '@sunlit/ui';
import { Alert, Descriptions, Progress, Tag } from 'antd';
import { Link, useParams } from 'react-router';
import { useT } from '../../messages.ts';
import { LinkButton } from '../funds/link-button.tsx';
import { PlainTable } from './plain-table.tsx';
import { ProcurementSection } from './procurement-section.tsx';
import { ProjectActions } from './project-actions.tsx';
import { ProjectDocuments } from './project-documents.tsx';

export type Project = CallResult<typeof getProject>;

/** A project: what was promised, who decided, how far work and money are, and with what evidence. */
export function ProjectPage() {
  const t = useT();
  const local = useLocalised();
  const { id = '' } = useParams();
  const reading = useEndpoint(getProject, { params: { id } });
  const project = reading.data;
  return (
    <DetailPage
      back={{ to: '/projects', label: t('project.back') }}
      title={project ? `${project.number} ${project.title}` : t('project.list.title')}
      tags={
        project ? (
          <>
            <Tag>{local(project.state.title)}</Tag>
            {project.late ? <Tag color="red">{t('project.late')}</Tag> : null}
          </>
        ) : null
      }
      answer={project ? <Answer project={project} /> : null}
      action={project ? <ProjectActions project={project} /> : null}
      loading={reading.isLoading}
      error={reading.error}
      onRetry={() => void reading.refetch()}
    >
      {project ? <ProjectBody project={project} /> : null}
    </DetailPage>
  );
}

function Answer({ project }: { project: Project }) {
  const t = useT();
  const local = useLocalised();
  const ahead = project.paidPercent - project.physicalPercent;
  return (
    <>
      {t('project.answer', {
        title: project.title,
        region: project.region.fullName,
        budget: formatFen(project.budgetFen),
        state: local(project.state.title),
        physical: project.physicalPercent,
        planned: project.plannedPercent,
        paid: formatFen(project.paidFen),
      })}
      {ahead > 0 ? t('project.answer.ahead', { points: ahead }) : ''}
      {project.recoverFen ? t('project.answer.recover', { amount: formatFen(project.recoverFen) }) : ''}
    </>
  );
}

function ProjectBody({ project }: { project: Project }) {
  const t = useT();
  return (
    <>
      {project.missing.length > 0 ? (
        <Alert
          type="info"
          showIcon
          title={t('project.missing')}
          description={
            <ul>
              {project.missing.map((one) => (
                <li key={one}>{one}</li>
              ))}
            </ul>
          }
          style={{ marginBottom: 12 }}
        />
      ) : null}
      <Plan project={project} />
      <Promise project={project} />
      <Decisions project={project} />
      <ProcurementSection project={project} />
      <ProjectDocuments project={project} />
      <Money project={project} />
      <History project={project} />
    </>
  );
}

function Plan({ project }: { project: Project }) {
  const t = useT();
  return (
    <Section title={t('project.section.progress')}>
      <PlainTable
        label={t('project.section.progress')}
        rows={project.stages}
        empty={t('project.stages.none')}
        rowKey={(row) => String(row.ordinal)}
        columns={[
          { title: t('project.stage'), render: (row) => row.title },
          { title: t('project.stage.share'), right: true, render: (row) => `${row.sharePercent} %` },
          { title: t('project.stage.dates'), render: (row) => `${row.startOn} – ${row.finishBy}` },
          { title: t('project.stage.planned'), right: true, render: (row) => `${row.plannedPercent} %` },
          {
            title: t('project.stage.done'),
            render: (row) => (
              <Progress
                percent={row.donePercent}
                size="small"
                status={row.donePercent < row.plannedPercent ? 'exception' : 'normal'}
                format={(value) => `${value ?? 0} %`}
                aria-label={row.title}
              />
            ),
          },
        ]}
      />
      <PlainTable
        label={t('project.do.progress')}
        rows={project.progress}
        empty={t('project.progress.none')}
        rowKey={(row) => row.id}
        columns={[
          { title: t('project.progress.on'), render: (row) => row.reportedOn },
          { title: t('project.stage'), render: (row) => row.stage },
          { title: t('project.stage.done'), right: true, render: (row) => `${row.donePercent} %` },
          { title: t('project.progress.note'), render: (row) => row.note },
          { title: t('project.progress.by'), render: (row) => row.by },
        ]}
      />
    </Section>
  );
}

function Promise({ project }: { project: Project }) {
  const t = useT();
  const local = useLocalised();
  const facts = [
    { label: t('project.col.category'), children: local(project.category.title) },
    { label: t('project.unit'), children: project.responsibleUnit },
    { label: t('project.period'), children: `${project.startOn} – ${project.finishBy}` },
    { label: t('project.households'), children: project.households },
    { label: t('project.linked'), children: t('project.linked.count', { count: project.linkedHouseholds }) },
    { label: t('project.works'), children: project.works },
    { label: t('project.mechanism'), children: project.mechanism },
  ];
  return (
    <Section title={t('project.section.promise')}>
      <Descriptions
        column={{ xs: 1, md: 2 }}
        size="small"
        items={facts.map((fact) => ({ key: fact.label, ...fact }))}
      />
      <PlainTable
        label={t('project.form.targets')}
        rows={project.targets}
        empty={t('project.targets.none')}
        rowKey={(row) => `${row.kind.code} ${row.title}`}
        columns={[
          { title: t('project.target.title'), render: (row) => row.title },
          { title: t('project.target.kind'), render: (row) => local(row.kind.title) },
          { title: t('project.target.target'), right: true, render: (row) => `${row.target} ${row.unit}` },
          {
            title: t('project.target.actual'),
            right: true,
            render: (row) => (row.actual === null ? '—' : `${row.actual} ${row.unit}`),
          },
        ]}
      />
    </Section>
  );
}

export function VoteTable({ votes }: { votes: Project['votes'] }) {
  const t = useT();
  return (
    <PlainTable
      label={t('project.do.vote')}
      rows={votes}
      empty={t('project.votes.none')}
      rowKey={(row) => row.id}
      columns={[
        { title: t('project.vote.meeting'), render: (row) => t(`project.vote.${row.meeting}`) },
        { title: t('project.vote.heldOn'), render: (row) => row.heldOn },
        { title: t('project.vote.present'), right: true, render: (row) => `${row.present} / ${row.eligible}` },
        { title: t('project.vote.inFavour'), right: true, render: (row) => row.inFavour },
        { title: t('project.vote.minutes'), render: (row) => row.minutesNumber },
        {
          title: t('project.vote.result'),
          render: (row) => (
            <Tag color={row.carried ? undefined : 'red'}>
              {t(row.carried ? 'project.vote.carried' : 'project.vote.failed')}
            </Tag>
          ),
        },
      ]}
    />
  );
}

function Decisions({ project }: { project: Project }) {
  const t = useT();
  const facts = [
    ...(project.rank === null
      ? []
      : [{ label: t('project.rank'), children: `${project.rank} · ${project.rankReason ?? ''}` }]),
    ...(project.publishedOn === null
      ? []
      : [{ label: t('project.published'), children: `${project.publishedOn} – ${project.publishedUntil ?? ''}` }]),
    ...(project.approvedOn === null
      ? []
      : [{ label: t('project.approval'), children: `${project.approvalNumber ?? ''} · ${project.approvedOn}` }]),
  ];
  return (
    <Section title={t('project.section.decisions')}>
      {facts.length > 0 ? (
        <Descriptions
          column={{ xs: 1, md: 3 }}
          size="small"
          items={facts.map((fact) => ({ key: fact.label, ...fact }))}
        />
      ) : null}
      <VoteTable votes={project.votes} />
      <PlainTable
        label={t('project.do.opinion')}
        rows={project.opinions}
        empty={t('project.opinions.none')}
        rowKey={(row) => row.id}
        columns={[
          { title: t('project.opinion.reviewer'), render: (row) => row.reviewer },
          { title: t('project.opinion.kind'), render: (row) => t(`project.opinion.${row.kind}`) },
          { title: t('project.opinion.result'), render: (row) => t(`project.opinion.${row.result}`) },
          { title: t('project.opinion.score'), right: true, render: (row) => row.score },
          { title: t('project.opinion.summary'), render: (row) => row.summary },
          { title: t('project.form.happenedOn'), render: (row) => row.givenOn },
        ]}
      />
    </Section>
  );
}

function Money({ project }: { project: Project }) {
  const t = useT();
  const facts = [
    { label: t('project.col.budget'), children: <Amount fen={project.budgetFen} /> },
    { label: t('project.col.contract'), children: <Amount fen={project.contractFen} /> },
    { label: t('project.col.planned'), children: <Amount fen={project.plannedFen} /> },
    { label: t('project.col.paid'), children: <Amount fen={project.paidFen} /> },
    ...(project.settlementFen === null
      ? []
      : [{ label: t('project.settlement'), children: <Amount fen={project.settlementFen} /> }]),
  ];
  return (
    <Section
      title={t('project.section.money')}
      extra={<LinkButton to={`/projects/${project.id}/trace`}>{t('project.trace')}</LinkButton>}
    >
      <Descriptions
        column={{ xs: 1, md: 2 }}
        size="small"
        items={facts.map((fact) => ({ key: fact.label, ...fact }))}
      />
      <PlainTable
        label={t('project.section.money')}
        rows={project.payments}
        empty={t('project.payments.none')}
        rowKey={(row) => row.id}
        columns={[
          {
            title: t('project.pay.voucher'),
            render: (row) => <Link to={`/ledger/${row.transactionId}`}>{row.voucherNumber}</Link>,
          },
          { title: t('project.pay.payee'), render: (row) => row.payee || t('project.pay.households') },
          { title: t('project.col.paid'), right: true, render: (row) => <Amount fen={row.amountFen} /> },
          { title: t('project.pay.on'), render: (row) => row.paidOn },
          {
            title: t('project.pay.state'),
            render: (row) => <Tag>{t(row.state === 'paid' ? 'project.pay.paid' : 'project.pay.reversed')}</Tag>,
          },
        ]}
      />
    </Section>
  );
}

function History({ project }: { project: Project }) {
  const t = useT();
  return (
    <Section title={t('project.section.history')}>
      <ol>
        {project.steps.map((step) => (
          <li key={step.id}>
            <span className="number">{step.happenedOn}</span> {t(`project.do.${step.action}`)} · {step.by}{' '}
            <span className="soft">({formatDay(step.at)})</span>
            {step.reason ? <div className="soft">{step.reason}</div> : null}
          </li>
        ))}
      </ol>
    </Section>
  );
}
