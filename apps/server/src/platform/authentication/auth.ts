import { betterAuth } from 'better-auth';
import { genericOAuth, twoFactor, username } from 'better-auth/plugins';
import { newId } from '@sunlit/kernel';
import type { Database } from '../database/database.ts';
import type { Settings } from '../settings.ts';

/** The library wants an address: an unroutable one that stands for the user name, never used. */
export function loginAddress(userName: string): string {
  return `${userName.toLowerCase()}@sunlit.invalid`;
}

/** The login library on our own tables. None of its HTTP routes is mounted but the OIDC call-back. */
export function createAuth(database: Database, secret: string, settings: Pick<Settings, 'oidc'>, baseUrl: string) {
  return betterAuth({
    appName: 'Sunlit 阳光',
    baseURL: baseUrl,
    basePath: '/api/oidc',
    secret,
    telemetry: { enabled: false },
    database: database.sessionsPool,
    emailAndPassword: { enabled: true, autoSignIn: false, minPasswordLength: 10 },
    session: { expiresIn: 12 * 3600, updateAge: 600 },
    account: { accountLinking: { enabled: true, trustedProviders: ['oidc'] } },
    rateLimit: { enabled: false },
    logger: { disabled: true },
    advanced: {
      cookiePrefix: 'sunlit',
      useSecureCookies: baseUrl.startsWith('https:'),
      defaultCookieAttributes: { sameSite: 'lax', httpOnly: true },
      database: { generateId: () => newId() },
    },
    plugins: [
      username({ minUsernameLength: 3, maxUsernameLength: 60, usernameValidator: (name) => /^[a-z][a-z0-9._-]*$/.test(name) }),
      twoFactor({ issuer: 'Sunlit 阳光' }),
      ...(settings.oidc
        ? [
            genericOAuth({
              config: [
                {
                  providerId: 'oidc',
                  clientId: settings.oidc.clientId,
                  clientSecret: settings.oidc.clientSecret,
                  discoveryUrl: `${settings.oidc.issuer.replace(/\/$/, '')}/.well-known/openid-configuration`,
                  scopes: ['openid', 'profile', 'email'],
                  // An account is opened by an administrator, never by whoever the identity provider sends.
                  disableSignUp: true,
                  mapProfileToUser: (profile) => ({ email: loginAddress(String(profile.preferred_username ?? '')), emailVerified: true }),
                },
              ],
            }),
          ]
        : []),
    ],
  });
}

export type Auth = ReturnType<typeof createAuth>;

let current: Auth | undefined;
export function setAuth(auth: Auth | undefined): void {
  current = auth;
}
export function getAuth(): Auth {
  if (!current) throw new Error('Authentication is not set up yet.');
  return current;
}
