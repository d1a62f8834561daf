import { changeProject, createProject, getProject, getProjectCatalogue } from '@sunlit/api-spec';
import {
  CommandForm,
  DayInput,
  DetailPage,
  formatFen,
  useCommand,
  useEndpoint,
  useLocalised,
  type CallResult,
} from '@sunlit/ui';
import { Button, Form, Input, InputNumber, Select, Space } from 'antd';
import { useNavigate, useParams } from 'react-router';
import { useT } from '../../messages.ts';
import { RegionField } from '../../shell/region-field.tsx';
import { useRegion } from '../../shell/region.tsx';
import { YuanField, fenOf } from '../funds/yuan-field.tsx';

interface Declaration {
  title: string;
  regionCode: string;
  categoryCode: string;
  fiscalYear: number;
  responsibleUnit: string;
  works: string;
  mechanism: string;
  households?: number;
  amount: string;
  startOn: string;
  finishBy: string;
  targets?: { kind: string; title: string; unit: string; target: number }[];
  stages?: { title: string; sharePercent: number; startOn: string; finishBy: string }[];
}

/** Declares a project, or rewrites one that is still being declared. */
export function ProjectFormPage() {
  const t = useT();
  const { id } = useParams();
  const { regionCode } = useRegion();
  const reading = useEndpoint(getProject, { params: { id: id ?? '' } }, { enabled: id !== undefined });
  const year = new Date().getFullYear();
  if (id !== undefined && !reading.data) {
    return (
      <DetailPage
        title={t('project.do.edit')}
        loading={reading.isLoading}
        error={reading.error}
        onRetry={() => void reading.refetch()}
      />
    );
  }
  const initial: Partial<Declaration> = reading.data
    ? valuesOf(reading.data)
    : { regionCode, fiscalYear: year, stages: [{ title: '', sharePercent: 100, startOn: '', finishBy: '' }] };
  return (
    <DetailPage
      back={{ to: id ? `/projects/${id}` : '/projects', label: t('project.back') }}
      title={t(id ? 'project.do.edit' : 'project.new')}
    >
      <ProjectForm id={id} version={reading.data?.version ?? 0} initial={initial} />
    </DetailPage>
  );
}

function valuesOf(project: CallResult<typeof getProject>): Declaration {
  return {
    title: project.title,
    regionCode: project.region.code,
    categoryCode: project.category.code,
    fiscalYear: project.fiscalYear,
    responsibleUnit: project.responsibleUnit,
    works: project.works,
    mechanism: project.mechanism,
    households: project.households,
    amount: formatFen(project.budgetFen),
    startOn: project.startOn,
    finishBy: project.finishBy,
    targets: project.targets.map(({ kind, title, unit, target }) => ({ kind: kind.code, title, unit, target })),
    stages: project.stages.map(({ title, sharePercent, startOn, finishBy }) => ({
      title,
      sharePercent,
      startOn,
      finishBy,
    })),
  };
}

