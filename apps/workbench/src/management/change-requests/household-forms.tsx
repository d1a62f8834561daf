import type { HouseholdView, RegistryChange } from '@sunlit/api-spec';
import { DayInput, todayLocal } from '@sunlit/ui';
import { Form, Input, Select } from 'antd';
import { useCallback } from 'react';
import { useT } from '../../messages.ts';
import { useDictionary } from '../households/use-dictionary.ts';
import { EntryHint } from '../record-linkage/entry-hint.tsx';
import { ProposeForm } from './propose-form.tsx';
import { RelationFields, relationsOf } from './relation-fields.tsx';

interface HouseholdFormProps {
  household: HouseholdView;
  onClose: () => void;
}

const filled = (kind: RegistryChange['kind']) => (fields: Record<string, unknown>) =>
  ({ kind, ...Object.fromEntries(Object.entries(fields).filter(([, value]) => value)) }) as RegistryChange;
const toContact = filled('household-contact');
const toAccount = filled('household-account');
const toStatus = filled('household-status');
const toJoin = filled('join');

export function ContactForm({ household, onClose }: HouseholdFormProps) {
  const t = useT();
  return (
    <ProposeForm householdId={household.id} toChange={toContact} onClose={onClose}>
      <Form.Item name={['change', 'address']} label={t('household.address')} extra={t('change.keepEmpty')}>
        <Input maxLength={200} />
      </Form.Item>
      <Form.Item name={['change', 'phone']} label={t('household.phone')} extra={t('change.keepEmpty')}>
        <Input maxLength={20} inputMode="tel" autoComplete="off" />
      </Form.Item>
    </ProposeForm>
  );
}

export function AccountForm({ household, onClose }: HouseholdFormProps) {
  const t = useT();
  return (
    <ProposeForm householdId={household.id} toChange={toAccount} onClose={onClose}>
      <p className="soft">{t('change.account.help')}</p>
      <Form.Item name={['change', 'bankName']} label={t('change.bank')}>
        <Input maxLength={60} />
      </Form.Item>
      <Form.Item name={['change', 'account']} label={t('household.account')}>
        <Input maxLength={40} inputMode="numeric" autoComplete="off" />
      </Form.Item>
    </ProposeForm>
  );
}

export function StatusForm({ household, onClose }: HouseholdFormProps) {
  const t = useT();
  const statuses = useDictionary('household-status');
  return (
    <ProposeForm householdId={household.id} toChange={toStatus} onClose={onClose}>
      <Form.Item name={['change', 'status']} label={t('household.change.status.to')} rules={[{ required: true }]}>
        <Select options={statuses.filter((status) => status.value !== household.status.code)} />
      </Form.Item>
    </ProposeForm>
  );
}

export function RelationsForm({ household, onClose }: HouseholdFormProps) {
  const { members } = household;
  const toChange = useCallback(
    (fields: Record<string, unknown>): RegistryChange => ({
      kind: 'relations',
      relations: relationsOf(fields, members),
    }),
    [members],
  );
  return (
    <ProposeForm householdId={household.id} toChange={toChange} onClose={onClose}>
      <RelationFields members={members} />
    </ProposeForm>
  );
}

/** Birth, marriage, moving in: a person becomes a member on a day. */
export function JoinForm({ household, onClose }: HouseholdFormProps) {
  const t = useT();
  // A split and a merge have forms of their own.
  const how = useDictionary('joining').filter(({ value }) => value !== 'split' && value !== 'merged');
  const relations = useDictionary('relation');
  const sexes = useDictionary('sex');
  const labours = useDictionary('labour');
  const students = useDictionary('student');
  return (
    <ProposeForm householdId={household.id} toChange={toJoin} dayLabel={t('household.join.on')} onClose={onClose}>
      <Form.Item name={['change', 'reason']} label={t('household.join.reason')} rules={[{ required: true }]}>
        <Select options={how} />
      </Form.Item>
      <Form.Item name={['change', 'name']} label={t('household.join.name')} rules={[{ required: true }]}>
        <Input maxLength={60} />
      </Form.Item>
      <Form.Item name={['change', 'relation']} label={t('household.member.relation')} rules={[{ required: true }]}>
        <Select options={relations} />
      </Form.Item>
      <Form.Item name={['change', 'idNumber']} label={t('household.join.id')} extra={t('household.join.id.help')}>
        <Input maxLength={30} autoComplete="off" />
      </Form.Item>
      <Form.Item name={['change', 'birthDate']} label={t('household.join.birth')}>
        <DayInput max={todayLocal()} />
      </Form.Item>
      <EntryHint />
      <Form.Item name={['change', 'sex']} label={t('household.join.sex')}>
        <Select allowClear options={sexes} />
      </Form.Item>
      <Form.Item name={['change', 'labour']} label={t('household.member.labour')}>
        <Select allowClear options={labours} />
      </Form.Item>
      <Form.Item name={['change', 'student']} label={t('household.member.student')}>
        <Select allowClear options={students} />
      </Form.Item>
    </ProposeForm>
  );
}
