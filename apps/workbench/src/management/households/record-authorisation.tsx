import { attachAuthorisationForm, recordAuthorisation, type HouseholdView } from '@sunlit/api-spec';
import { CommandForm, DayInput, todayLocal, useApi, useCommand, useLocalised } from '@sunlit/ui';
import { useQueryClient } from '@tanstack/react-query';
import { Button, Checkbox, Form, Input, Modal, Radio, Select, Upload } from 'antd';
import { useState } from 'react';
import { useT } from '../../messages.ts';

interface Values {
  personId: string;
  kinds: string[];
  purpose: string;
  signedBy: 'self' | 'guardian' | 'proxy';
  signerName?: string;
  signedOn: string;
  validUntil?: string | null;
  file?: { originFileObj?: File }[];
}

interface RecordAuthorisationProps {
  members: HouseholdView['members'];
  kinds: { code: string; title: { zh: string; en: string } }[];
}

/** What a member signed on paper; the paper itself can be added as a picture. */
export function RecordAuthorisation({ members, kinds }: RecordAuthorisationProps) {
  const t = useT();
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button onClick={() => setOpen(true)}>{t('authorisation.record')}</Button>
      <Modal
        open={open}
        title={t('authorisation.record')}
        footer={null}
        onCancel={() => setOpen(false)}
        destroyOnHidden
      >
        <RecordForm members={members} kinds={kinds} onClose={() => setOpen(false)} />
      </Modal>
    </>
  );
}

const signers = ['self', 'guardian', 'proxy'] as const;

function RecordForm({ members, kinds, onClose }: RecordAuthorisationProps & { onClose: () => void }) {
  const t = useT();
  const api = useApi();
  const local = useLocalised();
  const queries = useQueryClient();
  const record = useCommand(recordAuthorisation);
  const [problem, setProblem] = useState<unknown>();
  const [recorded, setRecorded] = useState<string>();
  const [busy, setBusy] = useState(false);
  /** Sent again after the picture failed, the authorisation is not recorded twice. */
  const send = async ({ personId, file, ...body }: Values) => {
    setProblem(undefined);
    setBusy(true);
    try {
      const id = recorded ?? (await record.mutateAsync({ params: { id: personId }, body })).id;
      setRecorded(id);
      const picture = file?.[0]?.originFileObj;
      if (picture) await api.upload(attachAuthorisationForm, { params: { id }, file: picture });
      await queries.invalidateQueries();
    } catch (error) {
      setProblem(error);
      throw error;
    } finally {
      setBusy(false);
    }
  };
  return (
    <CommandForm<Values>
      initialValues={{
        personId: members[0]?.personId,
        kinds: kinds.map(({ code }) => code),
        purpose: t('authorisation.purpose.usual'),
        signedBy: 'self',
        signedOn: todayLocal(),
      }}
      submitLabel={t('authorisation.record')}
      submitting={busy}
      problem={problem}
      onCancel={onClose}
      onDone={onClose}
      onSubmit={send}
    >
      <Form.Item name="personId" label={t('authorisation.person')} rules={[{ required: true }]}>
        <Select options={members.map((member) => ({ value: member.personId, label: member.name }))} />
      </Form.Item>
      <Form.Item name="kinds" label={t('authorisation.kinds')} rules={[{ required: true }]}>
        <Checkbox.Group options={kinds.map(({ code, title }) => ({ value: code, label: local(title) }))} />
      </Form.Item>
      <Form.Item name="purpose" label={t('authorisation.purpose')} rules={[{ required: true, min: 2 }]}>
        <Input maxLength={200} />
      </Form.Item>
      <Form.Item name="signedBy" label={t('authorisation.signer')} rules={[{ required: true }]}>
        <Radio.Group options={signers.map((value) => ({ value, label: t(`authorisation.by.${value}`) }))} />
      </Form.Item>
      <Form.Item noStyle dependencies={['signedBy']}>
        {({ getFieldValue }) =>
          getFieldValue('signedBy') === 'self' ? null : (
            <Form.Item name="signerName" label={t('authorisation.signerName')} rules={[{ required: true }]}>
              <Input maxLength={60} />
            </Form.Item>
          )
        }
      </Form.Item>
      <Form.Item name="signedOn" label={t('authorisation.signedOn')} rules={[{ required: true }]}>
        <DayInput max={todayLocal()} />
      </Form.Item>
      <Form.Item name="validUntil" label={t('authorisation.validUntil')} extra={t('authorisation.validUntil.hint')}>
        <DayInput allowClear />
      </Form.Item>
      <Form.Item
        name="file"
        label={t('authorisation.form')}
        valuePropName="fileList"
        getValueFromEvent={(event: { fileList: unknown[] }) => event.fileList.slice(-1)}
      >
        <Upload beforeUpload={() => false} maxCount={1} accept="image/*,.pdf">
          <Button>{t('authorisation.form.choose')}</Button>
        </Upload>
      </Form.Item>
    </CommandForm>
  );
}
