import { getChangeRequest, type ChangeView } from '@sunlit/api-spec';
import {
  Deadline,
  DetailPage,
  Facts,
  Section,
  TableFrame,
  formatDay,
  formatMoment,
  palette,
  useEndpoint,
  useLocalised,
} from '@sunlit/ui';
import { Alert } from 'antd';
import { Link, useParams } from 'react-router';
import { useT, type MessageKey } from '../../messages.ts';
import { ChangeActions } from './change-actions.tsx';
import { ChangeAttachments } from './change-attachments.tsx';
import { ChangeStateTag } from './change-state-tag.tsx';

/** One proposed change: old and new side by side, what stands in the way, who decided what. */
export function ChangePage() {
  const t = useT();
  const { id = '' } = useParams();
  const reading = useEndpoint(getChangeRequest, { params: { id } });
  const change = reading.data;
  return (
    <DetailPage
      back={{ to: '/changes', label: t('change.title') }}
      title={change?.kind.label ?? t('change.title')}
      tags={change ? <ChangeStateTag state={change.state} /> : null}
      answer={
        change
          ? t('change.page.answer', {
              by: change.proposedBy,
              on: formatDay(change.proposedAt),
              head: change.household.headName,
              day: change.effectiveOn,
            })
          : null
      }
      action={change ? <ChangeActions change={change} /> : null}
      loading={reading.isLoading}
      error={reading.error}
      onRetry={() => void reading.refetch()}
      aside={change ? <Trail change={change} /> : null}
    >
      {change ? <Body change={change} /> : null}
    </DetailPage>
  );
}

function Body({ change }: { change: ChangeView }) {
  const t = useT();
  const local = useLocalised();
  const comma = t('policy.list.comma');
  const { deciders } = change;
  return (
    <>
      {change.problems.map((problem) => (
        <Alert key={problem} type="error" showIcon title={problem} style={{ marginBottom: 16 }} />
      ))}
      {change.fields.some(({ meanwhile }) => meanwhile !== null) ? (
        <Alert type="warning" showIcon title={t('change.meanwhile')} style={{ marginBottom: 16 }} />
      ) : null}
      <Section title={t('change.fields')}>
        <Fields change={change} />
      </Section>
      {change.hints.length > 0 ? (
        <Section title={t('change.hints')}>
          <ul>
            {change.hints.map((hint) => (
              <li key={hint.code}>{local(hint.title)}</li>
            ))}
          </ul>
        </Section>
      ) : null}
      <Section title={t('change.about')}>
        <Facts
          items={[
            [
              t('change.col.household'),
              <Link key="household" to={`/households/${change.household.id}`}>
                {change.household.headName} {change.household.number}
              </Link>,
            ],
            [t('change.col.person'), change.person?.name ?? '—'],
            [t('household.col.region'), change.region.fullName],
            [t('change.col.effective'), change.effectiveOn],
            [t('household.change.reason'), change.reason],
            [
              t('change.who'),
              deciders.twoSteps
                ? t('change.deciders.two', {
                    verifiers: deciders.verifiers.map(local).join(comma),
                    approvers: deciders.approvers.map(local).join(comma),
                  })
                : t('change.deciders.one', { approvers: deciders.approvers.map(local).join(comma) }),
            ],
            [t('change.col.due'), <Deadline key="due" day={change.dueOn} />],
          ]}
        />
      </Section>
      {change.conflicts.length > 0 ? (
        <Section title={t('change.others')}>
          <ul>
            {change.conflicts.map((conflict) => (
              <li key={conflict.requestId}>
                {t(`change.conflict.${conflict.rule}`, { by: conflict.proposedBy })}{' '}
                <Link to={`/changes/${conflict.requestId}`}>{conflict.kind.label}</Link>
              </li>
            ))}
          </ul>
        </Section>
      ) : null}
      <ChangeAttachments change={change} />
    </>
  );
}

function Fields({ change }: { change: ChangeView }) {
  const t = useT();
  const local = useLocalised();
  const moved = change.fields.some(({ meanwhile }) => meanwhile !== null);
  return (
    <TableFrame label={t('change.fields')}>
      <table className="plain-table">
        <thead>
          <tr>
            <th scope="col">{t('change.field')}</th>
            <th scope="col">{t('change.before')}</th>
            {moved ? <th scope="col">{t('change.now')}</th> : null}
            <th scope="col">{t('change.after')}</th>
          </tr>
        </thead>
        <tbody>
          {change.fields.map((field, index) => (
            <tr key={index}>
              <th scope="row">
                {field.person ? `${field.person} · ` : ''}
                {local(field.label)}
              </th>
              <td>{field.before ?? '—'}</td>
              {moved ? (
                <td style={field.meanwhile === null ? undefined : { color: palette.harm }}>{field.meanwhile ?? ''}</td>
              ) : null}
              <td>
                <strong>{field.after ?? '—'}</strong>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </TableFrame>
  );
}

function Trail({ change }: { change: ChangeView }) {
  const t = useT();
  return (
    <Section title={t('change.trail')}>
      <ul className="lines">
        {change.steps.map((step, index) => (
          <li key={index}>
            <div>
              <strong>{t(`change.step.${step.action}` as MessageKey)}</strong> {step.by}
              <p className="where">
                {formatMoment(step.at)} {step.reason}
              </p>
            </div>
          </li>
        ))}
      </ul>
    </Section>
  );
}
