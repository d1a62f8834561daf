import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { PgBoss } from 'pg-boss';
import { queueNames } from '../jobs/queue-names.ts';

const migrationsFolder = join(import.meta.dirname, '../../../migrations');

export class MigrationError extends Error {}

/**
 * Brings the database of `ownerUrl` to the newest structure. Forward only; each file in its own transaction; two
 * processes may call it at once. `appRole` is granted what each file says. Needs PostgreSQL 16 or newer and a role that
 * owns the database and may create roles.
 */
export async function migrate(ownerUrl: string, appRole: string, onProgress: (file: string) => void = () => undefined): Promise<number> {
  if (!/^[a-z_][a-z0-9_]*$/.test(appRole)) throw new MigrationError(`应用角色名不合规：${appRole}`);
  const client = new pg.Client({ connectionString: ownerUrl });
  await client.connect();
  let applied = 0;
  try {
    const { rows } = await client.query<{ number: number }>(`SELECT current_setting('server_version_num')::int AS number`);
    if ((rows[0]?.number ?? 0) < 160000) throw new MigrationError('需要 PostgreSQL 16 或更新的版本。');
    await client.query('SELECT pg_advisory_lock(727001)');
    await createGroupRoles(client, appRole);
    await client.query('CREATE TABLE IF NOT EXISTS public.sunlit_migration (file text PRIMARY KEY, sha256 text NOT NULL, applied_at timestamptz NOT NULL DEFAULT now())');
    const done = new Map((await client.query<{ file: string; sha256: string }>('SELECT file, sha256 FROM public.sunlit_migration')).rows.map((row) => [row.file, row.sha256]));
    for (const file of readdirSync(migrationsFolder).filter((name) => name.endsWith('.sql')).sort()) {
      const text = readFileSync(join(migrationsFolder, file), 'utf8');
      const sha256 = createHash('sha256').update(text).digest('hex');
      const before = done.get(file);
      if (before === sha256) continue;
      if (before) throw new MigrationError(`已执行过的升级文件 ${file} 被改动；请新增文件，不要改旧文件。`);
      onProgress(file);
      await client.query('BEGIN');
      try {
        await client.query(text.replaceAll('app_role', appRole));
        await client.query('INSERT INTO public.sunlit_migration (file, sha256) VALUES ($1, $2)', [file, sha256]);
        await client.query('COMMIT');
      } catch (error) {
        await client.query('ROLLBACK');
        throw new MigrationError(`升级文件 ${file} 失败：${(error as Error).message}`, { cause: error });
      }
      applied += 1;
    }
    await installJobs(ownerUrl, client);
    await client.query('SELECT pg_advisory_unlock(727001)');
  } finally {
    await client.end();
  }
  return applied;
}

/** Sessions and jobs keep their own roles: the application role must step into them and cannot reach them by default. */
async function createGroupRoles(client: pg.Client, appRole: string): Promise<void> {
  for (const role of ['sunlit_sessions', 'sunlit_jobs']) {
    await client.query(`DO $$ BEGIN CREATE ROLE ${role} NOLOGIN; EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; END $$`);
    await client.query(`DO $$ BEGIN GRANT ${role} TO ${appRole} WITH INHERIT FALSE, SET TRUE; EXCEPTION WHEN insufficient_privilege OR unique_violation THEN NULL; END $$`);
  }
}

async function installJobs(ownerUrl: string, client: pg.Client): Promise<void> {
  const boss = new PgBoss({ connectionString: ownerUrl, schema: 'jobs', supervise: false, schedule: false, max: 2 });
  boss.on('error', () => undefined);
  await boss.start();
  // A worker that is killed stops its heartbeat, and another takes the job; the expiry only bounds one that hangs.
  const options = { retryLimit: 5, retryDelay: 5, expireInSeconds: 3 * 3600, heartbeatSeconds: 30 };
  for (const name of queueNames) await ((await boss.getQueue(name)) ? boss.updateQueue(name, options) : boss.createQueue(name, options));
  await boss.stop({ graceful: false });
  await client.query(`
    GRANT USAGE ON SCHEMA jobs TO sunlit_jobs;
    GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA jobs TO sunlit_jobs;
    GRANT USAGE ON ALL SEQUENCES IN SCHEMA jobs TO sunlit_jobs;
    GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA jobs TO sunlit_jobs;`);
}
