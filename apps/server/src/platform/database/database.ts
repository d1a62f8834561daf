import { Kysely, PostgresDialect } from 'kysely';
import pg from 'pg';
import type { DB } from './schema.generated.ts';

pg.types.setTypeParser(pg.types.builtins.INT8, (value) => Number(value));
pg.types.setTypeParser(pg.types.builtins.NUMERIC, (value) => Number(value));
// A calendar day stays text: a Date would shift it with the time zone.
pg.types.setTypeParser(pg.types.builtins.DATE, (value) => value);

export interface Database {
  /** the serving role: row-level security applies to every statement */
  app: Kysely<DB>;
  appPool: pg.Pool;
  /** same login, stepped into the role that owns sessions */
  sessionsPool: pg.Pool;
  jobsUrl: string;
  appUrl: string;
  close: () => Promise<void>;
}

export class DatabaseRoleError extends Error {}

export function connectDatabase(appUrl: string, options: { poolSize?: number } = {}): Database {
  const appPool = new pg.Pool({ connectionString: appUrl, max: options.poolSize ?? 12, application_name: 'sunlit' });
  const sessionsPool = new pg.Pool({ connectionString: appUrl, max: 4, options: '-c role=sunlit_sessions -c search_path=authentication', application_name: 'sunlit-sessions' });
  for (const pool of [appPool, sessionsPool]) {
    pool.on('error', () => undefined);
    // A connection that dies while in use fails its statement; unheard, its error event would end the process.
    pool.on('connect', (client) => client.on('error', () => undefined));
  }
  const app = new Kysely<DB>({ dialect: new PostgresDialect({ pool: appPool }) });
  const jobsUrl = new URL(appUrl);
  jobsUrl.searchParams.set('options', '-c role=sunlit_jobs');
  return {
    app,
    appPool,
    sessionsPool,
    jobsUrl: jobsUrl.toString(),
    appUrl,
    close: async () => {
      await app.destroy();
      // The query builder ends the pool only if it has used it.
      if (!appPool.ended) await appPool.end();
      await sessionsPool.end();
    },
  };
}

/** Serving as superuser, owner or a role that skips row-level security would open every region to everyone: refuse. */
export async function requireHarmlessRole(database: Database): Promise<void> {
  const { rows } = await database.appPool.query<{ unsafe: boolean; owner: boolean }>(`
    SELECT r.rolsuper OR r.rolbypassrls AS unsafe,
           EXISTS (SELECT 1 FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = 'households' AND pg_has_role(r.oid, c.relowner, 'MEMBER'))
             OR EXISTS (SELECT 1 FROM pg_database d WHERE d.datname = current_database() AND pg_has_role(r.oid, d.datdba, 'MEMBER')) AS owner
    FROM pg_roles r WHERE r.rolname = current_user`);
  if (rows[0]?.unsafe || rows[0]?.owner) {
    throw new DatabaseRoleError('DATABASE_URL 使用的数据库角色是超级用户、表的所有者或可绕过行级安全；请改用只读写数据的普通角色。');
  }
}

let current: Database | undefined;

export function setDatabase(database: Database | undefined): void {
  current = database;
}

/** The database of this process. Each process (and each test file) serves one. */
export function getDatabase(): Database {
  if (!current) throw new Error('The database is not connected yet.');
  return current;
}
