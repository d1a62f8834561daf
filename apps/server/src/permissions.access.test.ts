import { permissionCodes, permissions, type Endpoint, type PermissionCode } from '@sunlit/api-spec';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { registeredEndpoints } from '#platform/http/endpoint-route.ts';
import { repositoryFolder } from '#platform/settings.ts';
import { openTestApp, type TestApp, type TestUser } from '#testing/test-app.ts';

const someId = '01890000-0000-7000-8000-000000000001';
let world: TestApp;
let roles: { code: string; title_zh: string; title_en: string; permissions: string[] }[];
const users = new Map<string, TestUser>();

beforeAll(async () => {
  world = await openTestApp();
  roles = await world.test.database.app.selectFrom('organisation.role').selectAll().orderBy('code').execute();
  for (const role of roles) users.set(role.code, await world.user([role.code], '320826000000', { departmentCode: 'public-security' }));
});
afterAll(() => world.close());

/** Calls an endpoint with harmless parameters: what matters is whether the door opens, not what is behind it. */
async function knock(endpoint: Endpoint, user: TestUser | undefined): Promise<number> {
  const params = { id: someId, code: endpoint.path.startsWith('/api/regions') ? '320826000000' : 'O09', attachmentId: someId, excuse: 'x' };
  const call = user?.call ?? world.anonymous;
  const answer = await call(endpoint, { params, query: {}, body: {} } as never);
  return answer.status;
}

describe('who may do what', () => {
  it('lets nobody through a door that is not public without signing in', async () => {
    for (const endpoint of registeredEndpoints) {
      const status = await knock(endpoint, undefined);
      if (endpoint.access === 'public') expect(status, endpoint.path).not.toBe(403);
      else expect(status, `${endpoint.method} ${endpoint.path}`).toBe(401);
    }
  });

  it('opens each door exactly to the roles that hold its permission', async () => {
    const ends = /\/api\/sessions?$/;
    for (const role of roles) {
      const user = users.get(role.code)!;
      for (const endpoint of registeredEndpoints) {
        if (endpoint.access === 'public' || (ends.test(endpoint.path) && endpoint.method === 'DELETE')) continue;
        const status = await knock(endpoint, user);
        const may = endpoint.access === 'signed-in' || role.permissions.includes(endpoint.access);
        if (may) expect([401, 403], `${role.code} ${endpoint.method} ${endpoint.path} → ${status}`).not.toContain(status);
        else expect(status, `${role.code} ${endpoint.method} ${endpoint.path}`).toBe(403);
      }
    }
  });

  it('has no permission that nobody can be given, and none that no door asks for but a job does', () => {
    const granted = new Set(roles.flatMap((role) => role.permissions));
    for (const code of permissionCodes) expect(granted.has(code), `${code} is in no role`).toBe(true);
  });

  it('keeps the three administrators apart from the data and from each other', () => {
    const of = (code: string) => new Set(roles.find((role) => role.code === code)!.permissions);
    for (const administrator of ['system-administrator', 'security-administrator', 'audit-administrator']) {
      for (const permission of ['household.read', 'finding.read', 'person.unmask'] as const) expect(of(administrator).has(permission)).toBe(false);
    }
    expect(of('system-administrator').has('audit.read')).toBe(false);
    expect(of('audit-administrator').has('staff.manage')).toBe(false);
  });

  it('writes the matrix down', () => {
    const lines = [
      '# Who may do what',
      '',
      'Written by the access test from the endpoints and roles themselves. Where a role may act is the region of the staff member.',
      '',
      `| Permission | ${roles.map((role) => role.title_zh).join(' | ')} |`,
      `|---|${roles.map(() => '---').join('|')}|`,
      ...permissionCodes.map((code: PermissionCode) => `| \`${code}\` ${permissions[code].zh} | ${roles.map((role) => (role.permissions.includes(code) ? '●' : '')).join(' | ')} |`),
      '',
      '## Endpoints',
      '',
      '| Endpoint | Access |',
      '|---|---|',
      ...[...new Set(registeredEndpoints.map((endpoint) => `| ${endpoint.method} \`${endpoint.path}\` | ${endpoint.access === 'public' ? 'public' : endpoint.access === 'signed-in' ? 'signed in, about oneself' : `\`${endpoint.access}\``} |`))].sort(),
      '',
    ];
    mkdirSync(join(repositoryFolder, 'docs/generated'), { recursive: true });
    writeFileSync(join(repositoryFolder, 'docs/generated/permissions.md'), lines.join('\n'));
  });
});
