import { getVoiceReceipt, recordVoice } from '@sunlit/api-spec';
import { CommandForm, endpointUrl, useCommand } from '@sunlit/ui';
import { Alert, Button, Form, Input, Modal, Radio } from 'antd';
import { useState } from 'react';
import { useT } from '../../messages.ts';
import { RegionField } from '../../shell/region-field.tsx';
import { useSession } from '../../shell/session.tsx';

export const voiceChannels = ['counter', 'phone', 'visit', 'letter'] as const;
export const voiceSubjects = ['benefit', 'project', 'cadre', 'data-correction', 'other'] as const;

interface Voice {
  regionCode: string;
  channel: (typeof voiceChannels)[number];
  subject: (typeof voiceSubjects)[number];
  text: string;
  speakerName?: string;
  speakerPhone?: string;
}

/** A clerk or hotline officer writes down what a resident says and hands over a receipt. */
export function RecordVoice() {
  const t = useT();
  const session = useSession();
  const [open, setOpen] = useState(false);
  const record = useCommand(recordVoice);
  const receipt = record.data;
  const close = () => {
    setOpen(false);
    record.reset();
  };
  return (
    <>
      <Button type="primary" size="large" onClick={() => setOpen(true)}>
        {t('voice.record')}
      </Button>
      <Modal open={open} title={t('voice.record')} footer={null} onCancel={close} destroyOnHidden>
        {receipt ? (
          <Alert
            type="success"
            showIcon
            title={t('voice.recorded', { number: receipt.number })}
            action={
              <Button href={endpointUrl(getVoiceReceipt, { params: { id: receipt.id } })} target="_blank">
                {t('voice.receipt')}
              </Button>
            }
          />
        ) : (
          <CommandForm<Voice>
            initialValues={{ regionCode: session.region.code, channel: 'counter', subject: 'benefit' }}
            submitLabel={t('voice.record')}
            submitting={record.isPending}
            problem={record.error}
            onCancel={close}
            onSubmit={(body) => record.mutateAsync({ body })}
          >
            <Form.Item name="text" label={t('voice.text')} rules={[{ required: true, min: 4 }]}>
              <Input.TextArea rows={5} maxLength={4000} autoFocus />
            </Form.Item>
            <Form.Item name="subject" label={t('voice.col.subject')} rules={[{ required: true }]}>
              <Radio.Group options={voiceSubjects.map((value) => ({ value, label: t(`voice.subject.${value}`) }))} />
            </Form.Item>
            <Form.Item name="channel" label={t('voice.col.channel')} rules={[{ required: true }]}>
              <Radio.Group options={voiceChannels.map((value) => ({ value, label: t(`voice.channel.${value}`) }))} />
            </Form.Item>
            <Form.Item name="regionCode" label={t('voice.col.region')} rules={[{ required: true }]}>
              <RegionField />
            </Form.Item>
            <p className="soft">{t('voice.private')}</p>
            <Form.Item name="speakerName" label={t('voice.name')}>
              <Input maxLength={40} autoComplete="off" />
            </Form.Item>
            <Form.Item name="speakerPhone" label={t('voice.phone')}>
              <Input maxLength={20} inputMode="tel" autoComplete="off" />
            </Form.Item>
          </CommandForm>
        )}
      </Modal>
    </>
  );
}
