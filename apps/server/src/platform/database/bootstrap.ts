import pg from 'pg';
import type { Cluster } from './embedded-cluster.ts';

export interface DatabaseUrls {
  ownerUrl: string;
  appUrl: string;
}

/** Makes the two login roles and the database of an embedded cluster, once; passwords are set every time. */
export async function bootstrapCluster(cluster: Cluster, names: { database: string; ownerPassword: string; appPassword: string }): Promise<DatabaseUrls> {
  const client = new pg.Client({ connectionString: cluster.superuserUrl('postgres') });
  await client.connect();
  try {
    for (const [role, password, attributes] of [
      ['sunlit_owner', names.ownerPassword, 'CREATEROLE'],
      ['sunlit_app', names.appPassword, 'NOCREATEROLE'],
    ] as const) {
      await client.query(`DO $$ BEGIN CREATE ROLE ${role} LOGIN; EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; END $$`);
      await client.query(`ALTER ROLE ${role} LOGIN NOSUPERUSER NOBYPASSRLS NOREPLICATION ${attributes} PASSWORD ${client.escapeLiteral(password)}`);
    }
    const exists = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [names.database]);
    if (exists.rowCount === 0) await client.query(`CREATE DATABASE ${client.escapeIdentifier(names.database)} OWNER sunlit_owner`);
    await client.query(`REVOKE ALL ON DATABASE ${client.escapeIdentifier(names.database)} FROM PUBLIC`);
    await client.query(`GRANT CONNECT, TEMPORARY ON DATABASE ${client.escapeIdentifier(names.database)} TO sunlit_app`);
  } finally {
    await client.end();
  }
  const url = (role: string, password: string) => `postgres://${role}:${encodeURIComponent(password)}@127.0.0.1:${cluster.port}/${names.database}`;
  return { ownerUrl: url('sunlit_owner', names.ownerPassword), appUrl: url('sunlit_app', names.appPassword) };
}
