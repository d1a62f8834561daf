import {
  linkHouseholds,
  recordOpinion,
  recordProjectVote,
  reportProgress,
  takeProjectStep,
  type ProjectAction,
} from '@sunlit/api-spec';
import { DayInput, todayLocal, useCommand, useMay } from '@sunlit/ui';
import { Form, Input, InputNumber, Radio, Select, Space } from 'antd';
import { useT } from '../../messages.ts';
import { CommandDialog } from '../funds/command-dialog.tsx';
import { LinkButton } from '../funds/link-button.tsx';
import { YuanField, fenOf } from '../funds/yuan-field.tsx';
import { RecordAsset } from './asset-list-page.tsx';
import type { Project } from './project-page.tsx';

const backwards: readonly ProjectAction[] = ['return', 'reject', 'send-back', 'cancel'];

/** What the person may do next; the way on comes first and stands out. */
export function ProjectActions({ project }: { project: Project }) {
  const t = useT();
  const may = useMay();
  const state = project.state.code;
  const steps = [...project.actions].sort(
    (a, b) => Number(backwards.includes(a.action)) - Number(backwards.includes(b.action)),
  );
  return (
    <Space wrap>
      {steps.map(({ action, reasonRequired }, index) => (
        <StepDialog
          key={action}
          project={project}
          action={action}
          reasonRequired={reasonRequired}
          primary={index === 0}
        />
      ))}
      {state === 'draft' && may('project.declare') ? (
        <>
          <VoteDialog project={project} />
          <LinkButton to={`/projects/${project.id}/edit`}>{t('project.do.edit')}</LinkButton>
        </>
      ) : null}
      {state === 'declared' && may('project.review') ? <OpinionDialog project={project} /> : null}
      {state === 'under-way' && may('project.run') ? <ProgressDialog project={project} /> : null}
      {['completed', 'accepted', 'audited', 'settled'].includes(state) && may('asset.manage') ? (
        <RecordAsset project={project} />
      ) : null}
      {may('project.declare') && !['settled', 'cancelled', 'rejected'].includes(state) ? (
        <HouseholdsDialog project={project} />
      ) : null}
    </Space>
  );
}

interface StepValues {
  happenedOn: string;
  reason?: string;
  rank?: number;
  approvalNumber?: string;
  amount?: string;
  actuals?: number[];
}

function StepDialog({
  project,
  action,
  reasonRequired,
  primary,
}: {
  project: Project;
  action: ProjectAction;
  reasonRequired: boolean;
  primary: boolean;
}) {
  const t = useT();
  const take = useCommand(takeProjectStep);
  return (
    <CommandDialog<StepValues>
      label={t(`project.do.${action}`)}
      primary={primary && !backwards.includes(action)}
      danger={backwards.includes(action)}
      size={primary ? 'large' : undefined}
      initialValues={{ happenedOn: todayLocal() }}
      pending={take.isPending}
      problem={take.error}
      onSubmit={({ amount, ...body }) =>
        take.mutateAsync({
          params: { id: project.id },
          body: {
            ...body,
            action,
            expectedVersion: project.version,
            ...(action === 'settle' ? { settlementFen: fenOf(amount) } : {}),
          },
        })
      }
    >
      <Form.Item name="happenedOn" label={t('project.form.happenedOn')} rules={[{ required: true }]}>
        <DayInput max={todayLocal()} />
      </Form.Item>
      {action === 'rank' ? (
        <Form.Item name="rank" label={t('project.form.rank')} rules={[{ required: true }]}>
          <InputNumber min={1} max={10_000} precision={0} />
        </Form.Item>
      ) : null}
      {action === 'approve' ? (
        <Form.Item name="approvalNumber" label={t('project.form.approvalNumber')} rules={[{ required: true, min: 2 }]}>
          <Input maxLength={60} autoComplete="off" />
        </Form.Item>
      ) : null}
      {action === 'settle' ? <YuanField /> : null}
      {action === 'accept'
        ? project.targets.map((target, index) => (
            <Form.Item
              key={target.title}
              name={['actuals', index]}
              label={`${target.title}（${target.target} ${target.unit}）`}
              rules={[{ required: true }]}
            >
              <InputNumber min={0} />
            </Form.Item>
          ))
        : null}
      {reasonRequired ? (
        <Form.Item name="reason" label={t('project.form.reason')} rules={[{ required: true, min: 2 }]}>
          <Input.TextArea rows={3} maxLength={500} />
        </Form.Item>
      ) : null}
    </CommandDialog>
  );
}

export interface VoteValues {
  meeting: 'villagers' | 'representatives';
  heldOn: string;
  eligible: number;
  present: number;
  inFavour: number;
  minutesNumber: string;
}

