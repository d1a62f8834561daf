import { proposePolicy } from '@sunlit/api-spec';
import { CommandForm, useCommand } from '@sunlit/ui';
import { Button, Form, Input, Modal } from 'antd';
import { useState } from 'react';
import { useT } from '../../messages.ts';
import { RegionField } from '../../shell/region-field.tsx';
import { useSession } from '../../shell/session.tsx';

interface Proposal {
  code: string;
  value: string;
  regionCode: string;
  validFrom: string;
  basis: string;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

export function ProposePolicy({ codes }: { codes: string[] }) {
  const t = useT();
  const session = useSession();
  const [open, setOpen] = useState(false);
  const propose = useCommand(proposePolicy);
  const close = () => setOpen(false);
  return (
    <>
      <Button type="primary" size="large" onClick={() => setOpen(true)}>
        {t('policy.propose')}
      </Button>
      <Modal open={open} title={t('policy.propose')} footer={null} onCancel={close} destroyOnHidden>
        <CommandForm<Proposal>
          initialValues={{ regionCode: session.region.code }}
          submitLabel={t('policy.propose')}
          submitting={propose.isPending}
          problem={propose.error}
          onCancel={close}
          onDone={close}
          onSubmit={({ value, ...body }) => propose.mutateAsync({ body: { ...body, value: parsed(value) as never } })}
        >
          <Form.Item name="code" label={t('policy.col.code')} rules={[{ required: true }]}>
            <Input list="policy-codes" maxLength={80} autoComplete="off" autoFocus />
          </Form.Item>
          <datalist id="policy-codes">
            {codes.map((code) => (
              <option key={code} value={code} />
            ))}
          </datalist>
          <Form.Item
            name="value"
            label={t('policy.col.value')}
            extra={t('policy.value.help')}
            rules={[
              { required: true },
              {
                validator: (_rule, text: string) =>
                  !text || parsed(text) !== undefined
                    ? Promise.resolve()
                    : Promise.reject(new Error(t('policy.notJson'))),
              },
            ]}
          >
            <Input maxLength={2000} autoComplete="off" />
          </Form.Item>
          <Form.Item name="validFrom" label={t('policy.col.from')} rules={[{ required: true }]}>
            <Input type="date" />
          </Form.Item>
          <Form.Item name="regionCode" label={t('policy.col.region')} rules={[{ required: true }]}>
            <RegionField />
          </Form.Item>
          <Form.Item name="basis" label={t('policy.col.basis')} rules={[{ required: true, min: 4 }]}>
            <Input.TextArea rows={2} maxLength={300} />
          </Form.Item>
        </CommandForm>
      </Modal>
    </>
  );
}
