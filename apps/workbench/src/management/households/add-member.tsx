import { addMember } from '@sunlit/api-spec';
import { CommandForm, DayInput, todayLocal, useCommand, useUiText } from '@sunlit/ui';
import { Button, Form, Input, Modal, Select } from 'antd';
import { useState } from 'react';
import { useT } from '../../messages.ts';
import { useDictionary } from './use-dictionary.ts';

interface Joining {
  reason: 'born' | 'married-in' | 'moved-in' | 'returned' | 'other';
  on: string;
  name: string;
  relation: string;
  idNumber?: string;
  birthDate?: string;
  sex?: string;
  labour?: string;
  student?: string;
  note?: string;
}

/** Birth, marriage, moving in: a person becomes a member on a day. */
export function AddMember({ householdId }: { householdId: string }) {
  const t = useT();
  const words = useUiText();
  const [open, setOpen] = useState(false);
  const join = useCommand(addMember);
  const reasons = useDictionary('joining');
  const relations = useDictionary('relation');
  const sexes = useDictionary('sex');
  const labours = useDictionary('labour');
  const students = useDictionary('student');
  const close = () => setOpen(false);
  return (
    <>
      <Button onClick={() => setOpen(true)}>{t('household.join')}</Button>
      <Modal open={open} title={t('household.join')} footer={null} onCancel={close} destroyOnHidden>
        <CommandForm<Joining>
          initialValues={{ on: todayLocal() }}
          submitLabel={words('ui.save')}
          submitting={join.isPending}
          problem={join.error}
          onCancel={close}
          onDone={close}
          onSubmit={(body) => join.mutateAsync({ params: { id: householdId }, body })}
        >
          <Form.Item name="reason" label={t('household.join.reason')} rules={[{ required: true }]}>
            <Select options={reasons} />
          </Form.Item>
          <Form.Item name="on" label={t('household.join.on')} rules={[{ required: true }]}>
            <DayInput max={todayLocal()} />
          </Form.Item>
          <Form.Item name="name" label={t('household.join.name')} rules={[{ required: true }]}>
            <Input maxLength={60} />
          </Form.Item>
          <Form.Item name="relation" label={t('household.member.relation')} rules={[{ required: true }]}>
            <Select options={relations} />
          </Form.Item>
          <Form.Item name="idNumber" label={t('household.join.id')} extra={t('household.join.id.help')}>
            <Input maxLength={30} autoComplete="off" />
          </Form.Item>
          <Form.Item name="birthDate" label={t('household.join.birth')}>
            <DayInput max={todayLocal()} />
          </Form.Item>
          <Form.Item name="sex" label={t('household.join.sex')}>
            <Select allowClear options={sexes} />
          </Form.Item>
          <Form.Item name="labour" label={t('household.member.labour')}>
            <Select allowClear options={labours} />
          </Form.Item>
          <Form.Item name="student" label={t('household.member.student')}>
            <Select allowClear options={students} />
          </Form.Item>
          <Form.Item name="note" label={t('household.join.note')}>
            <Input maxLength={200} />
          </Form.Item>
        </CommandForm>
      </Modal>
    </>
  );
}
