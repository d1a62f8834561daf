import { EditOutlined } from '@ant-design/icons';
import { changePerson, endMembership, type HouseholdView } from '@sunlit/api-spec';
import { CommandForm, DayInput, todayLocal, useCommand, useUiText } from '@sunlit/ui';
import { Alert, Button, Form, Input, Modal, Select, Tabs } from 'antd';
import { useState } from 'react';
import { useT } from '../../messages.ts';
import { useDictionary } from './use-dictionary.ts';

type Member = HouseholdView['members'][number];

/** Corrections to one person, and leaving the household; what stood there before stays readable. */
export function ChangePerson({ member, version }: { member: Member; version: number }) {
  const t = useT();
  const [open, setOpen] = useState(false);
  const close = () => setOpen(false);
  return (
    <>
      <Button
        type="text"
        icon={<EditOutlined />}
        aria-label={t('household.change.person')}
        onClick={() => setOpen(true)}
      />
      <Modal open={open} title={member.name} footer={null} onCancel={close} destroyOnHidden>
        <Alert type="info" showIcon title={t('household.change.keep')} />
        <Tabs
          items={[
            {
              key: 'facts',
              label: t('household.change.person'),
              children: <FactsForm member={member} version={version} onClose={close} />,
            },
            {
              key: 'leave',
              label: t('household.change.leave'),
              children: <LeaveForm member={member} onClose={close} />,
            },
          ]}
        />
      </Modal>
    </>
  );
}

interface Facts {
  effectiveFrom: string;
  reason: string;
  labour?: string | null;
  student?: string | null;
  education?: string | null;
  health?: string[];
  residentMedicalInsured?: boolean | null;
  employeeMedicalInsured?: boolean | null;
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

export function FactsForm({ member, version, onClose }: { member: Member; version: number; onClose: () => void }) {
  const t = useT();
  const words = useUiText();
  const labours = useDictionary('labour');
  const students = useDictionary('student');
  const educations = useDictionary('education');
  const healths = useDictionary('health');
  const change = useCommand(changePerson);
  const yesNo = [
    { value: true, label: words('ui.yes') },
    { value: false, label: words('ui.no') },
  ];
  return (
    <CommandForm<Facts>
      initialValues={{
        effectiveFrom: todayLocal(),
        labour: member.labour?.code,
        student: member.student?.code,
        education: member.education?.code,
        health: member.health.map((value) => value.code),
        residentMedicalInsured: member.residentMedicalInsured,
        employeeMedicalInsured: member.employeeMedicalInsured,
      }}
      submitLabel={words('ui.save')}
      submitting={change.isPending}
      problem={change.error}
      onCancel={onClose}
      onDone={onClose}
      onSubmit={(body) =>
        change.mutateAsync({ params: { id: member.personId }, body: { ...body, expectedVersion: version } })
      }
    >
      <Form.Item name="labour" label={t('household.member.labour')}>
        <Select allowClear options={labours} />
      </Form.Item>
      <Form.Item name="student" label={t('household.member.student')}>
        <Select allowClear options={students} />
      </Form.Item>
      <Form.Item name="education" label={t('household.member.education')}>
        <Select allowClear options={educations} />
      </Form.Item>
      <Form.Item name="health" label={t('household.member.health')}>
        <Select mode="multiple" options={healths} />
      </Form.Item>
      <Form.Item name="residentMedicalInsured" label={t('household.member.medical.resident')}>
        <Select options={yesNo} />
      </Form.Item>
      <Form.Item name="employeeMedicalInsured" label={t('household.member.medical.employee')}>
        <Select options={yesNo} />
      </Form.Item>
      <Form.Item name="effectiveFrom" label={t('household.change.from')} rules={[{ required: true }]}>
        <DayInput />
      </Form.Item>
      <Form.Item name="reason" label={t('household.change.reason')} rules={[{ required: true, min: 2 }]}>
        <Input.TextArea rows={2} maxLength={200} />
      </Form.Item>
    </CommandForm>
  );
}

const reasons = ['died', 'married-out', 'moved', 'split', 'other'] as const;

function LeaveForm({ member, onClose }: { member: Member; onClose: () => void }) {
  const t = useT();
  const leave = useCommand(endMembership);
  return (
    <CommandForm<{ on: string; reason: (typeof reasons)[number]; note?: string }>
      initialValues={{ on: todayLocal() }}
      submitLabel={t('household.change.leave')}
      danger
      submitting={leave.isPending}
      problem={leave.error}
      onCancel={onClose}
      onDone={onClose}
      onSubmit={(body) => leave.mutateAsync({ params: { id: member.personId }, body })}
    >
      <Form.Item name="reason" label={t('household.leave.reason')} rules={[{ required: true }]}>
        <Select options={reasons.map((value) => ({ value, label: t(`household.leave.${value}`) }))} />
      </Form.Item>
      <Form.Item name="on" label={t('household.change.on')} rules={[{ required: true }]}>
        <DayInput max={todayLocal()} />
      </Form.Item>
      <Form.Item name="note" label={t('household.leave.note')}>
        <Input maxLength={200} />
      </Form.Item>
    </CommandForm>
  );
}
