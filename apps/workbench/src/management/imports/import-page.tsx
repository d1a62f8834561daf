import { getImport, type ImportView } from '@sunlit/api-spec';
import { DetailPage, Facts, Section, formatCount, useEndpoint, useLocalised, type Text } from '@sunlit/ui';
import { Skeleton } from 'antd';
import { useState } from 'react';
import { useParams } from 'react-router';
import { useT, type MessageKey } from '../../messages.ts';
import { TaskOf } from '../../shell/task-of.tsx';
import { ImportActions } from './import-actions.tsx';
import { ImportMapping } from './import-mapping.tsx';
import { ImportProblems } from './import-problems.tsx';

const busyStates = new Set<ImportView['state']>(['checking', 'applying', 'undoing']);

/** Check first, write later, undo if need be. */
export function ImportPage() {
  const t = useT();
  const local = useLocalised();
  const { id = '' } = useParams();
  const [busy, setBusy] = useState(true);
  const reading = useEndpoint(getImport, { params: { id } }, { refetchInterval: busy ? 1500 : false });
  const batch = reading.data;
  if (batch && busyStates.has(batch.state) !== busy) setBusy(busyStates.has(batch.state));
  return (
    <DetailPage
      back={{ to: '/imports', label: t('import.back') }}
      title={batch?.fileName ?? t('import.list.title')}
      tags={batch ? <span className="soft">{t(`import.state.${batch.state}`)}</span> : null}
      answer={batch ? describe(batch, t) : null}
      action={batch ? <ImportActions batch={batch} /> : null}
      loading={reading.isLoading}
      error={reading.error}
      onRetry={() => void reading.refetch()}
    >
      {batch ? (
        <>
          {busyStates.has(batch.state) && batch.taskId ? <TaskOf taskId={batch.taskId} /> : null}
          {batch.state === 'checking' ? (
            <Skeleton active />
          ) : (
            <>
              {batch.unresolvedCodes.length > 0 || batch.columns.length > 0 ? (
                <ImportMapping key={batch.state} batch={batch} />
              ) : null}
              <Section title={t('import.problems')}>
                <ImportProblems importId={batch.id} />
              </Section>
              {batch.quality.length > 0 ? (
                <Section title={t('quality.import')}>
                  <p className="soft">{t('quality.import.hint')}</p>
                  <ul>
                    {batch.quality.map((hint) => (
                      <li key={hint.code}>
                        {local(hint.title)}{' '}
                        <strong className="number">
                          {t('quality.import.count', { count: formatCount(hint.count) })}
                        </strong>
                      </li>
                    ))}
                  </ul>
                </Section>
              ) : null}
              <Section title={t('import.file')}>
                <Facts
                  items={[
                    [t('import.template'), batch.template],
                    [t('import.encoding'), batch.encoding],
                    [t('import.sheet'), batch.sheet],
                    [t('import.col.asOf'), batch.asOf],
                    [t('import.col.by'), batch.createdBy],
                  ]}
                />
              </Section>
            </>
          )}
        </>
      ) : null}
    </DetailPage>
  );
}

function describe(batch: ImportView, t: Text<MessageKey>): string {
  const { counts } = batch;
  const values = {
    rows: formatCount(counts?.rows ?? 0),
    good: formatCount(counts?.goodRows ?? 0),
    bad: formatCount(counts?.problemRows ?? 0),
    fresh: formatCount(counts?.newHouseholds ?? 0),
    changed: formatCount(counts?.changedHouseholds ?? 0),
    same: formatCount(counts?.unchangedHouseholds ?? 0),
    missing: formatCount(counts?.missingHouseholds ?? 0),
  };
  const held = counts ? counts.rows - counts.goodRows - counts.problemRows : 0;
  switch (batch.state) {
    case 'checking':
      return t('import.answer.checking');
    case 'checked':
      return t('import.answer.checked', values) + (held > 0 ? ` ${t('import.answer.held', { held: formatCount(held) })}` : '');
    case 'failed':
      return t('import.answer.failed', { failure: batch.failure ?? '' });
    case 'applied':
      return t('import.answer.applied', values);
    case 'undone':
      return t('import.answer.undone');
    case 'applying':
    case 'undoing':
      return t('import.answer.busy');
    case 'cancelled':
      return batch.failure ?? t('import.state.cancelled');
  }
}
