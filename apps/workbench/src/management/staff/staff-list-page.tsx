import { exportStaff, listRoles, listStaff, permissions, type PermissionCode, type StaffItem } from '@sunlit/api-spec';
import { ListPage, PermissionGate, RegionName, useEndpoint, useLocalised, useMay } from '@sunlit/ui';
import { Collapse } from 'antd';
import { useT } from '../../messages.ts';
import { exportTool } from '../../shell/list-by-time.tsx';
import { useRegion } from '../../shell/region.tsx';
import { CreateStaff, EditStaff } from './staff-form.tsx';

export function StaffListPage() {
  const t = useT();
  const may = useMay();
  const local = useLocalised();
  const { regionCode } = useRegion();
  const roles = useEndpoint(listRoles, {}, { staleTime: 600_000 });
  return (
    <>
      <ListPage<typeof listStaff, StaffItem>
        name="staff"
        title={t('staff.list.title')}
        answer={t('staff.list.answer')}
        endpoint={listStaff}
        fixedQuery={{ regionCode }}
        action={
          <PermissionGate permission="staff.manage">
            <CreateStaff />
          </PermissionGate>
        }
        rowKey={(item) => item.id}
        sorts={(['name', '-name'] as const).map((value) => ({ value, label: t(`staff.sort.${value}`) }))}
        tools={exportTool(exportStaff, 'staff.csv')}
        empty={{ explanation: t('staff.list.empty') }}
        filters={[
          { key: 'q', label: t('staff.filter.search'), kind: 'search' },
          {
            key: 'role',
            label: t('staff.col.roles'),
            kind: 'select',
            options: (roles.data?.items ?? []).map((role) => ({ value: role.code, label: local(role.title) })),
          },
          { key: 'regionCode', label: t('staff.col.region'), kind: 'region' },
        ]}
        columns={[
          { key: 'name', title: t('staff.col.name'), primary: true, render: (item) => item.displayName },
          { key: 'userName', title: t('staff.col.userName'), render: (item) => item.userName },
          {
            key: 'roles',
            title: t('staff.col.roles'),
            render: (item) => item.roles.map((role) => local(role.title)).join('、'),
          },
          { key: 'region', title: t('staff.col.region'), render: (item) => <RegionName region={item.region} /> },
          { key: 'department', title: t('staff.col.department'), render: (item) => item.department?.name ?? '—' },
          {
            key: 'state',
            title: t('staff.col.state'),
            render: (item) =>
              `${item.active ? t('staff.active') : t('staff.inactive')}${item.lockedUntil ? ` · ${t('staff.locked')}` : ''}`,
          },
          ...(may('staff.manage')
            ? [
                {
                  key: 'actions',
                  title: t('staff.col.actions'),
                  render: (item: StaffItem) => <EditStaff item={item} />,
                },
              ]
            : []),
        ]}
      />
      <div className="page wide">
        <h2>{t('staff.roles')}</h2>
        <Collapse
          items={(roles.data?.items ?? []).map((role) => ({
            key: role.code,
            label: local(role.title),
            children: role.permissions.map((code) => local(permissions[code as PermissionCode] ?? code)).join('、'),
          }))}
        />
      </div>
    </>
  );
}
