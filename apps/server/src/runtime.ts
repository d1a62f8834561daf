import { createAuth, setAuth } from '#platform/authentication/auth.ts';
import { bootstrapCluster } from '#platform/database/bootstrap.ts';
import { connectDatabase, requireHarmlessRole, setDatabase, type Database } from '#platform/database/database.ts';
import { startEmbeddedCluster, type Cluster } from '#platform/database/embedded-cluster.ts';
import { migrate } from '#platform/database/migrate.ts';
import { requireMatchingKeys } from '#platform/personal-data/key-fingerprint.ts';
import { openKeyring, setKeyring } from '#platform/personal-data/keyring.ts';
import { bucketStore, folderStore } from '#platform/files/file-store.ts';
import { setFileStore } from '#platform/files/stored-files.ts';
import type { Settings } from '#platform/settings.ts';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { setDatasetFolder } from '#analytics/dataset-store/open-dataset-store.ts';
import { loadReferenceData } from '#modules/organisation/index.ts';
import { registerModules } from './modules.ts';

export interface Runtime {
  settings: Settings;
  database: Database;
  cluster: Cluster | undefined;
  ownerUrl: string;
  appUrl: string;
  /** ends this process's use of the database; the embedded server stops when nobody else uses it */
  close: () => Promise<void>;
}

/** Opens keys, database and modules: what every command of the command line needs before it can act. */
export async function openRuntime(settings: Settings, options: { onStep?: (step: string) => void; migrate?: boolean } = {}): Promise<Runtime> {
  const step = options.onStep ?? (() => undefined);
  const keyring = openKeyring(settings.keysFolder, { dataExists: existsSync(join(settings.dataFolder, 'postgres', 'PG_VERSION')) });
  setKeyring(keyring);
  let cluster: Cluster | undefined;
  let ownerUrl = settings.databaseOwnerUrl;
  let appUrl = settings.databaseUrl;
  if (!ownerUrl || !appUrl) {
    step('database');
    cluster = await startEmbeddedCluster({ folder: settings.dataFolder, password: keyring.database.superuser, walArchive: settings.walArchiveFolder });
    ({ ownerUrl, appUrl } = await bootstrapCluster(cluster, { database: 'sunlit', ownerPassword: keyring.database.owner, appPassword: keyring.database.app }));
  }
  const database = connectDatabase(appUrl);
  try {
    // Before anything is granted to it.
    await requireHarmlessRole(database);
    if (options.migrate !== false) {
      step('structure');
      await migrate(ownerUrl, decodeURIComponent(new URL(appUrl).username));
      await requireMatchingKeys(ownerUrl);
      await loadReferenceData(ownerUrl);
    }
  } catch (error) {
    await database.close();
    await cluster?.leave();
    throw error;
  }
  setDatabase(database);
  setFileStore(settings.objectStore ? bucketStore(settings.objectStore) : folderStore(join(settings.dataFolder, 'files')));
  setDatasetFolder(join(settings.dataFolder, 'datasets'));
  setAuth(createAuth(database, keyring.sessionSecret, settings, settings.publicUrl));
  registerModules();
  return {
    settings,
    database,
    cluster,
    ownerUrl,
    appUrl,
    close: async () => {
      setDatabase(undefined);
      await database.close();
      await cluster?.leave();
    },
  };
}
