import type { HouseholdView, RegistryChange } from '@sunlit/api-spec';
import { DayInput, todayLocal, useUiText } from '@sunlit/ui';
import { Form, Input, Select } from 'antd';
import { useCallback } from 'react';
import { useT } from '../../messages.ts';
import { useDictionary } from '../households/use-dictionary.ts';
import { ProposeForm } from './propose-form.tsx';
import { RelationFields, relationsOf } from './relation-fields.tsx';

type Member = HouseholdView['members'][number];
interface MemberFormProps {
  householdId: string;
  member: Member;
  onClose: () => void;
}

/** Facts that the form corrects, by the names that data-quality checks use. */
export const correctableFacts: ReadonlySet<string> = new Set([
  'labour',
  'student',
  'education',
  'health',
  'residentMedicalInsured',
  'employeeMedicalInsured',
]);

export function FactsForm({ householdId, member, onClose }: MemberFormProps) {
  const t = useT();
  const words = useUiText();
  const labours = useDictionary('labour');
  const students = useDictionary('student');
  const educations = useDictionary('education');
  const healths = useDictionary('health');
  const { personId } = member;
  const toChange = useCallback(
    ({ phone, ...fields }: Record<string, unknown>) =>
      ({ kind: 'person-facts', personId, ...fields, ...(phone ? { phone } : {}) }) as RegistryChange,
    [personId],
  );
  const yesNo = [
    { value: true, label: words('ui.yes') },
    { value: false, label: words('ui.no') },
  ];
  return (
    <ProposeForm
      householdId={householdId}
      toChange={toChange}
      onClose={onClose}
      initial={{
        labour: member.labour?.code ?? null,
        student: member.student?.code ?? null,
        education: member.education?.code ?? null,
        health: member.health?.map((value) => value.code),
        residentMedicalInsured: member.residentMedicalInsured,
        employeeMedicalInsured: member.employeeMedicalInsured,
      }}
    >
      <Form.Item name={['change', 'labour']} label={t('household.member.labour')}>
        <Select options={labours} />
      </Form.Item>
      <Form.Item name={['change', 'student']} label={t('household.member.student')}>
        <Select options={students} />
      </Form.Item>
      <Form.Item name={['change', 'education']} label={t('household.member.education')}>
        <Select options={educations} />
      </Form.Item>
      {member.health ? (
        <Form.Item name={['change', 'health']} label={t('household.member.health')}>
          <Select mode="multiple" options={healths} />
        </Form.Item>
      ) : null}
      <Form.Item name={['change', 'residentMedicalInsured']} label={t('household.member.medical.resident')}>
        <Select options={yesNo} />
      </Form.Item>
      <Form.Item name={['change', 'employeeMedicalInsured']} label={t('household.member.medical.employee')}>
        <Select options={yesNo} />
      </Form.Item>
      <Form.Item name={['change', 'phone']} label={t('change.phone')} extra={t('change.keepEmpty')}>
        <Input maxLength={20} inputMode="tel" autoComplete="off" />
      </Form.Item>
    </ProposeForm>
  );
}

export function IdentityForm({ householdId, member, onClose }: MemberFormProps) {
  const t = useT();
  const sexes = useDictionary('sex');
  const { personId } = member;
  const toChange = useCallback(
    (fields: Record<string, unknown>) =>
      ({
        kind: 'person-identity',
        personId,
        ...Object.fromEntries(Object.entries(fields).filter(([, value]) => value)),
      }) as RegistryChange,
    [personId],
  );
  return (
    <ProposeForm householdId={householdId} toChange={toChange} onClose={onClose}>
      <p className="soft">{t('change.identity.help')}</p>
      <Form.Item name={['change', 'name']} label={t('household.join.name')}>
        <Input maxLength={60} />
      </Form.Item>
      <Form.Item name={['change', 'idNumber']} label={t('household.join.id')}>
        <Input maxLength={30} autoComplete="off" />
      </Form.Item>
      <Form.Item name={['change', 'birthDate']} label={t('household.join.birth')}>
        <DayInput max={todayLocal()} />
      </Form.Item>
      <Form.Item name={['change', 'sex']} label={t('household.join.sex')}>
        <Select allowClear options={sexes} />
      </Form.Item>
      <Form.Item name={['change', 'ethnicity']} label={t('change.ethnicity')}>
        <Input maxLength={40} />
      </Form.Item>
    </ProposeForm>
  );
}

const reasons = ['died', 'married-out', 'moved', 'other'] as const;

export function LeaveForm({
  household,
  member,
  onClose,
}: Omit<MemberFormProps, 'householdId'> & { household: HouseholdView }) {
  const t = useT();
  const { personId } = member;
  const isHead = member.relation?.code === '01';
  const staying = household.members.filter((one) => one.personId !== personId);
  const toChange = useCallback(
    (fields: Record<string, unknown>) =>
      ({
        kind: 'leave',
        personId,
        reason: fields.reason,
        relations: relationsOf(
          fields,
          household.members.filter((one) => one.personId !== personId),
        ),
      }) as RegistryChange,
    [personId, household.members],
  );
  return (
    <ProposeForm
      householdId={household.id}
      toChange={toChange}
      danger
      dayLabel={t('household.change.on')}
      onClose={onClose}
    >
      <Form.Item name={['change', 'reason']} label={t('household.leave.reason')} rules={[{ required: true }]}>
        <Select options={reasons.map((value) => ({ value, label: t(`household.leave.${value}`) }))} />
      </Form.Item>
      {isHead && staying.length > 0 ? (
        <>
          <p className="soft">{t('change.newHead')}</p>
          <RelationFields members={staying} />
        </>
      ) : null}
    </ProposeForm>
  );
}
