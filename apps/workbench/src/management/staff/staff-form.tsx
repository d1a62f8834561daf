import { createStaff, listDepartments, listRoles, updateStaff, type StaffItem } from '@sunlit/api-spec';
import { CommandForm, useCommand, useEndpoint, useLocalised, useUiText } from '@sunlit/ui';
import { Button, Form, Input, Modal, Select, Switch } from 'antd';
import { useState } from 'react';
import { useT } from '../../messages.ts';
import { RegionField } from '../../shell/region-field.tsx';
import { useSession } from '../../shell/session.tsx';

interface Account {
  userName: string;
  displayName: string;
  password: string;
  regionCode: string;
  departmentCode?: string | null;
  roles: string[];
}

export function CreateStaff() {
  const t = useT();
  const session = useSession();
  const [open, setOpen] = useState(false);
  const create = useCommand(createStaff);
  const close = () => setOpen(false);
  return (
    <>
      <Button type="primary" size="large" onClick={() => setOpen(true)}>
        {t('staff.create')}
      </Button>
      <Modal open={open} title={t('staff.create')} footer={null} onCancel={close} destroyOnHidden>
        <CommandForm<Account>
          initialValues={{ regionCode: session.region.code }}
          submitLabel={t('staff.create')}
          submitting={create.isPending}
          problem={create.error}
          onCancel={close}
          onDone={close}
          onSubmit={(values) =>
            create.mutateAsync({ body: { ...values, departmentCode: values.departmentCode ?? null } })
          }
        >
          <Form.Item name="displayName" label={t('staff.col.name')} rules={[{ required: true }]}>
            <Input maxLength={40} autoComplete="off" />
          </Form.Item>
          <Form.Item
            name="userName"
            label={t('staff.col.userName')}
            extra={t('staff.userNameHint')}
            rules={[{ required: true }]}
          >
            <Input maxLength={40} autoComplete="off" />
          </Form.Item>
          <Form.Item name="password" label={t('staff.password')} rules={[{ required: true, min: 10 }]}>
            <Input.Password autoComplete="new-password" />
          </Form.Item>
          <ScopeFields />
        </CommandForm>
      </Modal>
    </>
  );
}

export function EditStaff({ item }: { item: StaffItem }) {
  const t = useT();
  const words = useUiText();
  const [open, setOpen] = useState(false);
  const update = useCommand(updateStaff);
  const close = () => setOpen(false);
  return (
    <>
      <Button size="small" onClick={() => setOpen(true)}>
        {t('staff.edit')}
      </Button>
      <Modal open={open} title={item.displayName} footer={null} onCancel={close} destroyOnHidden>
        <CommandForm<{ roles: string[]; regionCode: string; departmentCode?: string | null; active: boolean }>
          initialValues={{
            roles: item.roles.map((role) => role.code),
            regionCode: item.region.code,
            departmentCode: item.department?.code,
            active: item.active,
          }}
          submitLabel={words('ui.save')}
          submitting={update.isPending}
          problem={update.error}
          onCancel={close}
          onDone={close}
          onSubmit={(values) =>
            update.mutateAsync({
              params: { id: item.id },
              body: { ...values, departmentCode: values.departmentCode ?? null },
            })
          }
        >
          <ScopeFields />
          <Form.Item name="active" label={t('staff.col.state')} valuePropName="checked">
            <Switch checkedChildren={t('staff.active')} unCheckedChildren={t('staff.inactive')} />
          </Form.Item>
        </CommandForm>
      </Modal>
    </>
  );
}

function ScopeFields() {
  const t = useT();
  const local = useLocalised();
  const roles = useEndpoint(listRoles, {}, { staleTime: 600_000 });
  const departments = useEndpoint(listDepartments, {}, { staleTime: 600_000 });
  return (
    <>
      <Form.Item name="roles" label={t('staff.col.roles')} rules={[{ required: true }]}>
        <Select
          mode="multiple"
          options={(roles.data?.items ?? []).map((role) => ({ value: role.code, label: local(role.title) }))}
        />
      </Form.Item>
      <Form.Item name="regionCode" label={t('staff.col.region')} rules={[{ required: true }]}>
        <RegionField />
      </Form.Item>
      <Form.Item name="departmentCode" label={t('staff.col.department')}>
        <Select
          allowClear
          placeholder={t('staff.noDepartment')}
          options={(departments.data?.items ?? []).map((department) => ({
            value: department.code,
            label: department.name,
          }))}
        />
      </Form.Item>
    </>
  );
}
