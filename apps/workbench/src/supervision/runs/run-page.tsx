import { cancelRun, getRun, releaseRun, type RunView } from '@sunlit/api-spec';
import {
  Count,
  DetailPage,
  ProblemAlert,
  Section,
  TableFrame,
  useCommand,
  useEndpoint,
  useMay,
  useUiText,
  type Text,
} from '@sunlit/ui';
import { App, Button, Progress } from 'antd';
import { useState } from 'react';
import { Link, useParams } from 'react-router';
import { useTableTitle } from '../../management/intake/use-table-title.ts';
import { useT, type MessageKey } from '../../messages.ts';
import { RunCounts } from './run-counts.tsx';
import { RunRules } from './run-rules.tsx';
import { RunStateTag } from './run-state-tag.tsx';

const isActive = (run: RunView | undefined) => run?.state === 'queued' || run?.state === 'running';

/** A cross-check while it runs, and its draft until a person releases it rule by rule. */
export function RunPage() {
  const t = useT();
  const { id = '' } = useParams();
  const [selected, setSelected] = useState<string[]>([]);
  const [active, setActive] = useState(true);
  const reading = useEndpoint(getRun, { params: { id } }, { refetchInterval: active ? 1500 : false });
  const run = reading.data;
  if (run && isActive(run) !== active) setActive(isActive(run));

  return (
    <DetailPage
      back={{ to: '/runs', label: t('run.back') }}
      title={run ? t('run.title', { region: run.region.name, asOf: run.asOf }) : t('run.list.title')}
      tags={run ? <RunStateTag state={run.state} /> : null}
      answer={run ? describe(run, t) : null}
      action={run ? <RunAction run={run} selected={selected} onReleased={() => setSelected([])} /> : null}
      loading={reading.isLoading}
      error={reading.error}
      onRetry={() => void reading.refetch()}
    >
      {run ? (
        <>
          {isActive(run) ? (
            <Progress
              percent={Math.round((finished(run).length / Math.max(1, run.rules.length)) * 100)}
              aria-label={t('run.rules')}
            />
          ) : null}
          <Section title={t('run.rules')}>
            <RunRules run={run} selected={selected} onSelect={setSelected} />
          </Section>
          {isActive(run) ? null : (
            <Section title={t('run.counts')}>
              <RunCounts runId={run.id} rules={run.rules.filter((rule) => rule.hits > 0).map((rule) => rule.code)} />
            </Section>
          )}
          <Section title={t('run.inputs')}>
            <RunInputs run={run} />
          </Section>
        </>
      ) : null}
    </DetailPage>
  );
}

const finished = (run: RunView) => run.rules.filter((rule) => rule.state !== 'waiting' && rule.state !== 'running');

function describe(run: RunView, t: Text<MessageKey>): string {
  const rules = finished(run).length;
  const waiting = run.rules.filter((rule) => rule.state === 'done' && !rule.releasedAt).length;
  const fresh = run.rules.reduce((sum, rule) => sum + rule.newHits, 0);
  if (isActive(run)) return t('run.answer.running', { done: rules, all: run.rules.length, hits: run.hits });
  if (run.state === 'failed') return t('run.answer.failed', { failure: run.failure ?? '' });
  if (run.state === 'cancelled') return t('run.answer.cancelled');
  if (run.state === 'released') return t('run.answer.released', { rules, hits: run.hits });
  return t('run.answer.draft', { rules, hits: run.hits, fresh, waiting });
}

function RunAction({ run, selected, onReleased }: { run: RunView; selected: string[]; onReleased: () => void }) {
  const t = useT();
  const words = useUiText();
  const may = useMay();
  const { modal, message } = App.useApp();
  const cancel = useCommand(cancelRun);
  const release = useCommand(releaseRun);
  if (isActive(run)) {
    return may('run.start') ? (
      <Button
        size="large"
        danger
        loading={cancel.isPending}
        onClick={() => cancel.mutate({ params: { id: run.id }, body: {} })}
      >
        {t('run.cancel')}
      </Button>
    ) : null;
  }
  if (run.state !== 'draft' || !may('run.release')) return null;
  const hits = run.rules.filter((rule) => selected.includes(rule.code)).reduce((sum, rule) => sum + rule.newHits, 0);
  const ask = () =>
    modal.confirm({
      title: t('run.release.title'),
      content: t('run.release.confirm', { hits }),
      okText: words('ui.confirm'),
      cancelText: words('ui.cancel'),
      onOk: async () => {
        const { released } = await release
          .mutateAsync({ params: { id: run.id }, body: { rules: selected } })
          .catch(() => ({ released: undefined }));
        if (released === undefined) return;
        void message.success(t('run.released', { count: released }));
        onReleased();
      },
    });
  return (
    <>
      {release.error ? <ProblemAlert problem={release.error} /> : null}
      <Button type="primary" size="large" disabled={selected.length === 0} onClick={ask}>
        {selected.length === 0 ? t('run.release.choose') : t('run.release', { count: selected.length })}
      </Button>
    </>
  );
}

function RunInputs({ run }: { run: RunView }) {
  const t = useT();
  const may = useMay();
  const titleOf = useTableTitle();
  return (
    <TableFrame label={t('run.inputs')}>
      <table className="plain-table">
        <thead>
          <tr>
            <th scope="col">{t('run.input.table')}</th>
            <th scope="col" className="right">
              {t('run.input.rows')}
            </th>
            <th scope="col">{t('run.input.versions')}</th>
          </tr>
        </thead>
        <tbody>
          {run.inputs.map((input) => (
            <tr key={input.table}>
              <td>{titleOf(input.table)}</td>
              <td className="right">
                <Count value={input.rows} />
              </td>
              <td>
                {input.versions.length === 0 ? (
                  <span className="soft">{t('run.input.registry', { day: run.asOf })}</span>
                ) : null}
                {input.versions.map((version) => (
                  <span key={version.id} className="number nowrap">
                    {may('dataset.read') ? (
                      <Link to={`/deliveries/${version.id}`}>{version.asOf}</Link>
                    ) : (
                      version.asOf
                    )}{' '}
                  </span>
                ))}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </TableFrame>
  );
}
