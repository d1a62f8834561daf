import {
  confirmMeasure,
  deliverMeasure,
  dropMeasure,
  listProcedureDefinitions,
  promiseMeasure,
  type MeasureView,
  type ProcedureView,
} from '@sunlit/api-spec';
import { DayInput, Section, todayLocal, useCommand, useEndpoint, useLocalised, useMay } from '@sunlit/ui';
import { Alert, Form, Input, Radio, Select, Space } from 'antd';
import { useT } from '../../messages.ts';
import { ToneTag } from '../../shell/tone-tag.tsx';
import { CommandDialog } from '../funds/command-dialog.tsx';

const colours = { promised: 'plain', delivered: 'amber', confirmed: 'done', dropped: 'plain' } as const;
const required = [{ required: true }];

/** What was promised against which risk, whether it came, and what the household says about it. */
export function Measures({ procedure }: { procedure: ProcedureView }) {
  const t = useT();
  const local = useLocalised();
  const may = useMay();
  const works = may('identification.work') && !procedure.isOwn;
  const answered = new Set(procedure.measures.filter((one) => one.state !== 'dropped').map((one) => one.risk?.code));
  const gap = procedure.risks.filter((one) => !answered.has(one.code));
  return (
    <Section
      title={t('ident.measures')}
      extra={works && procedure.householdId ? <MakePromise procedure={procedure} /> : null}
    >
      {gap.length > 0 && procedure.outcome !== 'exited' ? (
        <Alert
          type="info"
          showIcon
          style={{ marginBottom: 12 }}
          title={t('ident.measures.gap', { risks: gap.map((one) => local(one.title)).join('、') })}
        />
      ) : null}
      {procedure.measures.length === 0 ? <p className="soft">{t('ident.measures.none')}</p> : null}
      <ul className="plain-list">
        {procedure.measures.map((measure) => (
          <li key={measure.id}>
            <Measure procedure={procedure} measure={measure} works={works} />
          </li>
        ))}
      </ul>
    </Section>
  );
}

function Measure({ procedure, measure, works }: { procedure: ProcedureView; measure: MeasureView; works: boolean }) {
  const t = useT();
  const local = useLocalised();
  const may = useMay();
  return (
    <>
      <p>
        <strong>{local(measure.kind.title)}</strong>
        {measure.risk ? ` ← ${local(measure.risk.title)}` : ''}{' '}
        <ToneTag tone={colours[measure.state]}>{t(`ident.measure.state.${measure.state}`)}</ToneTag>
        {measure.isOverdue ? <ToneTag tone="harm">{t('ident.measure.overdue')}</ToneTag> : null}
        <br />
        {measure.what}
        <br />
        <span className="soft">
          {t('ident.measure.line', {
            responsible: measure.responsible,
            promised: measure.promisedOn,
            due: measure.dueOn,
          })}
        </span>
        {measure.deliveredOn ? (
          <>
            <br />
            {t('ident.measure.delivered', { on: measure.deliveredOn, what: measure.delivered ?? '' })}
          </>
        ) : null}
        {measure.confirmedOn ? (
          <>
            <br />
            {t('ident.measure.confirmed', { on: measure.confirmedOn, said: measure.confirmed ?? '' })}{' '}
            <ToneTag tone={measure.helped ? 'done' : 'soon'}>
              {t(measure.helped ? 'ident.measure.helped.yes' : 'ident.measure.helped.no')}
            </ToneTag>
          </>
        ) : null}
        {measure.droppedReason ? (
          <>
            <br />
            {t('ident.measure.dropped', { reason: measure.droppedReason })}
          </>
        ) : null}
      </p>
      <Space wrap>
        {works && measure.state === 'promised' ? <Deliver procedure={procedure} measure={measure} /> : null}
        {works && measure.state === 'delivered' ? <Confirm procedure={procedure} measure={measure} /> : null}
        {measure.state === 'promised' && may('identification.review') && !procedure.isOwn ? (
          <Drop procedure={procedure} measure={measure} />
        ) : null}
      </Space>
    </>
  );
}

