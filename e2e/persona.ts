import { expect, type Page } from '@playwright/test';

interface System {
  personas: { userName: string; password: string }[];
}
interface Session {
  displayName: string;
  permissions: string[];
  region: { code: string };
}

/** Signs in as a demo persona who may do everything named; journeys speak of what a person may do, not of names. */
export async function signInWhoMay(page: Page, ...permissions: string[]): Promise<Session> {
  const system = (await (await page.request.get('/api/system')).json()) as System;
  for (const { userName, password } of system.personas) {
    const answer = await page.request.post('/api/session', { data: { userName, password } });
    if (!answer.ok()) continue;
    const session = (await (await page.request.get('/api/session')).json()) as Session;
    if (permissions.every((permission) => session.permissions.includes(permission))) return session;
  }
  expect(
    system.personas.map((persona) => persona.userName),
    `a demo persona who may ${permissions.join(', ')}`,
  ).toEqual([]);
  throw new Error('unreachable');
}
