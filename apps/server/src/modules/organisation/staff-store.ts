import { regionRange } from '@sunlit/kernel';
import { sql } from 'kysely';
import { inWords } from '#platform/configuration/english-texts.ts';
import type { Trx } from '#platform/database/transaction.ts';
import type { Locale } from '#platform/http/locale.ts';

export interface StaffRow {
  id: string;
  user_name: string;
  display_name: string;
  active: boolean;
  region_code: string;
  department_code: string | null;
  department_name: string | null;
  locked_until: Date | null;
  roles: { code: string; zh: string; en: string }[];
}

export interface StaffFilter {
  q?: string | undefined;
  role?: string | undefined;
  regionCode?: string | undefined;
  after?: string | undefined;
  /** from the end of the alphabet */
  descending?: boolean;
  limit: number;
}

export async function listStaffRows(trx: Trx, filter: StaffFilter): Promise<StaffRow[]> {
  const range = filter.regionCode ? regionRange(filter.regionCode) : undefined;
  const { rows } = await sql<StaffRow>`
    SELECT s.id, s.user_name, s.display_name, s.active, s.region_code, s.department_code, d.name AS department_name, l.locked_until,
      coalesce((SELECT json_agg(json_build_object('code', r.code, 'zh', r.title_zh, 'en', r.title_en) ORDER BY r.code) FROM organisation.staff_role sr JOIN organisation.role r ON r.code = sr.role_code WHERE sr.staff_id = s.id), '[]') AS roles
    FROM organisation.staff s
    LEFT JOIN organisation.department d ON d.code = s.department_code
    LEFT JOIN platform.sign_in_lock l ON l.user_name = s.user_name AND l.locked_until > now()
    WHERE NOT s.service
      ${range ? sql`AND s.region_code >= ${range.from} AND s.region_code < ${range.to}` : sql``}
      ${filter.q ? sql`AND (strpos(s.user_name, ${filter.q.toLowerCase()}) > 0 OR strpos(s.display_name, ${filter.q}) > 0)` : sql``}
      ${filter.role ? sql`AND EXISTS (SELECT 1 FROM organisation.staff_role sr WHERE sr.staff_id = s.id AND sr.role_code = ${filter.role})` : sql``}
      ${filter.after ? sql`AND s.user_name ${filter.descending ? sql`<` : sql`>`} ${filter.after}` : sql``}
    ORDER BY s.user_name ${filter.descending ? sql`DESC` : sql`ASC`} LIMIT ${filter.limit}`.execute(trx);
  return rows;
}

export async function countStaffRows(trx: Trx, filter: StaffFilter): Promise<number> {
  return (await listStaffRows(trx, { ...filter, after: undefined, limit: 10001 })).length;
}

export async function insertStaff(trx: Trx, staff: { id: string; userName: string; displayName: string; phone?: string | null; regionCode: string; departmentCode: string | null; service?: boolean; personKey?: string | null; roles: string[] }): Promise<void> {
  await trx
    .insertInto('organisation.staff')
    .values({
      id: staff.id,
      user_name: staff.userName,
      display_name: staff.displayName,
      phone: staff.phone ?? null,
      region_code: staff.regionCode,
      department_code: staff.departmentCode,
      service: staff.service ?? false,
      person_key: staff.personKey ?? null,
    })
    .execute();
  await trx.insertInto('organisation.staff_role').values(staff.roles.map((role) => ({ staff_id: staff.id, role_code: role }))).execute();
}

export async function replaceRoles(trx: Trx, staffId: string, roles: string[]): Promise<void> {
  await trx.deleteFrom('organisation.staff_role').where('staff_id', '=', staffId).execute();
  await trx.insertInto('organisation.staff_role').values(roles.map((role) => ({ staff_id: staffId, role_code: role }))).execute();
}

/** The office phone of an account, as a household may be given it. */
export async function findStaffPhone(trx: Trx, id: string): Promise<string | undefined> {
  const row = await trx.selectFrom('organisation.staff').select('phone').where('id', '=', id).executeTakeFirst();
  return row?.phone ?? undefined;
}

/** Names of accounts, for what other modules show; who is outside the reader's view is left out. */
export async function staffNames(trx: Trx, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
  if (ids.length === 0) return new Map();
  const rows = await trx.selectFrom('organisation.staff').select(['id', 'display_name']).where('id', 'in', ids).execute();
  return new Map(rows.map((row) => [row.id, row.display_name]));
}

export async function departmentNames(trx: Trx, locale: Locale = 'zh-CN'): Promise<ReadonlyMap<string, string>> {
  const rows = await trx.selectFrom('organisation.department').select(['code', 'name']).execute();
  return new Map(rows.map((row) => [row.code, inWords(row.name, locale)]));
}

/** How many of these villages have somebody who works there: an active clerk, helper or first secretary. */
export async function countVillagesWithStaff(trx: Trx, villages: readonly string[]): Promise<number> {
  if (villages.length === 0) return 0;
  const { rows } = await sql<{ count: number }>`
    SELECT count(DISTINCT s.region_code) AS count FROM organisation.staff s JOIN organisation.staff_role r ON r.staff_id = s.id
    WHERE s.active AND r.role_code IN ('village-clerk', 'helper', 'first-secretary') AND s.region_code = ANY (${[...villages]})`.execute(trx);
  return rows[0]?.count ?? 0;
}
