import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import { startSealing } from '#platform/audit/seal-audit.ts';
import { registerOidcRoutes } from '#platform/authentication/oidc-routes.ts';
import { systemActor } from '#platform/authorization/actor.ts';
import { setRealNameProvider } from '#platform/authentication/real-name-sign-in.ts';
import { setSecondFactorEnforced } from '#platform/authorization/authorize.ts';
import { calendarWarning, loadCalendar } from '#platform/calendar/working-days.ts';
import { today } from '#platform/clock/today.ts';
import { inTransaction } from '#platform/database/transaction.ts';
import { startDeliveringEvents } from '#platform/events/deliver-events.ts';
import { countUndeliveredEvents } from '#platform/events/undelivered-events.ts';
import { createApp } from '#platform/http/create-app.ts';
import { registerPlatformRoutes } from '#platform/http/platform-routes.ts';
import { startWorking, stopWorking } from '#platform/jobs/jobs.ts';
import { log } from '#platform/logging/log.ts';
import { isLoopback, repositoryFolder, type Settings } from '#platform/settings.ts';
import { startCheckingLedger } from '#modules/registries/funds/index.ts';
import { registerModuleRoutes } from '../modules.ts';
import { openRuntime, type Runtime } from '../runtime.ts';
import { registerWebApps } from '../web-apps.ts';
import { CommandError } from './command-error.ts';
import { lockDataFolder } from './data-lock.ts';
import { registerDemoIdentityProvider } from './demo/demo-identity-provider.ts';

export const productVersion: string = (JSON.parse(readFileSync(join(repositoryFolder, 'package.json'), 'utf8')) as { version: string }).version;

export interface Server {
  runtime: Runtime;
  app: FastifyInstance;
  address: string;
  setReady: (ready: boolean, step: string) => void;
  stop: () => Promise<void>;
}

/** Opens the runtime, listens, and works on jobs unless told not to. `ready` is false until the caller says otherwise. */
export async function startServer(settings: Settings, options: { worker: boolean; onStep?: (step: string) => void }): Promise<Server> {
  const release = settings.databaseUrl ? () => undefined : lockDataFolder(settings.dataFolder);
  const runtime = await openRuntime(settings, { ...(options.onStep ? { onStep: options.onStep } : {}) });
  const demo = await isDemo(runtime);
  if (demo && !isLoopback(settings.host)) {
    await runtime.close();
    throw new CommandError(`演示账号的密码是公开的，不能对外提供：HOST=${settings.host}。请用本机地址，或用 sunlit setup 建一个没有演示数据的系统。`);
  }
  setSecondFactorEnforced(!demo);
  let readiness = { ready: false, step: 'starting' };
  let app: FastifyInstance;
  try {
    app = await createApp({
      version: productVersion,
      registerRoutes: async (instance) => {
        registerPlatformRoutes(instance, () => readiness, { version: productVersion, oidcEnabled: settings.oidc !== undefined });
        registerModuleRoutes(instance);
        if (settings.oidc) registerOidcRoutes(instance, settings.publicUrl);
        offerRealNameSignIn(instance, runtime, settings);
        await registerWebApps(instance);
      },
    });
    await app.listen({ host: settings.host, port: settings.port });
  } catch (error) {
    await runtime.close();
    release();
    throw listenProblem(error as NodeJS.ErrnoException, settings);
  }
  const warning = calendarWarning(await inTransaction(systemActor, loadCalendar), today());
  if (warning) log.warn({}, warning);
  const stopSealing = startSealing((error) => log.error({ error: (error as Error).message }, 'sealing the audit log'));
  countUndeliveredEvents();
  let stopWork = async () => {};
  if (options.worker) {
    await startWorking();
    const stopDelivering = startDeliveringEvents();
    const stopCheckingLedger = startCheckingLedger();
    stopWork = async () => {
      stopCheckingLedger();
      await stopDelivering();
    };
  }
  const bound = app.server.address();
  return {
    runtime,
    app,
    address: `http://${settings.host.includes(':') ? `[${settings.host}]` : settings.host}:${typeof bound === 'object' && bound ? bound.port : settings.port}`,
    setReady: (ready, step) => (readiness = { ready, step }),
    stop: async () => {
      readiness = { ready: false, step: 'stopping' };
      await app.close();
      await stopWork();
      await stopWorking();
      await stopSealing();
      await runtime.close();
      release();
    },
  };
}

export async function isDemo(runtime: Runtime): Promise<boolean> {
  const row = await runtime.database.app.selectFrom('platform.installation').select('value').where('key', '=', 'demo').executeTakeFirst();
  return row !== undefined;
}

/** The configured provider, or the demo’s own, which lives nowhere else. */
function offerRealNameSignIn(app: FastifyInstance, runtime: Runtime, settings: Settings): void {
  const callbackUrl = `${settings.publicUrl}/api/my-file/real-name/callback`;
  if (settings.residentOidc) setRealNameProvider({ ...settings.residentOidc, callbackUrl, isAvailable: async () => true });
  else setRealNameProvider(registerDemoIdentityProvider(app, { publicUrl: settings.publicUrl, callbackUrl, isDemo: async () => isLoopback(settings.host) && (await isDemo(runtime)) }));
}

/** Says in one sentence why the address cannot be used; any other error stays as it is. */
function listenProblem(error: NodeJS.ErrnoException, settings: Settings): Error {
  if (error.code === 'EADDRINUSE') return new CommandError(`端口 ${settings.port} 已被占用；请停止占用它的程序，或换一个端口，例如 PORT=8081 npm start。`);
  if (error.code === 'EACCES') return new CommandError(`没有权限使用端口 ${settings.port}；请换一个 1024 以上的端口。`);
  if (error.code === 'EADDRNOTAVAIL' || error.code === 'ENOTFOUND') return new CommandError(`本机没有地址 ${settings.host}；请检查 HOST。`);
  return error;
}

/** Waits for Ctrl-C or a stop request; a second one does not wait for anything. */
export async function untilStopped(stop: () => Promise<void>): Promise<void> {
  await new Promise<void>((done) => {
    let stopping = false;
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
      process.on(signal, () => {
        if (stopping) return;
        stopping = true;
        console.log('正在停止…… / Stopping…');
        void stop().then(done, done);
      });
    }
  });
}
