import { findingState, type FindingView } from '@sunlit/api-spec';
import { Deadline, formatMoment, PermissionGate } from '@sunlit/ui';
import { Link } from 'react-router';
import { useT } from '../../messages.ts';
import { useActionName } from '../../shell/action-words.ts';
import { isFinished } from './finding-state-tag.tsx';

const states = findingState.options;

/** Where the finding stands on its way, and by when the next step is due. */
export function FindingProgress({ finding }: { finding: FindingView }) {
  const t = useT();
  const now = states.indexOf(finding.state);
  return (
    <>
      <ol className="steps-line">
        {states.map((state, index) => (
          <li key={state} className={index < now ? 'past' : ''} aria-current={index === now ? 'step' : undefined}>
            {t(`finding.state.${state}`)}
          </li>
        ))}
      </ol>
      <p className="who-and-when">
        <span>
          {t('finding.col.assignee')} <strong>{finding.assignee ?? t('finding.nobody')}</strong>
        </span>
        <span>
          {t('finding.col.due')}{' '}
          <Deadline day={finding.dueOn} workingDaysLeft={finding.workingDaysLeft} over={isFinished(finding.state)} />
        </span>
      </p>
    </>
  );
}

export function FindingHistory({ finding }: { finding: FindingView }) {
  const t = useT();
  const actionName = useActionName();
  if (finding.history.length === 0) return <p className="soft">{t('finding.history.none')}</p>;
  return (
    <ol className="history">
      {finding.history.map((entry, index) => (
        <li key={index}>
          <p>
            <span className="number soft">{formatMoment(entry.at)}</span> {entry.by} ·{' '}
            {actionName(`finding.${entry.action}`)}
            {entry.from !== entry.to ? <> → {t(`finding.state.${entry.to}`)}</> : null}
          </p>
          {entry.runId ? (
            <PermissionGate permission="run.read">
              <p>
                <Link to={`/runs/${entry.runId}`}>{t('finding.history.run')}</Link>
              </p>
            </PermissionGate>
          ) : null}
          {entry.reason ? <p>{entry.reason}</p> : null}
        </li>
      ))}
    </ol>
  );
}
