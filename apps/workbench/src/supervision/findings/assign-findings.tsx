import { assignFindings, listAssignees } from '@sunlit/api-spec';
import { CommandForm, useCommand, useEndpoint, useLocalised } from '@sunlit/ui';
import { Alert, App, Button, Form, Input, Modal, Select } from 'antd';
import { useState } from 'react';
import { useT } from '../../messages.ts';
import { useSession } from '../../shell/session.tsx';

interface AssignFormProps {
  findingIds: string[];
  onDone: () => void;
  onCancel: () => void;
}

/** Assigns one or many findings; candidates come from the server, which leaves out anyone concerned or related. */
export function AssignForm({ findingIds, onDone, onCancel }: AssignFormProps) {
  const t = useT();
  const local = useLocalised();
  const { message } = App.useApp();
  const candidates = useEndpoint(listAssignees, { params: { id: findingIds[0]! } });
  const assign = useCommand(assignFindings);
  const session = useSession();
  return (
    <CommandForm<{ assigneeId: string; note?: string }>
      submitLabel={t('finding.action.assign')}
      submitting={assign.isPending}
      problem={assign.error ?? candidates.error}
      onCancel={onCancel}
      onDone={onDone}
      onSubmit={async (values) => {
        const result = await assign.mutateAsync({ body: { findingIds, ...values } });
        void message.info(t('finding.assign.done', { assigned: result.assigned, skipped: result.skipped.length }));
        for (const skipped of result.skipped.slice(0, 3)) void message.warning(skipped.reason);
      }}
    >
      <Alert type="info" showIcon title={t('finding.assign.hint')} style={{ marginBottom: 16 }} />
      <Form.Item
        name="assigneeId"
        label={t('finding.assign.to')}
        rules={[{ required: true, message: t('finding.assign.choose') }]}
      >
        <Select
          loading={candidates.isLoading}
          showSearch={{ optionFilterProp: 'label' }}
          placeholder={t('finding.assign.search')}
          options={(candidates.data?.items ?? []).map((person) => ({
            value: person.id,
            label: t('finding.assign.open', {
              name: person.displayName,
              role: local(person.role),
              count: person.openFindings,
            }),
          }))}
        />
      </Form.Item>
      {candidates.data?.items.some((person) => person.id === session.accountId) ? (
        <TakeMyself accountId={session.accountId} />
      ) : null}
      <Form.Item name="note" label={t('finding.assign.note')}>
        <Input.TextArea rows={2} maxLength={300} />
      </Form.Item>
    </CommandForm>
  );
}

/** The commonest choice without looking for one's own name. */
function TakeMyself({ accountId }: { accountId: string }) {
  const t = useT();
  const form = Form.useFormInstance();
  return (
    <Form.Item>
      <Button onClick={() => form.setFieldValue('assigneeId', accountId)}>{t('finding.assign.myself')}</Button>
    </Form.Item>
  );
}

export function BulkAssign({ findingIds, onDone }: { findingIds: string[]; onDone: () => void }) {
  const t = useT();
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button type="primary" onClick={() => setOpen(true)}>
        {t('finding.bulk.assign')}
      </Button>
      <Modal open={open} title={t('finding.bulk.assign')} footer={null} onCancel={() => setOpen(false)} destroyOnHidden>
        <AssignForm
          findingIds={findingIds}
          onCancel={() => setOpen(false)}
          onDone={() => {
            setOpen(false);
            onDone();
          }}
        />
      </Modal>
    </>
  );
}
