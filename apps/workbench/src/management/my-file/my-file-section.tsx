import {
  helperRelation,
  listCodeLetters,
  makeCodeLetter,
  printMyFile,
  revokeCodeLetter,
  type HouseholdView,
} from '@sunlit/api-spec';
import { ErrorState, Section, endpointUrl, useCommand, useEndpoint, type CallResult } from '@sunlit/ui';
import { Alert, Button, Checkbox, Form, Input, Modal, Radio, Select, Space } from 'antd';
import { useState } from 'react';
import { useT } from '../../messages.ts';
import { CommandDialog } from '../funds/command-dialog.tsx';

type Made = CallResult<typeof makeCodeLetter> & { name: string };

/** What a clerk does for people who want to see their own file: a letter with a code, or paper. */
export function MyFileSection({ household }: { household: HouseholdView }) {
  const t = useT();
  const [made, setMade] = useState<Made>();
  const letters = useEndpoint(listCodeLetters, { params: { id: household.id } });
  const revoke = useCommand(revokeCodeLetter);
  return (
    <Section
      title={t('myFile.title')}
      extra={
        <Space wrap className="noprint">
          <MakeLetter household={household} onMade={setMade} />
          <PrintFile household={household} />
        </Space>
      }
    >
      <p className="soft">{t('myFile.hint')}</p>
      {letters.error ? <ErrorState error={letters.error} onRetry={() => void letters.refetch()} /> : null}
      {letters.data?.items.length === 0 ? <p>{t('myFile.none')}</p> : null}
      <ul className="lines">
        {letters.data?.items.map((letter) => (
          <li key={letter.id}>
            {t('myFile.line', {
              name: letter.personName,
              who: letter.helperRelation
                ? t('myFile.byHelper', { relation: t(`myFile.relation.${letter.helperRelation}`) })
                : t('myFile.self'),
              until: t('myFile.validUntil', { day: letter.validUntil }),
              by: letter.madeBy,
            })}{' '}
            · {t(`myFile.state.${letter.state}`)}{' '}
            {letter.state === 'valid' || letter.state === 'locked' ? (
              <Button
                size="small"
                loading={revoke.isPending}
                onClick={() => revoke.mutate({ params: { id: letter.id }, body: {} })}
              >
                {t('myFile.revoke')}
              </Button>
            ) : null}
          </li>
        ))}
      </ul>
      <Letter made={made} onClose={() => setMade(undefined)} />
    </Section>
  );
}

interface LetterValues {
  personId: string;
  cardSeen: boolean;
  byHelper?: boolean;
  helperName?: string;
  helperRelation?: (typeof helperRelation.options)[number];
}

function MakeLetter({ household, onMade }: { household: HouseholdView; onMade: (made: Made) => void }) {
  const t = useT();
  const make = useCommand(makeCodeLetter);
  return (
    <CommandDialog<LetterValues>
      label={t('myFile.make')}
      pending={make.isPending}
      problem={make.error}
      onSubmit={async ({ personId, byHelper, helperName, helperRelation: relation }) => {
        const answer = await make.mutateAsync({
          params: { id: household.id },
          body: { personId, cardSeen: true, helper: byHelper ? { name: helperName!, relation: relation! } : null },
        });
        onMade({ ...answer, name: household.members.find((member) => member.personId === personId)?.name ?? '' });
      }}
    >
      <PersonChoice household={household} />
      <Form.Item
        name="cardSeen"
        valuePropName="checked"
        rules={[
          {
            validator: (_rule, value) =>
              value ? Promise.resolve() : Promise.reject(new Error(t('myFile.cardSeenNeeded'))),
          },
        ]}
      >
        <Checkbox>{t('myFile.cardSeen')}</Checkbox>
      </Form.Item>
      <Form.Item name="byHelper" valuePropName="checked" extra={t('myFile.helperHint')}>
        <Checkbox>{t('myFile.helper')}</Checkbox>
      </Form.Item>
      <Form.Item noStyle dependencies={['byHelper']}>
        {(form) =>
          form.getFieldValue('byHelper') ? (
            <>
              <Form.Item name="helperName" label={t('myFile.helperName')} rules={[{ required: true, min: 2 }]}>
                <Input maxLength={40} autoComplete="off" />
              </Form.Item>
              <Form.Item name="helperRelation" label={t('myFile.helperRelation')} rules={[{ required: true }]}>
                <Select
                  options={helperRelation.options.map((value) => ({ value, label: t(`myFile.relation.${value}`) }))}
                />
              </Form.Item>
            </>
          ) : null
        }
      </Form.Item>
    </CommandDialog>
  );
}

function PersonChoice({ household }: { household: HouseholdView }) {
  const t = useT();
  return (
    <Form.Item name="personId" label={t('myFile.person')} rules={[{ required: true }]}>
      <Select
        options={household.members.map((member) => ({
          value: member.personId,
          label: `${member.name} ${member.idNumberMasked}`,
        }))}
      />
    </Form.Item>
  );
}

function PrintFile({ household }: { household: HouseholdView }) {
  const t = useT();
  return (
    <CommandDialog<{ personId: string; askedBy: 'self' | 'helper'; purpose: string }>
      label={t('myFile.print')}
      initialValues={{ askedBy: 'self' }}
      pending={false}
      problem={undefined}
      onSubmit={(query) => {
        window.open(endpointUrl(printMyFile, { params: { id: household.id }, query }), '_blank', 'noopener');
        return Promise.resolve();
      }}
    >
      <PersonChoice household={household} />
      <Form.Item name="askedBy" label={t('myFile.askedBy')}>
        <Radio.Group
          options={(['self', 'helper'] as const).map((value) => ({ value, label: t(`myFile.askedBy.${value}`) }))}
        />
      </Form.Item>
      <Form.Item
        name="purpose"
        label={t('myFile.purpose')}
        extra={t('myFile.purposeHint')}
        rules={[{ required: true, min: 4 }]}
      >
        <Input maxLength={200} autoComplete="off" />
      </Form.Item>
    </CommandDialog>
  );
}

/** Shown once: the code is kept nowhere. */
function Letter({ made, onClose }: { made: Made | undefined; onClose: () => void }) {
  const t = useT();
  return (
    <Modal
      open={made !== undefined}
      title={t('myFile.letterTitle')}
      onCancel={onClose}
      cancelButtonProps={{ style: { display: 'none' } }}
      okText={t('myFile.printLetter')}
      onOk={() => window.print()}
      destroyOnHidden
    >
      {made ? (
        <div className="letter">
          <Alert className="noprint" type="warning" showIcon title={t('myFile.codeOnce')} />
          <p>{t('myFile.code')}</p>
          <p className="number" style={{ fontSize: 28, fontWeight: 700, letterSpacing: 2 }}>
            {made.code}
          </p>
          <p>{t('myFile.letterHow', { name: made.name })}</p>
          <p>{t('myFile.letterAddress', { address: `${window.location.origin}/me` })}</p>
          <p>{t('myFile.letterKeep')}</p>
          <p className="soft">{t('myFile.validUntil', { day: made.validUntil })}</p>
        </div>
      ) : null}
    </Modal>
  );
}
