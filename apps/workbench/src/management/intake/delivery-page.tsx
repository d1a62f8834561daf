import { getDelivery, type DeliveryView } from '@sunlit/api-spec';
import {
  DetailPage,
  Section,
  formatCount,
  formatMoment,
  formatShare,
  useEndpoint,
  useLocalised,
  useMay,
  type Text,
} from '@sunlit/ui';
import { Alert } from 'antd';
import { useState } from 'react';
import { useParams } from 'react-router';
import { useFieldTitle } from './use-table-title.ts';
import { useT, type MessageKey } from '../../messages.ts';
import { TaskOf } from '../../shell/task-of.tsx';
import { DecideDelivery } from './decide-delivery.tsx';
import { DeliveryMapping } from './delivery-mapping.tsx';
import { DeliveryProblems } from './delivery-problems.tsx';
import { DeliveryStateTag } from './delivery-state-tag.tsx';
import { QualityLights } from './quality-lights.tsx';

/** One delivery: what it was recognised as, how good it is, which rows are wrong, and who decided. */
export function DeliveryPage() {
  const t = useT();
  const may = useMay();
  const local = useLocalised();
  const { id = '' } = useParams();
  const [checking, setChecking] = useState(true);
  const reading = useEndpoint(getDelivery, { params: { id } }, { refetchInterval: checking ? 1500 : false });
  const delivery = reading.data;
  if (delivery && (delivery.state === 'checking') !== checking) setChecking(delivery.state === 'checking');
  return (
    <DetailPage
      back={{ to: '/deliveries', label: t('intake.back') }}
      title={delivery ? `${local(delivery.kindTitle)} ${delivery.asOf}` : t('intake.list.title')}
      tags={delivery ? <DeliveryStateTag state={delivery.state} /> : null}
      answer={delivery ? describe(delivery, local(delivery.kindTitle), t) : null}
      action={
        delivery?.state === 'held' && may('dataset.decide') ? (
          <DecideDelivery
            deliveryId={delivery.id}
            acceptable={!delivery.holdReasons.some(({ code }) => code === 'columns-missing')}
          />
        ) : null
      }
      loading={reading.isLoading}
      error={reading.error}
      onRetry={() => void reading.refetch()}
    >
      {delivery ? <DeliveryBody delivery={delivery} /> : null}
    </DetailPage>
  );
}

function describe(delivery: DeliveryView, kind: string, t: Text<MessageKey>): string {
  if (delivery.state === 'checking') return t('intake.answer.checking');
  if (delivery.state === 'failed') return t('intake.answer.failed', { failure: delivery.failure ?? '' });
  const values = { file: delivery.fileName, kind, rows: formatCount(delivery.rows), kept: formatCount(delivery.kept) };
  return delivery.recognition === null
    ? t('intake.answer.plain', values)
    : t('intake.answer.recognised', { ...values, sure: formatShare(delivery.recognition, 0) });
}

function DeliveryBody({ delivery }: { delivery: DeliveryView }) {
  const t = useT();
  const fieldTitle = useFieldTitle(delivery.kind);
  // While the file is read again, what was said of it before no longer holds.
  const checking = delivery.state === 'checking';
  const measured = !checking && (delivery.fieldQuality.length > 0 || delivery.fromAbove);
  const mapping =
    delivery.columns.length > 0 && !checking ? <DeliveryMapping key={delivery.taskId} delivery={delivery} /> : null;
  return (
    <>
      <p className="soft">
        {t('intake.received', {
          provider: delivery.providerName,
          at: formatMoment(delivery.receivedAt),
          asOf: delivery.asOf,
          version: delivery.version,
        })}
      </p>
      {delivery.fromAbove ? (
        <Alert type="info" showIcon style={{ marginBottom: 16 }} title={t('intake.above.text')} />
      ) : null}
      {checking && delivery.taskId ? <TaskOf taskId={delivery.taskId} /> : null}
      {delivery.holdReasons.length > 0 && delivery.state === 'held' ? (
        <Alert
          type="warning"
          showIcon
          style={{ marginBottom: 16 }}
          title={t('intake.held')}
          description={
            <>
              <ul>
                {delivery.holdReasons.map((reason) => (
                  <li key={reason.code}>{reason.text}</li>
                ))}
              </ul>
              {delivery.mappable ? t('intake.held.map') : null}
            </>
          }
        />
      ) : null}
      {delivery.mappable ? mapping : null}
      {delivery.decision ? (
        <Section title={t('intake.decision')}>
          {t('intake.decision.text', {
            by: delivery.decision.by,
            at: formatMoment(delivery.decision.at),
            action: t(delivery.decision.action === 'return' ? 'intake.returned' : 'intake.accepted'),
            reason: delivery.decision.reason,
          })}
        </Section>
      ) : null}
      {measured && delivery.lights.length > 0 ? (
        <Section title={t('intake.lights')}>
          <QualityLights lights={delivery.lights} />
        </Section>
      ) : null}
      {delivery.fromAbove || !measured ? null : (
        <Section title={t('intake.problems')}>
          <DeliveryProblems delivery={delivery} />
        </Section>
      )}
      {delivery.mappable ? null : mapping}
      {measured && delivery.fieldQuality.length > 0 ? (
        <Section title={t('intake.quality')}>
          <table className="plain-table">
            <thead>
              <tr>
                <th scope="col">{t('intake.field.name')}</th>
                <th scope="col" className="right">
                  {t('intake.light.completeness')}
                </th>
                <th scope="col" className="right">
                  {t('intake.light.validity')}
                </th>
              </tr>
            </thead>
            <tbody>
              {delivery.fieldQuality.map((field) => (
                <tr key={field.field}>
                  <th scope="row">{fieldTitle(field.field)}</th>
                  <td className="right">{formatShare(field.completeness)}</td>
                  <td className="right">{formatShare(field.validity)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </Section>
      ) : null}
    </>
  );
}
