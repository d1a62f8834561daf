import { openProcedure } from '@sunlit/api-spec';
import { DayInput, todayLocal, useCommand, useMay } from '@sunlit/ui';
import { Form, Input, Radio, Select } from 'antd';
import { useNavigate } from 'react-router';
import { useT } from '../../messages.ts';
import { RegionField } from '../../shell/region-field.tsx';
import { useSession } from '../../shell/session.tsx';
import { CommandDialog } from '../funds/command-dialog.tsx';
import { HouseholdField } from './household-field.tsx';

const channels = ['counter', 'phone', 'visit', 'survey', 'hotline', 'supervision'] as const;

interface Clue {
  purpose: 'entry' | 'exit';
  regionCode: string;
  channel: (typeof channels)[number];
  eventOn: string;
  told: string;
  householdId?: string;
  speakerName?: string;
  speakerPhone?: string;
}

/** Whoever asks for help or notices need: taken down in a minute, the rest is found out at home. */
export function OpenProcedure() {
  const t = useT();
  const may = useMay();
  const session = useSession();
  const navigate = useNavigate();
  const open = useCommand(openProcedure);
  return (
    <CommandDialog<Clue>
      label={t('ident.open')}
      primary
      size="large"
      initialValues={{
        purpose: 'entry',
        channel: 'counter',
        regionCode: session.region.code,
        eventOn: todayLocal(),
      }}
      pending={open.isPending}
      problem={open.error}
      onSubmit={async (body) => {
        const { id } = await open.mutateAsync({ body });
        if (may('identification.read')) void navigate(`/identification/${id}`);
      }}
    >
      <ClueFields />
    </CommandDialog>
  );
}

function ClueFields() {
  const t = useT();
  const may = useMay();
  const form = Form.useFormInstance<Clue>();
  const purpose = Form.useWatch('purpose', form);
  const regionCode = Form.useWatch('regionCode', form);
  return (
    <>
      <Form.Item name="told" label={t('ident.open.told')} rules={[{ required: true, min: 2 }]}>
        <Input.TextArea rows={4} maxLength={4000} />
      </Form.Item>
      <Form.Item name="regionCode" label={t('ident.col.region')} rules={[{ required: true }]}>
        <RegionField />
      </Form.Item>
      <Form.Item name="channel" label={t('ident.col.channel')} rules={[{ required: true }]}>
        <Select options={channels.map((value) => ({ value, label: t(`ident.channel.${value}`) }))} />
      </Form.Item>
      <Form.Item name="eventOn" label={t('ident.open.eventOn')} rules={[{ required: true }]}>
        <DayInput max={todayLocal()} />
      </Form.Item>
      {may('household.read') ? (
        <>
          <Form.Item name="purpose" label={t('ident.open.purpose')} rules={[{ required: true }]}>
            <Radio.Group
              options={(['entry', 'exit'] as const).map((value) => ({ value, label: t(`ident.purpose.${value}`) }))}
            />
          </Form.Item>
          <Form.Item
            name="householdId"
            label={t(purpose === 'exit' ? 'ident.open.household.exit' : 'ident.open.household')}
            rules={[{ required: purpose === 'exit' }]}
          >
            <HouseholdField regionCode={regionCode} />
          </Form.Item>
        </>
      ) : null}
      <p className="soft">{t('ident.open.private')}</p>
      <Form.Item name="speakerName" label={t('ident.open.speaker')}>
        <Input maxLength={60} autoComplete="off" />
      </Form.Item>
      <Form.Item name="speakerPhone" label={t('ident.open.phone')}>
        <Input maxLength={30} inputMode="tel" autoComplete="off" />
      </Form.Item>
    </>
  );
}
