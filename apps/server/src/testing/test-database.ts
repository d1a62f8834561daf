import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { inject } from 'vitest';
import { setDatasetFolder } from '#analytics/dataset-store/open-dataset-store.ts';
import { connectDatabase, setDatabase, type Database } from '#platform/database/database.ts';
import { setFileFolder } from '#platform/files/stored-files.ts';
import { silenceLogs } from '#platform/logging/log.ts';
import { openKeyring, setKeyring } from '#platform/personal-data/keyring.ts';

export interface TestDatabase {
  database: Database;
  ownerUrl: string;
  appUrl: string;
  superuserUrl: string;
  keysFolder: string;
  folder: string;
  close: () => Promise<void>;
}

/** A clone of the template for one test file, with its own keys and file folder. */
export async function openTestDatabase(): Promise<TestDatabase> {
  silenceLogs(process.env.SHOW_LOGS !== '1');
  const superuserUrl = new URL(inject('superuserUrl'));
  const name = `test_${process.pid}_${Math.random().toString(36).slice(2, 8)}`;
  const admin = new pg.Client({ connectionString: superuserUrl.toString() });
  await admin.connect();
  // Cloning needs the template to itself for a moment: test files take turns.
  await admin.query('SELECT pg_advisory_lock(1)');
  await admin.query(`CREATE DATABASE ${name} TEMPLATE sunlit_template OWNER sunlit_owner`);
  await admin.query('SELECT pg_advisory_unlock(1)');
  await admin.query(`GRANT CONNECT, TEMPORARY ON DATABASE ${name} TO sunlit_app`);
  await admin.end();
  const urlOf = (role: string) => `postgres://${role}:test@127.0.0.1:${superuserUrl.port}/${name}`;
  const folder = mkdtempSync(join(tmpdir(), 'sunlit-files-'));
  const keysFolder = join(folder, 'keys');
  setKeyring(openKeyring(keysFolder, { dataExists: false }));
  setFileFolder(join(folder, 'files'));
  setDatasetFolder(join(folder, 'datasets'));
  const database = connectDatabase(urlOf('sunlit_app'), { poolSize: 6 });
  setDatabase(database);
  const own = new URL(superuserUrl);
  own.pathname = `/${name}`;
  return {
    database,
    ownerUrl: urlOf('sunlit_owner'),
    appUrl: urlOf('sunlit_app'),
    superuserUrl: own.toString(),
    keysFolder,
    folder,
    close: async () => {
      setDatabase(undefined);
      await database.close();
      const again = new pg.Client({ connectionString: superuserUrl.toString() });
      await again.connect();
      await again.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
      await again.end();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
