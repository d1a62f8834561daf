import { EditOutlined } from '@ant-design/icons';
import type { HouseholdView } from '@sunlit/api-spec';
import { Alert, Button, Modal, Tabs } from 'antd';
import { useState } from 'react';
import { useT } from '../../messages.ts';
import { FactsForm, IdentityForm, LeaveForm } from './member-forms.tsx';

/** Changes about one person; what stood there before stays readable. */
export function ChangePerson({
  member,
  household,
}: {
  member: HouseholdView['members'][number];
  household: HouseholdView;
}) {
  const t = useT();
  const [open, setOpen] = useState(false);
  const close = () => setOpen(false);
  return (
    <>
      <Button
        type="text"
        icon={<EditOutlined />}
        aria-label={t('household.change.person')}
        onClick={() => setOpen(true)}
      />
      <Modal open={open} title={member.name} footer={null} onCancel={close} destroyOnHidden>
        <Alert type="info" showIcon title={t('household.change.keep')} />
        {/* The forms share names of fields: only one of them is in the page. */}
        <Tabs
          destroyOnHidden
          items={[
            {
              key: 'facts',
              label: t('change.kind.person-facts'),
              children: <FactsForm householdId={household.id} member={member} onClose={close} />,
            },
            {
              key: 'identity',
              label: t('change.kind.person-identity'),
              children: <IdentityForm householdId={household.id} member={member} onClose={close} />,
            },
            {
              key: 'leave',
              label: t('change.kind.leave'),
              children: <LeaveForm household={household} member={member} onClose={close} />,
            },
          ]}
        />
      </Modal>
    </>
  );
}