export function VoteFields() {
  const t = useT();
  return (
    <>
      <Form.Item name="meeting" label={t('project.vote.meeting')} rules={[{ required: true }]}>
        <Radio.Group
          options={(['representatives', 'villagers'] as const).map((value) => ({
            value,
            label: t(`project.vote.${value}`),
          }))}
        />
      </Form.Item>
      <Form.Item name="heldOn" label={t('project.vote.heldOn')} rules={[{ required: true }]}>
        <DayInput max={todayLocal()} />
      </Form.Item>
      <Space wrap>
        <Form.Item name="eligible" label={t('project.form.eligible')} rules={[{ required: true }]}>
          <InputNumber min={1} max={100_000} precision={0} />
        </Form.Item>
        <Form.Item name="present" label={t('project.form.present')} rules={[{ required: true }]}>
          <InputNumber min={1} max={100_000} precision={0} />
        </Form.Item>
        <Form.Item name="inFavour" label={t('project.vote.inFavour')} rules={[{ required: true }]}>
          <InputNumber min={0} max={100_000} precision={0} />
        </Form.Item>
      </Space>
      <Form.Item name="minutesNumber" label={t('project.vote.minutes')} rules={[{ required: true, min: 2 }]}>
        <Input maxLength={60} autoComplete="off" />
      </Form.Item>
    </>
  );
}

function VoteDialog({ project }: { project: Project }) {
  const t = useT();
  const record = useCommand(recordProjectVote);
  return (
    <CommandDialog<VoteValues>
      label={t('project.do.vote')}
      initialValues={{ meeting: 'representatives', heldOn: todayLocal() }}
      pending={record.isPending}
      problem={record.error}
      onSubmit={(body) => record.mutateAsync({ params: { id: project.id }, body })}
    >
      <VoteFields />
    </CommandDialog>
  );
}

interface OpinionValues {
  kind: 'expert' | 'accounting-firm';
  reviewer: string;
  result: 'agree' | 'agree-with-changes' | 'disagree';
  score: number;
  summary: string;
  givenOn: string;
}

function OpinionDialog({ project }: { project: Project }) {
  const t = useT();
  const record = useCommand(recordOpinion);
  return (
    <CommandDialog<OpinionValues>
      label={t('project.do.opinion')}
      initialValues={{ kind: 'expert', result: 'agree', givenOn: todayLocal() }}
      pending={record.isPending}
      problem={record.error}
      onSubmit={(body) => record.mutateAsync({ params: { id: project.id }, body })}
    >
      <Form.Item name="kind" label={t('project.opinion.kind')} rules={[{ required: true }]}>
        <Radio.Group
          options={(['expert', 'accounting-firm'] as const).map((value) => ({
            value,
            label: t(`project.opinion.${value}`),
          }))}
        />
      </Form.Item>
      <Form.Item name="reviewer" label={t('project.opinion.reviewer')} rules={[{ required: true, min: 2 }]}>
        <Input maxLength={80} autoComplete="off" />
      </Form.Item>
      <Form.Item name="result" label={t('project.opinion.result')} rules={[{ required: true }]}>
        <Radio.Group
          options={(['agree', 'agree-with-changes', 'disagree'] as const).map((value) => ({
            value,
            label: t(`project.opinion.${value}`),
          }))}
        />
      </Form.Item>
      <Form.Item name="score" label={t('project.opinion.score')} rules={[{ required: true }]}>
        <InputNumber min={0} max={100} precision={0} />
      </Form.Item>
      <Form.Item name="givenOn" label={t('project.form.happenedOn')} rules={[{ required: true }]}>
        <DayInput max={todayLocal()} />
      </Form.Item>
      <Form.Item name="summary" label={t('project.opinion.summary')} rules={[{ required: true, min: 4 }]}>
        <Input.TextArea rows={3} maxLength={1000} />
      </Form.Item>
    </CommandDialog>
  );
}

function ProgressDialog({ project }: { project: Project }) {
  const t = useT();
  const report = useCommand(reportProgress);
  const current = project.stages.find((stage) => stage.donePercent < 100);
  return (
    <CommandDialog<{ stage: number; donePercent: number; reportedOn: string; note: string }>
      label={t('project.do.progress')}
      initialValues={{ stage: current?.ordinal, donePercent: current?.donePercent, reportedOn: todayLocal() }}
      pending={report.isPending}
      problem={report.error}
      onSubmit={(body) => report.mutateAsync({ params: { id: project.id }, body })}
    >
      <Form.Item name="stage" label={t('project.stage')} rules={[{ required: true }]}>
        <Select options={project.stages.map((stage) => ({ value: stage.ordinal, label: stage.title }))} />
      </Form.Item>
      <Form.Item name="donePercent" label={t('project.stage.done')} rules={[{ required: true }]}>
        <InputNumber min={0} max={100} precision={0} suffix="%" />
      </Form.Item>
      <Form.Item name="reportedOn" label={t('project.form.happenedOn')} rules={[{ required: true }]}>
        <DayInput max={todayLocal()} />
      </Form.Item>
      <Form.Item name="note" label={t('project.progress.note')} rules={[{ required: true, min: 2 }]}>
        <Input.TextArea rows={2} maxLength={500} />
      </Form.Item>
    </CommandDialog>
  );
}

function HouseholdsDialog({ project }: { project: Project }) {
  const t = useT();
  const link = useCommand(linkHouseholds);
  return (
    <CommandDialog<{ numbers: string }>
      label={t('project.do.households')}
      pending={link.isPending}
      problem={link.error}
      onSubmit={({ numbers }) =>
        link.mutateAsync({
          params: { id: project.id },
          body: { numbers: numbers.split(/[\s,，、;；]+/u).filter(Boolean) },
        })
      }
    >
      <Form.Item name="numbers" label={t('project.form.numbers')} rules={[{ required: true }]}>
        <Input.TextArea rows={8} />
      </Form.Item>
    </CommandDialog>
  );
}
