import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { permissionCodes } from '@sunlit/api-spec';
import { nationCode, regionLevelOf } from '@sunlit/kernel';
import pg from 'pg';
import { pinyin } from 'pinyin-pro';
import { parse } from 'yaml';
import { z } from 'zod';
import { repositoryFolder } from '#platform/settings.ts';
import { holidayDeviations } from './holiday-deviations.ts';

const base = join(repositoryFolder, 'regions/_base');

interface RegionRow {
  code: string;
  name: string;
  level: string;
  parent: string | null;
  fullName: string;
  validTo: string | null;
}

const rolesFile = z.array(
  z.object({
    code: z.string(),
    title: z.object({ zh: z.string(), en: z.string() }),
    permissions: z.array(z.enum(permissionCodes as [string, ...string[]])),
    totpRequired: z.boolean().default(false),
  }),
);
const departmentsFile = z.array(z.object({ code: z.string(), name: z.string() }));
export const policyFile = z.array(
  z.object({ region: z.string().regex(/^\d{12}$/).default(nationCode), code: z.string(), value: z.json(), validFrom: z.iso.date(), validTo: z.iso.date().optional(), basis: z.string() }),
);

/** Loads the shipped base (`regions/_base`) with the owner role; safe to repeat, never removes what is in use. */
export async function loadReferenceData(ownerUrl: string): Promise<void> {
  const client = new pg.Client({ connectionString: ownerUrl });
  await client.connect();
  try {
    await client.query('BEGIN');
    await loadRegions(client);
    await loadDepartmentsAndRoles(client);
    await loadWorkingDays(client);
    await loadPolicies(client);
    await client.query('COMMIT');
  } finally {
    await client.end();
  }
}

function csvRows(file: string): string[][] {
  return readFileSync(join(base, 'divisions', file), 'utf8').trim().split(/\r?\n/).slice(1).map((line) => line.split(','));
}

async function loadRegions(client: pg.Client): Promise<void> {
  const loaded = await client.query<{ count: number }>('SELECT count(*)::int AS count FROM organisation.region');
  if ((loaded.rows[0]?.count ?? 0) > 20000) return;
  const rows = new Map<string, RegionRow>();
  const add = (code: string, name: string, parent: string | null, validTo: string | null = null) => {
    const above = parent ? rows.get(parent) : undefined;
    const fullName = above && above.code !== nationCode ? `${above.fullName}${name}` : name;
    rows.set(code, { code, name, level: regionLevelOf(code), parent, fullName, validTo });
  };
  add(nationCode, '全国', null);
  for (const [code, name] of csvRows('provinces.csv')) add(code!, name!, nationCode);
  for (const [code, name, level, parent] of csvRows('jiangsu.csv')) {
    if (level === 'province') continue;
    add(code!, name!, parent!);
  }
  const history = csvRows('history.csv');
  for (const [code, name, parent, validTo] of history) add(code!, name!, parent!, validTo!);
  const all = [...rows.values()];
  const parents = new Set(all.map((row) => row.parent));
  await client.query(
    `INSERT INTO organisation.region (code, name, level, parent_code, full_name, has_children, valid_to)
     SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::boolean[], $7::date[])
     ON CONFLICT (code) DO NOTHING`,
    [all.map((r) => r.code), all.map((r) => r.name), all.map((r) => r.level), all.map((r) => r.parent), all.map((r) => r.fullName), all.map((r) => parents.has(r.code)), all.map((r) => r.validTo)],
  );
  const tokens = all.flatMap((row) => regionTokens(row.name).map((token) => [token, row.code] as const));
  await client.query('INSERT INTO organisation.region_token (token, code) SELECT * FROM unnest($1::text[], $2::text[]) ON CONFLICT DO NOTHING', [tokens.map((t) => t[0]), tokens.map((t) => t[1])]);
  for (const [code, , , validTo, successor, basis] of history) {
    await client.query('INSERT INTO organisation.region_successor (code, successor_code, effective_on, basis) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING', [code, successor, validTo, basis]);
  }
}

/** Every tail of the name (so that a prefix search finds any part of it) and its pinyin initials. */
function regionTokens(name: string): string[] {
  const characters = [...name];
  const tails = characters.map((_character, index) => characters.slice(index).join('')).filter((tail, index) => index === 0 || [...tail].length > 1);
  const initials = pinyin(name, { pattern: 'first', toneType: 'none', type: 'array' }).join('').toLowerCase();
  return [...new Set([...tails, initials])];
}

async function loadDepartmentsAndRoles(client: pg.Client): Promise<void> {
  const departments = departmentsFile.parse(parse(readFileSync(join(base, 'departments.yaml'), 'utf8')));
  for (const [sort, department] of departments.entries()) {
    await client.query('INSERT INTO organisation.department (code, name, sort) VALUES ($1, $2, $3) ON CONFLICT (code) DO UPDATE SET name = excluded.name, sort = excluded.sort', [department.code, department.name, sort]);
  }
  for (const role of rolesFile.parse(parse(readFileSync(join(base, 'roles.yaml'), 'utf8')))) {
    await client.query(
      `INSERT INTO organisation.role (code, title_zh, title_en, permissions, totp_required) VALUES ($1, $2, $3, $4, $5)
       ON CONFLICT (code) DO UPDATE SET title_zh = excluded.title_zh, title_en = excluded.title_en, permissions = excluded.permissions, totp_required = excluded.totp_required`,
      [role.code, role.title.zh, role.title.en, role.permissions, role.totpRequired],
    );
  }
}

async function loadWorkingDays(client: pg.Client): Promise<void> {
  const days = holidayDeviations(2020, new Date().getFullYear() + 1);
  await client.query('INSERT INTO platform.non_working_day (day, working, name, basis) SELECT * FROM unnest($1::date[], $2::boolean[], $3::text[], $4::text[]) ON CONFLICT (day) DO UPDATE SET working = excluded.working, name = excluded.name', [
    days.map((d) => d.day),
    days.map((d) => d.working),
    days.map((d) => d.name),
    days.map(() => '国务院办公厅节假日安排（chinese-days）'),
  ]);
}

async function loadPolicies(client: pg.Client): Promise<void> {
  const folder = join(base, 'policies');
  for (const file of readdirSync(folder).filter((name) => name.endsWith('.yaml'))) {
    for (const policy of policyFile.parse(parse(readFileSync(join(folder, file), 'utf8')))) {
      await client.query(
        `INSERT INTO platform.policy_value (region_code, code, value, valid_from, valid_to, basis) VALUES ($1, $2, $3, $4, $5, $6)
         ON CONFLICT (region_code, code, valid_from) DO NOTHING`,
        [policy.region, policy.code, JSON.stringify(policy.value), policy.validFrom, policy.validTo ?? null, policy.basis],
      );
    }
  }
}
