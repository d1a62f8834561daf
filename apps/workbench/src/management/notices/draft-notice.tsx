import { MinusCircleOutlined, PlusOutlined } from '@ant-design/icons';
import { createNotice, listNoticeKinds, type NoticeField } from '@sunlit/api-spec';
import { DayInput, useCommand, useEndpoint, useLocalised } from '@sunlit/ui';
import { Alert, Button, Form, Input, Select } from 'antd';
import { useNavigate } from 'react-router';
import { useT } from '../../messages.ts';
import { RegionField } from '../../shell/region-field.tsx';
import { useSession } from '../../shell/session.tsx';
import { CommandDialog } from '../funds/command-dialog.tsx';

interface Draft {
  kind: string;
  regionCode: string;
  entries: { values: Record<string, string | undefined> }[];
  note?: string;
  contact: string;
}

/** A notice typed in by hand: the kind chosen says which fields there are, and no others. */
export function DraftNotice() {
  const t = useT();
  const session = useSession();
  const navigate = useNavigate();
  const create = useCommand(createNotice);
  return (
    <CommandDialog<Draft>
      label={t('notice.new')}
      primary
      size="large"
      initialValues={{ regionCode: session.region.code, entries: [{ values: {} }] }}
      pending={create.isPending}
      problem={create.error}
      onSubmit={async (values) => {
        const entries = values.entries.map((entry) => ({
          values: Object.fromEntries(Object.entries(entry.values).map(([name, value]) => [name, value ?? ''])),
        }));
        const { id } = await create.mutateAsync({ body: { ...values, note: values.note ?? '', entries } });
        void navigate(`/notices/${id}`);
      }}
    >
      <DraftFields />
    </CommandDialog>
  );
}

function DraftFields() {
  const t = useT();
  const local = useLocalised();
  const form = Form.useFormInstance<Draft>();
  const kinds = useEndpoint(listNoticeKinds, { query: {} }).data?.items;
  const code = Form.useWatch('kind', form);
  const kind = kinds?.find((one) => one.code === code);
  return (
    <>
      <Alert type="info" showIcon title={t('notice.new.hint')} style={{ marginBottom: 16 }} />
      <Form.Item
        name="kind"
        label={t('notice.col.kind')}
        rules={[{ required: true }]}
        extra={kind ? t('notice.new.days', { days: kind.minimumDays, basis: kind.basis }) : undefined}
      >
        <Select
          loading={kinds === undefined}
          options={(kinds ?? []).map((one) => ({ value: one.code, label: local(one.title) }))}
        />
      </Form.Item>
      <Form.Item name="regionCode" label={t('notice.col.region')} rules={[{ required: true }]}>
        <RegionField />
      </Form.Item>
      {kind ? <Rows fields={kind.fields} /> : null}
      <Form.Item name="note" label={t('notice.new.note')}>
        <Input.TextArea maxLength={500} autoSize={{ minRows: 2 }} />
      </Form.Item>
      <Form.Item
        name="contact"
        label={t('notice.new.contact')}
        rules={[{ required: true, min: 2 }]}
        extra={t('notice.new.contact.hint')}
      >
        <Input maxLength={100} autoComplete="off" />
      </Form.Item>
    </>
  );
}

function Rows({ fields }: { fields: readonly NoticeField[] }) {
  const t = useT();
  const local = useLocalised();
  return (
    <Form.List name="entries">
      {(rows, { add, remove }) => (
        <>
          {rows.map((row) => (
            <fieldset key={row.key} className="plain-fieldset">
              {fields.map((field) => (
                <Form.Item
                  key={field.name}
                  name={[row.name, 'values', field.name]}
                  label={local(field.label)}
                  rules={[{ required: field.required }]}
                >
                  {field.type === 'day' ? (
                    <DayInput />
                  ) : (
                    <Input
                      maxLength={200}
                      autoComplete="off"
                      inputMode={field.type === 'count' || field.type === 'amount' ? 'decimal' : undefined}
                    />
                  )}
                </Form.Item>
              ))}
              {rows.length > 1 ? (
                <Button icon={<MinusCircleOutlined aria-hidden />} onClick={() => remove(row.name)}>
                  {t('notice.new.row.remove')}
                </Button>
              ) : null}
            </fieldset>
          ))}
          <Button icon={<PlusOutlined aria-hidden />} onClick={() => add({ values: {} })} style={{ marginBottom: 16 }}>
            {t('notice.new.row')}
          </Button>
        </>
      )}
    </Form.List>
  );
}
