import type { QueryOf, ResponseOf, StaffItem, listStaff as endpoint } from '@sunlit/api-spec';
import type { Actor } from '#platform/authorization/actor.ts';
import { authorize } from '#platform/authorization/authorize.ts';
import { inWords } from '#platform/configuration/english-texts.ts';
import { inTransaction } from '#platform/database/transaction.ts';
import type { ListColumn } from '#platform/http/list-route.ts';
import type { Locale } from '#platform/http/locale.ts';
import { page, readCursor } from '#platform/http/page.ts';
import { regionNamer } from './region-store.ts';
import { countStaffRows, listStaffRows } from './staff-store.ts';

export async function listStaff(actor: Actor, query: QueryOf<typeof endpoint>, locale: Locale): Promise<ResponseOf<typeof endpoint>> {
  authorize(actor, 'staff.read');
  return inTransaction(actor, async (trx) => {
    const name = await regionNamer();
    const filter = { q: query.q, role: query.role, regionCode: query.regionCode, descending: query.sort === '-name', limit: query.limit + 1, after: readCursor(query.cursor)?.[0] as string | undefined };
    const rows = await listStaffRows(trx, filter);
    return page(rows, query.limit, (row) => [row.user_name], await countStaffRows(trx, filter), (row) => ({
      id: row.id,
      userName: row.user_name,
      displayName: row.display_name,
      active: row.active,
      region: name(row.region_code),
      department: row.department_code ? { code: row.department_code, name: inWords(row.department_name ?? row.department_code, locale) } : null,
      roles: row.roles.map((role) => ({ code: role.code, title: { zh: role.zh, en: role.en } })),
      lockedUntil: row.locked_until?.toISOString() ?? null,
    }));
  });
}

export const staffColumns: readonly ListColumn<StaffItem>[] = [
  { zh: '姓名', en: 'Name', value: (item) => item.displayName },
  { zh: '用户名', en: 'User name', value: (item) => item.userName },
  { zh: '角色', en: 'Roles', value: (item, words) => item.roles.map(({ title }) => words(title)).join('; ') },
  { zh: '区划', en: 'Division', value: (item) => item.region.fullName },
  { zh: '单位', en: 'Department', value: (item) => item.department?.name ?? null },
  { zh: '状态', en: 'State', value: (item, words) => words(item.active ? { zh: '在用', en: 'Active' } : { zh: '停用', en: 'Inactive' }) },
  { zh: '锁定至', en: 'Locked until', value: (item) => item.lockedUntil },
];
