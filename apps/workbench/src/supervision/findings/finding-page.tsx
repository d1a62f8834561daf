import { getFinding, type FindingView } from '@sunlit/api-spec';
import { DetailPage, RegionName, Section, SeverityTag, useEndpoint, useLocalised } from '@sunlit/ui';
import { Alert } from 'antd';
import { Link, useParams } from 'react-router';
import { useT } from '../../messages.ts';
import { FindingActions } from './finding-actions.tsx';
import { FindingAnswers } from './finding-answers.tsx';
import { FindingAttachments } from './finding-attachments.tsx';
import { FindingEvidence } from './finding-evidence.tsx';
import { FindingExcuses } from './finding-excuses.tsx';
import { FindingHistory, FindingProgress } from './finding-history.tsx';
import { FindingPayment } from './finding-payment.tsx';
import { FindingLines } from './finding-lines.tsx';
import { FindingNotice } from './finding-notice.tsx';
import { FindingStateTag } from './finding-state-tag.tsx';
import { PrecisionText } from '../rules/precision.tsx';

/** One finding: what was found, what may explain it, what is owed to the person, and the one next step. */
export function FindingPage() {
  const t = useT();
  const { id = '' } = useParams();
  const local = useLocalised();
  const reading = useEndpoint(getFinding, { params: { id } });
  const finding = reading.data;
  return (
    <DetailPage
      back={{ to: '/findings', label: t('finding.back') }}
      title={finding ? `${finding.rule} ${local(finding.ruleTitle)}` : t('finding.list.title')}
      tags={finding ? <Tags finding={finding} /> : null}
      answer={finding ? <Answer finding={finding} /> : null}
      action={finding ? <FindingActions finding={finding} /> : null}
      loading={reading.isLoading}
      error={reading.error}
      onRetry={() => void reading.refetch()}
    >
      {finding ? <Body finding={finding} /> : null}
    </DetailPage>
  );
}

function Tags({ finding }: { finding: FindingView }) {
  return (
    <>
      <SeverityTag severity={finding.severity} />
      <FindingStateTag state={finding.state} outcome={finding.outcome} />
    </>
  );
}

function Answer({ finding }: { finding: FindingView }) {
  const t = useT();
  const headline = finding.headline.replace(/[。.]$/, '');
  return (
    <>
      <RegionName region={finding.region} /> ·{' '}
      {finding.decision
        ? t('finding.answer.closed', {
            headline,
            by: finding.decision.by,
            outcome: t(`finding.outcome.${finding.decision.outcome}`),
          })
        : t('finding.answer.open', { headline })}
    </>
  );
}

function Body({ finding }: { finding: FindingView }) {
  const t = useT();
  const local = useLocalised();
  return (
    <>
      {finding.notMine ? <Alert type="info" showIcon title={finding.notMine} style={{ marginBottom: 16 }} /> : null}
      {finding.factGone ? (
        <Alert type="warning" showIcon title={t('finding.factGone')} style={{ marginBottom: 16 }} />
      ) : null}
      <Section title={t('finding.progress')}>
        <FindingProgress finding={finding} />
      </Section>
      {finding.payment ? <FindingPayment payment={finding.payment} /> : null}
      <div className="two">
        <Section title={t('finding.facts')}>
          <FindingEvidence finding={finding} />
        </Section>
        <Section title={t('finding.excuses')}>
          <FindingExcuses finding={finding} />
        </Section>
      </div>
      {finding.decision ? (
        <Section title={t('finding.decision')}>
          <p>
            <strong>{t(`finding.outcome.${finding.decision.outcome}`)}</strong>
          </p>
          <p>{finding.decision.reason}</p>
          {finding.correctionTask ? (
            <p>
              {t(`finding.correction.${finding.correctionTask.state}`, { provider: finding.correctionTask.provider })}
            </p>
          ) : null}
        </Section>
      ) : null}
      <Section
        title={t('finding.rule')}
        extra={
          <span>
            <span className="soft">{t('finding.rule.version', { version: finding.ruleVersion })}</span>{' '}
            <Link to={`/rules/${finding.rule}`}>{t('finding.rule.open')}</Link>
          </span>
        }
      >
        <p>{local(finding.rulePurpose)}</p>
        <p>
          <strong>{t('finding.rule.basis')}</strong>　{finding.legalBasis.map((basis) => local(basis)).join('；')}
        </p>
        <PrecisionText precision={finding.precision} />
      </Section>
      <FindingNotice finding={finding} />
      <Section title={t('finding.answers')}>
        <FindingAnswers finding={finding} />
      </Section>
      <FindingAttachments finding={finding} />
      <Section title={t('finding.related')}>
        {finding.related.length === 0 ? (
          <p className="soft">{t('finding.related.none')}</p>
        ) : (
          <FindingLines items={finding.related} />
        )}
      </Section>
      <Section title={t('finding.history')}>
        <FindingHistory finding={finding} />
      </Section>
    </>
  );
}
