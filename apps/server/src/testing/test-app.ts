import type { Endpoint, QueryOf, ParamsOf, BodyOf, ResponseOf } from '@sunlit/api-spec';
import { newId } from '@sunlit/kernel';
import type { FastifyInstance } from 'fastify';
import type { z } from 'zod';
import { createLogin } from '#platform/authentication/accounts.ts';
import { createAuth, setAuth } from '#platform/authentication/auth.ts';
import { getActor, systemActor, type Actor } from '#platform/authorization/actor.ts';
import { setSecondFactorEnforced } from '#platform/authorization/authorize.ts';
import { inTransaction } from '#platform/database/transaction.ts';
import { createApp } from '#platform/http/create-app.ts';
import { registerPlatformRoutes } from '#platform/http/platform-routes.ts';
import { getKeyring } from '#platform/personal-data/keyring.ts';
import { insertStaff } from '#modules/organisation/index.ts';
import { registerModuleRoutes, registerModules } from '../modules.ts';
import { openTestDatabase, type TestDatabase } from './test-database.ts';

export interface Reply<Body> {
  status: number;
  body: Body;
  headers: Record<string, string | string[] | number | undefined>;
  text: string;
  raw: Buffer;
}

/** A signed-in person of a test. */
export interface TestUser {
  actor: Actor;
  call: <P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType, R extends z.ZodType>(
    endpoint: Endpoint<P, Q, B, R>,
    input?: { params?: z.input<P>; query?: z.input<Q>; body?: Omit<z.input<B>, 'commandId'> & { commandId?: string } },
  ) => Promise<Reply<ResponseOf<Endpoint<P, Q, B, R>>>>;
  upload: (path: string, file: { name: string; content: Buffer }, fields?: Record<string, string>) => Promise<Reply<{ id: string; taskId: string }>>;
  cookie: string;
}

export interface TestApp {
  app: FastifyInstance;
  test: TestDatabase;
  /** opens an account with roles in a region and signs it in */
  user: (roles: string[], regionCode: string, options?: { departmentCode?: string; personKey?: string }) => Promise<TestUser>;
  anonymous: TestUser['call'];
  close: () => Promise<void>;
}

const password = 'test-password-01';

/** The whole HTTP application on a clone of the template database, without a port. */
export async function openTestApp(): Promise<TestApp> {
  const test = await openTestDatabase();
  setAuth(createAuth(test.database, getKeyring().sessionSecret, { oidc: undefined }, 'http://127.0.0.1'));
  setSecondFactorEnforced(false);
  registerModules();
  const app = await createApp({
    version: 'test',
    registerRoutes: (instance) => {
      registerPlatformRoutes(instance, () => ({ ready: true, step: 'ready' }));
      registerModuleRoutes(instance);
    },
  });
  await app.ready();
  const caller =
    (cookie: string): TestUser['call'] =>
    async (endpoint, input = {}) => {
      let url = endpoint.path;
      for (const [key, value] of Object.entries((input.params ?? {}) as Record<string, string>)) url = url.replace(`:${key}`, encodeURIComponent(value));
      const query = Object.entries((input.query ?? {}) as Record<string, unknown>).filter(([, value]) => value !== undefined);
      const body = endpoint.body ? { commandId: newId(), ...(input.body as object | undefined) } : undefined;
      const response = await app.inject({
        method: endpoint.method,
        url,
        query: Object.fromEntries(query.map(([key, value]) => [key, String(value)])),
        headers: cookie ? { cookie } : {},
        ...(body ? { payload: body } : {}),
      });
      const json = String(response.headers['content-type'] ?? '').includes('json');
      return { status: response.statusCode, body: (json ? response.json() : undefined) as never, headers: response.headers as never, text: response.body, raw: response.rawPayload };
    };
  let counter = 0;
  return {
    app,
    test,
    anonymous: caller(''),
    user: async (roles, regionCode, options = {}) => {
      counter += 1;
      const id = newId();
      const userName = `user${counter}`;
      await inTransaction(systemActor, (trx) => insertStaff(trx, { id, userName, displayName: `${roles[0]} ${counter}`, regionCode, departmentCode: options.departmentCode ?? null, personKey: options.personKey ?? null, roles }));
      await createLogin({ id, userName, displayName: userName, password });
      const signedIn = await app.inject({ method: 'POST', url: '/api/session', payload: { userName, password } });
      if (signedIn.statusCode !== 200) throw new Error(`Sign-in failed: ${signedIn.body}`);
      const cookie = signedIn.cookies.map((one) => `${one.name}=${one.value}`).join('; ');
      return {
        actor: await getActor(id),
        call: caller(cookie),
        cookie,
        upload: async (path, file, fields = {}) => {
          const boundary = 'sunlit-test-boundary';
          const part = (head: string) => Buffer.from(`--${boundary}\r\n${head}\r\n\r\n`);
          const payload = Buffer.concat([
            ...Object.entries({ commandId: newId(), ...fields }).flatMap(([name, value]) => [part(`Content-Disposition: form-data; name="${name}"`), Buffer.from(`${value}\r\n`)]),
            part(`Content-Disposition: form-data; name="file"; filename="${file.name}"\r\nContent-Type: application/octet-stream`),
            file.content,
            Buffer.from(`\r\n--${boundary}--\r\n`),
          ]);
          const response = await app.inject({ method: 'POST', url: path, headers: { cookie, 'content-type': `multipart/form-data; boundary=${boundary}` }, payload });
          return { status: response.statusCode, body: response.json(), headers: response.headers as never, text: response.body, raw: response.rawPayload };
        },
      };
    },
    close: async () => {
      await app.close();
      await test.close();
    },
  };
}

export type { BodyOf, ParamsOf, QueryOf };
