import { proposePolicy, type PolicyKindItem, type ResponseOf, type listPolicies } from '@sunlit/api-spec';
import { CommandForm, DayInput, RegionName, useCommand, useLocalised } from '@sunlit/ui';
import { Button, Form, Input, Modal, Select } from 'antd';
import { useState } from 'react';
import { useT } from '../../messages.ts';
import { RegionField } from '../../shell/region-field.tsx';
import { useSession } from '../../shell/session.tsx';
import { fromForm, PolicyFieldInput, toForm } from './policy-field-input.tsx';
import { PolicyValue } from './policy-value.tsx';

type Item = ResponseOf<typeof listPolicies>['items'][number];

interface Proposal {
  value: unknown;
  regionCode: string;
  validFrom: string;
  basis: string;
  source?: string;
}

const valueToForm = (kind: PolicyKindItem, value: unknown): unknown => {
  const [only] = kind.fields;
  if (only?.name === null) return toForm(only, value);
  return Object.fromEntries(
    kind.fields.map((field) => [
      field.name,
      toForm(field, (value as Record<string, unknown> | undefined)?.[field.name!]),
    ]),
  );
};
const valueFromForm = (kind: PolicyKindItem, value: unknown): unknown => {
  const [only] = kind.fields;
  if (only?.name === null) return fromForm(only, value ?? (only.unit === 'pairs' ? [] : value));
  return Object.fromEntries(
    kind.fields.map((field) => [field.name, fromForm(field, (value as Record<string, unknown>)[field.name!])]),
  );
};

/** First which value, then its form: what holds now, the new value in its unit, from when, and on what basis. */
export function ProposePolicy({ kinds, items }: { kinds: PolicyKindItem[]; items: Item[] }) {
  const t = useT();
  const local = useLocalised();
  const [open, setOpen] = useState(false);
  const [code, setCode] = useState<string>();
  const kind = kinds.find((one) => one.code === code);
  const close = () => {
    setOpen(false);
    setCode(undefined);
  };
  return (
    <>
      <Button type="primary" size="large" onClick={() => setOpen(true)}>
        {t('policy.propose')}
      </Button>
      <Modal
        open={open}
        title={t('policy.propose')}
        footer={null}
        onCancel={close}

        destroyOnHidden
        width={640}
      >
        <Form layout="vertical">
          <Form.Item label={t('policy.which')} htmlFor="policy-which">
            <Select
              id="policy-which"
              showSearch
              autoFocus
              optionFilterProp="label"
              placeholder={t('policy.which.hint')}
              value={code}
              onChange={setCode}
              options={kinds.map((one) => ({ value: one.code, label: local(one.title) }))}
            />
          </Form.Item>
        </Form>
        {kind ? (
          <ProposalForm
            key={kind.code}
            kind={kind}
            current={items.find((item) => item.code === kind.code)}
            onClose={close}
          />
        ) : null}
      </Modal>
    </>
  );
}

function ProposalForm({
  kind,
  current,
  onClose,
}: {
  kind: PolicyKindItem;
  current: Item | undefined;
  onClose: () => void;
}) {
  const t = useT();
  const local = useLocalised();
  const session = useSession();
  const propose = useCommand(proposePolicy);
  return (
    <>
      <div className="aside-note">
        {current ? (
          <>
            <p>
              {t('policy.now')} <RegionName region={current.region} /> · {t('policy.since', { day: current.validFrom })}{' '}
              · {current.basis}
            </p>
            <PolicyValue kind={kind} value={current.value} />
          </>
        ) : (
          <p>{t('policy.now.none')}</p>
        )}
      </div>
      <CommandForm<Proposal>
        initialValues={{ regionCode: session.region.code, value: valueToForm(kind, current?.value) }}
        submitLabel={t('policy.propose.submit')}
        submitting={propose.isPending}
        problem={propose.error}
        onCancel={onClose}
        onDone={onClose}
        onSubmit={({ value, source, basis, ...body }) =>
          propose.mutateAsync({
            body: {
              ...body,
              code: kind.code,
              basis: source ? `${basis}；${source}` : basis,
              value: valueFromForm(kind, value) as never,
            },
          })
        }
      >
        {kind.fields.map((field) => (
          <PolicyFieldInput
            key={field.name ?? ''}
            field={field}
            label={field.name === null ? t('policy.new') : local(field.label)}
          />
        ))}
        <Form.Item
          name="validFrom"
          label={t('policy.col.from')}
          extra={t('policy.from.help')}
          rules={[{ required: true, message: t('policy.required') }]}
        >
          <DayInput />
        </Form.Item>
        <Form.Item
          name="regionCode"
          label={t('policy.where')}
          rules={[{ required: true, message: t('policy.required') }]}
        >
          <RegionField />
        </Form.Item>
        <Form.Item
          name="basis"
          label={t('policy.basis')}
          extra={t('policy.basis.help')}
          rules={[{ required: true, min: 4, message: t('policy.basis.short') }]}
        >
          <Input.TextArea rows={2} maxLength={200} showCount />
        </Form.Item>
        <Form.Item name="source" label={t('policy.source')}>
          <Input maxLength={90} placeholder={t('policy.source.hint')} />
        </Form.Item>
      </CommandForm>
    </>
  );
}
