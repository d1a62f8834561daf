import { z } from 'zod';
import { command, done, id, localised, regionSummary, timestamp } from './common.ts';
import { defineEndpoint } from './endpoint.ts';

export const sessionView = z.object({
  accountId: id,
  userName: z.string(),
  displayName: z.string(),
  roles: z.array(z.object({ code: z.string(), title: localised })),
  permissions: z.array(z.string()),
  region: regionSummary,
  department: z.object({ code: z.string(), name: z.string() }).nullable(),
  /** household the account belongs to, for residents */
  totpEnabled: z.boolean(),
  /** the role asks for a second factor that is not set up yet */
  totpRequired: z.boolean(),
});
export type SessionView = z.output<typeof sessionView>;

export const getSystem = defineEndpoint({
  method: 'GET',
  path: '/api/system',
  access: 'public',
  tag: 'system',
  summary: 'What this installation is',
  response: z.object({
    version: z.string(),
    demo: z.boolean(),
    readOnly: z.boolean(),
    /** demo only: the accounts a visitor may try */
    personas: z.array(z.object({ userName: z.string(), password: z.string(), title: localised })),
    oidcEnabled: z.boolean(),
    /** residents may open their own file through a provider that vouches for them */
    realNameSignIn: z.boolean(),
  }),
});

export const signIn = defineEndpoint({
  method: 'POST',
  path: '/api/session',
  access: 'public',
  tag: 'session',
  summary: 'Sign in',
  body: z.object({ userName: z.string().trim().min(1).max(60), password: z.string().min(1).max(200) }),
  response: z.object({ next: z.enum(['signed-in', 'totp']) }),
});
export const confirmTotp = defineEndpoint({
  method: 'POST',
  path: '/api/session/totp',
  access: 'public',
  tag: 'session',
  summary: 'Give the one-time code',
  body: z.object({ code: z.string().regex(/^\d{6}$/) }),
  response: z.object({ next: z.literal('signed-in') }),
});
export const getSession = defineEndpoint({
  method: 'GET',
  path: '/api/session',
  access: 'signed-in',
  tag: 'session',
  summary: 'Who I am and what I may do',
  response: sessionView,
});
export const signOut = defineEndpoint({
  method: 'DELETE',
  path: '/api/session',
  access: 'signed-in',
  tag: 'session',
  summary: 'Sign out',
  response: done,
});
export const listSessions = defineEndpoint({
  method: 'GET',
  path: '/api/sessions',
  access: 'signed-in',
  tag: 'session',
  summary: 'My open sessions',
  response: z.object({
    items: z.array(
      z.object({
        id: z.string(),
        createdAt: timestamp,
        expiresAt: timestamp,
        userAgent: z.string().nullable(),
        current: z.boolean(),
      }),
    ),
  }),
});
export const signOutEverywhere = defineEndpoint({
  method: 'DELETE',
  path: '/api/sessions',
  access: 'signed-in',
  tag: 'session',
  summary: 'Sign out everywhere',
  response: done,
});
export const beginTotp = defineEndpoint({
  method: 'POST',
  path: '/api/session/totp/setup',
  access: 'signed-in',
  tag: 'session',
  summary: 'Set up one-time codes',
  body: z.object({ password: z.string().min(1).max(200) }),
  response: z.object({ totpUri: z.string(), backupCodes: z.array(z.string()) }),
});
export const finishTotp = defineEndpoint({
  method: 'POST',
  path: '/api/session/totp/enable',
  access: 'signed-in',
  tag: 'session',
  summary: 'Confirm the first one-time code',
  body: z.object({ code: z.string().regex(/^\d{6}$/) }),
  response: done,
});
export const changePassword = defineEndpoint({
  method: 'POST',
  path: '/api/session/password',
  access: 'signed-in',
  tag: 'session',
  summary: 'Change my password',
  body: command.extend({ currentPassword: z.string().min(1).max(200), newPassword: z.string().min(10).max(200) }),
  response: done,
});