function MakePromise({ procedure }: { procedure: ProcedureView }) {
  const t = useT();
  const local = useLocalised();
  const lists = useEndpoint(listProcedureDefinitions, {}).data;
  const promise = useCommand(promiseMeasure);
  const options = (list: readonly { code: string; title: { zh: string; en: string } }[]) =>
    list.map((one) => ({ value: one.code, label: local(one.title) }));
  return (
    <CommandDialog<{ kind: string; risk?: string; what: string; responsible: string; dueOn: string }>
      label={t('ident.measure.promise')}
      pending={promise.isPending}
      problem={promise.error}
      onSubmit={(body) => promise.mutateAsync({ params: { id: procedure.id }, body })}
    >
      <Form.Item name="risk" label={t('ident.measure.risk')}>
        <Select allowClear options={options(procedure.risks)} />
      </Form.Item>
      <Form.Item name="kind" label={t('ident.measure.kind')} rules={required}>
        <Select options={options(lists?.measures ?? [])} />
      </Form.Item>
      <Form.Item name="what" label={t('ident.measure.what')} rules={required}>
        <Input.TextArea rows={2} maxLength={500} />
      </Form.Item>
      <Form.Item name="responsible" label={t('ident.measure.responsible')} rules={required}>
        <Input maxLength={100} autoComplete="off" />
      </Form.Item>
      <Form.Item name="dueOn" label={t('ident.measure.dueOn')} rules={required}>
        <DayInput />
      </Form.Item>
    </CommandDialog>
  );
}

interface OneMeasure {
  procedure: ProcedureView;
  measure: MeasureView;
}

function Deliver({ procedure, measure }: OneMeasure) {
  const t = useT();
  const deliver = useCommand(deliverMeasure);
  return (
    <CommandDialog<{ on: string; what: string }>
      label={t('ident.measure.deliver')}
      primary
      initialValues={{ on: todayLocal() }}
      pending={deliver.isPending}
      problem={deliver.error}
      onSubmit={(body) => deliver.mutateAsync({ params: { id: procedure.id, measureId: measure.id }, body })}
    >
      <Form.Item name="on" label={t('ident.measure.on')} rules={required}>
        <DayInput max={todayLocal()} />
      </Form.Item>
      <Form.Item name="what" label={t('ident.measure.deliver.what')} rules={required}>
        <Input.TextArea rows={2} maxLength={500} />
      </Form.Item>
    </CommandDialog>
  );
}

function Confirm({ procedure, measure }: OneMeasure) {
  const t = useT();
  const confirm = useCommand(confirmMeasure);
  return (
    <CommandDialog<{ on: string; helped: boolean; said: string }>
      label={t('ident.measure.confirm')}
      primary
      initialValues={{ on: todayLocal() }}
      pending={confirm.isPending}
      problem={confirm.error}
      onSubmit={(body) => confirm.mutateAsync({ params: { id: procedure.id, measureId: measure.id }, body })}
    >
      <Form.Item name="helped" label={t('ident.measure.helped')} rules={required}>
        <Radio.Group
          options={[
            { value: true, label: t('ident.measure.helped.yes') },
            { value: false, label: t('ident.measure.helped.no') },
          ]}
        />
      </Form.Item>
      <Form.Item name="said" label={t('ident.measure.said')} rules={required}>
        <Input.TextArea rows={2} maxLength={500} />
      </Form.Item>
      <Form.Item name="on" label={t('ident.measure.on')} rules={required}>
        <DayInput max={todayLocal()} />
      </Form.Item>
    </CommandDialog>
  );
}

function Drop({ procedure, measure }: OneMeasure) {
  const t = useT();
  const drop = useCommand(dropMeasure);
  return (
    <CommandDialog<{ reason: string }>
      label={t('ident.measure.drop')}
      danger
      pending={drop.isPending}
      problem={drop.error}
      onSubmit={(body) => drop.mutateAsync({ params: { id: procedure.id, measureId: measure.id }, body })}
    >
      <Form.Item name="reason" label={t('ident.reason')} rules={required}>
        <Input.TextArea rows={2} maxLength={500} />
      </Form.Item>
    </CommandDialog>
  );
}
