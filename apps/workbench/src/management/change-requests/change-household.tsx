import { DownOutlined } from '@ant-design/icons';
import { getRegion, type HouseholdView } from '@sunlit/api-spec';
import { PermissionGate, useEndpoint } from '@sunlit/ui';
import { Alert, Button, Dropdown, Modal } from 'antd';
import { useState, type ComponentType } from 'react';
import { useT } from '../../messages.ts';
import { AccountForm, ContactForm, JoinForm, RelationsForm, StatusForm } from './household-forms.tsx';
import { DivisionForm } from './division-form.tsx';
import { MergeForm } from './merge-form.tsx';
import { SplitForm } from './split-form.tsx';

const forms = {
  join: JoinForm,
  relations: RelationsForm,
  split: SplitForm,
  merge: MergeForm,
  'household-contact': ContactForm,
  'household-account': AccountForm,
  'household-status': StatusForm,
  division: DivisionForm,
} as const satisfies Record<string, ComponentType<{ household: HouseholdView; onClose: () => void }>>;
type FormKind = keyof typeof forms;

/** The one way to change a household: what about it, then its form. */
export function ChangeHousehold({ household }: { household: HouseholdView }) {
  const t = useT();
  const [kind, setKind] = useState<FormKind>();
  // Only of a village that was divided: where one village took all over, nobody has to say it.
  const region = useEndpoint(getRegion, { params: { code: household.region.code } });
  const divided = (region.data?.successors.length ?? 0) > 1;
  const offered = (Object.keys(forms) as FormKind[]).filter((key) => key !== 'division' || divided);
  const close = () => setKind(undefined);
  const Fields = kind && forms[kind];
  return (
    <PermissionGate permission="household.propose">
      <Dropdown
        trigger={['click']}
        menu={{
          items: offered.map((key) => ({ key, label: t(`change.kind.${key}`) })),
          onClick: ({ key }) => setKind(key as FormKind),
        }}
      >
        <Button type="primary" size="large">
          {t('household.change')} <DownOutlined aria-hidden />
        </Button>
      </Dropdown>
      <Modal
        open={kind !== undefined}
        title={kind ? t(`change.kind.${kind}`) : ''}
        footer={null}
        onCancel={close}
        destroyOnHidden
      >
        <Alert type="info" showIcon title={t('household.change.keep')} style={{ marginBottom: 16 }} />
        {Fields ? <Fields household={household} onClose={close} /> : null}
      </Modal>
    </PermissionGate>
  );
}
