import { z } from 'zod';
import {
  calendarDate,
  command,
  done,
  id,
  idParams,
  localised,
  pageOf,
  pageQuery,
  regionCode,
  regionSummary,
  timestamp,
} from './common.ts';
import { defineEndpoint } from './endpoint.ts';
import { exportOf } from './export-of.ts';

export const regionLevel = z.enum(['nation', 'province', 'city', 'county', 'town', 'village']);
export const regionItem = z.object({
  code: regionCode,
  name: z.string(),
  level: regionLevel,
  parentCode: regionCode.nullable(),
  fullName: z.string(),
  hasChildren: z.boolean(),
  validFrom: calendarDate.nullable(),
  validTo: calendarDate.nullable(),
});
export type RegionItem = z.output<typeof regionItem>;

export const listRegions = defineEndpoint({
  method: 'GET',
  path: '/api/regions',
  access: 'region.read',
  tag: 'organisation',
  summary: 'Children of a division, or a search by name, pinyin initials or code prefix',
  query: z.object({
    parent: regionCode.optional(),
    q: z.string().trim().max(40).optional(),
    within: regionCode.optional(),
    limit: z.coerce.number().int().min(1).max(500).default(200),
  }),
  response: z.object({ items: z.array(regionItem) }),
});
export const getRegion = defineEndpoint({
  method: 'GET',
  path: '/api/regions/:code',
  access: 'region.read',
  tag: 'organisation',
  summary: 'One division with its ancestors and history',
  params: z.object({ code: regionCode }),
  response: regionItem.extend({
    ancestors: z.array(regionSummary),
    predecessors: z.array(regionSummary),
    successors: z.array(regionSummary),
    profile: z.object({ summary: z.string(), updatedAt: timestamp }).nullable(),
  }),
});
export const saveVillageProfile = defineEndpoint({
  method: 'PUT',
  path: '/api/regions/:code/profile',
  access: 'region.manage',
  tag: 'organisation',
  summary: 'Write a village profile',
  params: z.object({ code: regionCode }),
  body: command.extend({ summary: z.string().trim().min(1).max(2000) }),
  response: done,
});

export const roleItem = z.object({ code: z.string(), title: localised, permissions: z.array(z.string()) });
export const listRoles = defineEndpoint({
  method: 'GET',
  path: '/api/roles',
  access: 'staff.read',
  tag: 'organisation',
  summary: 'Roles and what each may do',
  response: z.object({ items: z.array(roleItem) }),
});
export const listDepartments = defineEndpoint({
  method: 'GET',
  path: '/api/departments',
  access: 'region.read',
  tag: 'organisation',
  summary: 'Departments',
  response: z.object({ items: z.array(z.object({ code: z.string(), name: z.string() })) }),
});
export const staffItem = z.object({
  id,
  userName: z.string(),
  displayName: z.string(),
  active: z.boolean(),
  region: regionSummary,
  department: z.object({ code: z.string(), name: z.string() }).nullable(),
  roles: z.array(z.object({ code: z.string(), title: localised })),
  lockedUntil: timestamp.nullable(),
});
export type StaffItem = z.output<typeof staffItem>;
export const listStaff = defineEndpoint({
  method: 'GET',
  path: '/api/staff',
  access: 'staff.read',
  tag: 'organisation',
  summary: 'Staff within my region',
  query: pageQuery.extend({
    q: z.string().trim().max(40).optional(),
    role: z.string().max(60).optional(),
    regionCode: regionCode.optional(),
    sort: z.enum(['name', '-name']).default('name'),
  }),
  response: pageOf(staffItem),
});
export const exportStaff = exportOf(listStaff);
export const createStaff = defineEndpoint({
  method: 'POST',
  path: '/api/staff',
  access: 'staff.manage',
  tag: 'organisation',
  summary: 'Open an account',
  body: command.extend({
    userName: z
      .string()
      .trim()
      .regex(/^[a-z][a-z0-9._-]{2,39}$/),
    displayName: z.string().trim().min(1).max(40),
    password: z.string().min(10).max(200),
    regionCode,
    departmentCode: z.string().max(60).nullable(),
    roles: z.array(z.string()).min(1).max(8),
  }),
  response: z.object({ id }),
});
export const updateStaff = defineEndpoint({
  method: 'PUT',
  path: '/api/staff/:id',
  access: 'staff.manage',
  tag: 'organisation',
  summary: 'Change roles, region or state of an account',
  params: idParams,
  body: command.extend({
    roles: z.array(z.string()).min(1).max(8),
    regionCode,
    departmentCode: z.string().max(60).nullable(),
    active: z.boolean(),
  }),
  response: done,
});

export const listPublicDivisions = defineEndpoint({
  method: 'GET',
  path: '/api/public/divisions',
  access: 'public',
  tag: 'organisation',
  summary: 'Divisions below one, for whoever says where they live',
  query: z.object({ regionCode: regionCode.optional() }),
  response: z.object({ region: regionSummary, isVillage: z.boolean(), parent: regionSummary.nullable(), items: z.array(regionSummary) }),
});
