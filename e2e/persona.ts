import { expect, type Page } from '@playwright/test';

interface System {
  personas: { userName: string; password: string }[];
}
export interface Session {
  displayName: string;
  permissions: string[];
  region: { code: string; fullName: string };
  department: unknown;
}

/** What each persona may do, learnt once: signing in hashes a password and takes its time. */
const known = new Map<string, Session>();

async function signIn(page: Page, userName: string, password: string): Promise<Session | undefined> {
  const answer = await page.request.post('/api/session', { data: { userName, password } });
  if (!answer.ok()) return undefined;
  const session = (await (await page.request.get('/api/session')).json()) as Session;
  known.set(userName, session);
  return session;
}

interface Wanted {
  may: string[];
  mayNot?: string[];
  /** somebody else than this one */
  not?: string;
  /** responsible for exactly this division */
  at?: string;
  /** responsible for a division below this one */
  within?: string;
}

/** Signs in as a demo persona who may do everything named; journeys speak of what a person may do, not of names. */
export async function signInWho(page: Page, { may, mayNot = [], not, at, within }: Wanted): Promise<Session> {
  const isBelow = (code: string) => !within || (code !== within && code.startsWith(within.replace(/(00)+$/, '')));
  const fits = ({ permissions, region, displayName }: Session) =>
    displayName !== not &&
    (!at || region.code === at) &&
    may.every((permission) => permissions.includes(permission)) &&
    !mayNot.some((permission) => permissions.includes(permission)) &&
    isBelow(region.code);
  const { personas } = (await (await page.request.get('/api/system')).json()) as System;
  for (const { userName, password } of personas) {
    const before = known.get(userName);
    if (before && !fits(before)) continue;
    const session = await signIn(page, userName, password);
    if (session && fits(session)) return session;
  }
  expect(
    personas.map((persona) => persona.userName),
    `a demo persona who may ${may.join(', ')}`,
  ).toEqual([]);
  throw new Error('unreachable');
}

export const signInWhoMay = (page: Page, ...may: string[]): Promise<Session> => signInWho(page, { may });
