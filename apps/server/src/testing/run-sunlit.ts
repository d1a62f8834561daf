import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { createServer } from 'node:net';
import { join } from 'node:path';

const main = join(import.meta.dirname, '../main.ts');

export interface Ran {
  code: number;
  out: string;
  error: string;
}

const environmentOf = (extra: Record<string, string>): NodeJS.ProcessEnv => {
  const clean = Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(SUNLIT_|DATABASE_|PORT$|HOST$|NODE_OPTIONS$|VITEST)/.test(name)));
  return { ...clean, ...extra };
};

/** Runs the real command line in a process of its own. */
export async function runSunlit(environment: Record<string, string>, args: string[], options: { uid?: number; gid?: number } = {}): Promise<Ran> {
  return new Promise((done) => {
    execFile(process.execPath, [main, ...args], { env: environmentOf(environment), maxBuffer: 64 * 1024 * 1024, ...options }, (error, out, complaint) => {
      done({ code: error ? (typeof error.code === 'number' ? error.code : 1) : 0, out, error: complaint });
    });
  });
}

export interface RunningSunlit {
  process: ChildProcess;
  output: () => string;
  /** resolves with the exit code */
  ended: Promise<number | null>;
  stop: (signal?: NodeJS.Signals) => Promise<number | null>;
}

/** Starts a command that keeps running; resolves once its output matches, rejects when it ends before that. */
export async function startSunlit(environment: Record<string, string>, args: string[], until: RegExp): Promise<RunningSunlit> {
  const child = spawn(process.execPath, [main, ...args], { env: environmentOf(environment), stdio: ['ignore', 'pipe', 'pipe'] });
  let text = '';
  const ended = new Promise<number | null>((done) => child.once('exit', done));
  await new Promise<void>((done, fail) => {
    const read = (chunk: Buffer): void => {
      text += chunk.toString();
      if (until.test(text)) done();
    };
    child.stdout.on('data', read);
    child.stderr.on('data', read);
    void ended.then((code) => fail(new Error(`sunlit ${args.join(' ')} ended with ${code}: ${text}`)));
  });
  return {
    process: child,
    output: () => text,
    ended,
    stop: (signal = 'SIGINT') => {
      child.kill(signal);
      return ended;
    },
  };
}

export async function findFreePort(): Promise<number> {
  return new Promise((done, fail) => {
    const server = createServer();
    server.once('error', fail);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => (address && typeof address === 'object' ? done(address.port) : fail(new Error('no port'))));
    });
  });
}