function ProjectForm({ id, version, initial }: { id?: string; version: number; initial: Partial<Declaration> }) {
  const t = useT();
  const local = useLocalised();
  const navigate = useNavigate();
  const create = useCommand(createProject);
  const change = useCommand(changeProject);
  const catalogue = useEndpoint(getProjectCatalogue, {}, { staleTime: Infinity }).data;
  const submit = async ({ amount, households, targets, stages, ...values }: Declaration) => {
    const body = {
      ...values,
      households: households ?? 0,
      budgetFen: fenOf(amount)!,
      targets: targets ?? [],
      stages: stages ?? [],
    };
    if (id) await change.mutateAsync({ params: { id }, body: { ...body, expectedVersion: version } });
    const made = id ?? (await create.mutateAsync({ body })).id;
    void navigate(`/projects/${made}`);
  };
  return (
    <CommandForm<Declaration>
      initialValues={initial}
      submitLabel={t('project.do.save')}
      submitting={create.isPending || change.isPending}
      problem={create.error ?? change.error}
      onCancel={() => void navigate(id ? `/projects/${id}` : '/projects')}
      onSubmit={submit}
    >
      <Form.Item name="title" label={t('project.form.title')} rules={[{ required: true, min: 4 }]}>
        <Input maxLength={120} autoComplete="off" />
      </Form.Item>
      <Form.Item name="regionCode" label={t('project.form.region')} rules={[{ required: true }]}>
        <RegionField />
      </Form.Item>
      <Form.Item name="categoryCode" label={t('project.form.category')} rules={[{ required: true }]}>
        <Select options={(catalogue?.categories ?? []).map((one) => ({ value: one.code, label: local(one.title) }))} />
      </Form.Item>
      <Form.Item name="fiscalYear" label={t('project.form.year')} rules={[{ required: true }]}>
        <InputNumber min={2000} max={2100} precision={0} />
      </Form.Item>
      <Form.Item name="responsibleUnit" label={t('project.form.unit')} rules={[{ required: true, min: 2 }]}>
        <Input maxLength={80} />
      </Form.Item>
      <Form.Item name="works" label={t('project.form.works')} rules={[{ required: true, min: 4 }]}>
        <Input.TextArea rows={3} maxLength={2000} />
      </Form.Item>
      <Form.Item name="mechanism" label={t('project.form.mechanism')} rules={[{ required: true, min: 4 }]}>
        <Input.TextArea rows={2} maxLength={1000} />
      </Form.Item>
      <Form.Item name="households" label={t('project.form.households')}>
        <InputNumber min={0} max={1_000_000} precision={0} />
      </Form.Item>
      <YuanField />
      <Form.Item name="startOn" label={t('project.form.startOn')} rules={[{ required: true }]}>
        <DayInput />
      </Form.Item>
      <Form.Item name="finishBy" label={t('project.form.finishBy')} rules={[{ required: true }]}>
        <DayInput />
      </Form.Item>
      <h3>{t('project.form.targets')}</h3>
      <Lines name="targets">
        {(line) => (
          <>
            <Form.Item name={[line, 'kind']} label={t('project.target.kind')} rules={[{ required: true }]}>
              <Select
                style={{ minWidth: 120 }}
                options={(catalogue?.targetKinds ?? []).map((one) => ({ value: one.code, label: local(one.title) }))}
              />
            </Form.Item>
            <Form.Item name={[line, 'title']} label={t('project.target.title')} rules={[{ required: true, min: 2 }]}>
              <Input maxLength={120} />
            </Form.Item>
            <Form.Item name={[line, 'target']} label={t('project.target.target')} rules={[{ required: true }]}>
              <InputNumber min={0} />
            </Form.Item>
            <Form.Item name={[line, 'unit']} label={t('project.form.unitOf')} rules={[{ required: true }]}>
              <Input maxLength={20} style={{ width: 90 }} />
            </Form.Item>
          </>
        )}
      </Lines>
      <h3>{t('project.form.stages')}</h3>
      <Lines name="stages">
        {(line) => (
          <>
            <Form.Item name={[line, 'title']} label={t('project.stage')} rules={[{ required: true, min: 2 }]}>
              <Input maxLength={80} />
            </Form.Item>
            <Form.Item name={[line, 'sharePercent']} label={t('project.stage.share')} rules={[{ required: true }]}>
              <InputNumber min={1} max={100} precision={0} suffix="%" />
            </Form.Item>
            <Form.Item name={[line, 'startOn']} label={t('project.form.startOn')} rules={[{ required: true }]}>
              <DayInput />
            </Form.Item>
            <Form.Item name={[line, 'finishBy']} label={t('project.form.finishBy')} rules={[{ required: true }]}>
              <DayInput />
            </Form.Item>
          </>
        )}
      </Lines>
    </CommandForm>
  );
}

/** Lines that can be added and removed. */
function Lines({ name, children }: { name: string; children: (line: number) => React.ReactNode }) {
  const t = useT();
  return (
    <Form.List name={name}>
      {(fields, { add, remove }) => (
        <>
          {fields.map((field) => (
            <Space key={field.key} wrap align="end" style={{ display: 'flex' }}>
              {children(field.name)}
              <Form.Item>
                <Button onClick={() => remove(field.name)}>{t('project.form.remove')}</Button>
              </Form.Item>
            </Space>
          ))}
          <Form.Item>
            <Button onClick={() => add({})}>{t('project.form.add')}</Button>
          </Form.Item>
        </>
      )}
    </Form.List>
  );
}
