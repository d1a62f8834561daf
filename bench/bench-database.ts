import { chmodSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bootstrapCluster } from '../apps/server/src/platform/database/bootstrap.ts';
import { connectDatabase, setDatabase } from '../apps/server/src/platform/database/database.ts';
import { startEmbeddedCluster } from '../apps/server/src/platform/database/embedded-cluster.ts';
import { migrate } from '../apps/server/src/platform/database/migrate.ts';
import { setFileFolder } from '../apps/server/src/platform/files/stored-files.ts';
import { openKeyring, setKeyring } from '../apps/server/src/platform/personal-data/keyring.ts';
import { registerModules } from '../apps/server/src/modules.ts';
import { loadReferenceData } from '../apps/server/src/modules/organisation/index.ts';

export interface BenchDatabase {
  folder: string;
  superuserUrl: string;
}

/** A fresh database of its own for one measurement, without fsync on both sides of the comparison unless `durable`; gone afterwards. */
export async function withBenchDatabase<Result>(work: (bench: BenchDatabase) => Promise<Result>, options: { durable?: boolean } = {}): Promise<Result> {
  const folder = await mkdtemp(join(tmpdir(), 'sunlit-bench-'));
  chmodSync(folder, 0o755);
  const cluster = await startEmbeddedCluster({ folder, password: 'bench', throwaway: !options.durable });
  try {
    const urls = await bootstrapCluster(cluster, { database: 'bench', ownerPassword: 'bench', appPassword: 'bench' });
    await migrate(urls.ownerUrl, 'sunlit_app');
    await loadReferenceData(urls.ownerUrl);
    setKeyring(openKeyring(join(folder, 'keys'), { dataExists: false }));
    setFileFolder(join(folder, 'files'));
    const database = connectDatabase(urls.appUrl);
    setDatabase(database);
    // As in the product: an import is also looked over by the checks of data quality.
    registerModules();
    try {
      return await work({ folder, superuserUrl: cluster.superuserUrl('bench') });
    } finally {
      setDatabase(undefined);
      await database.close();
    }
  } finally {
    await cluster.leave();
    await rm(folder, { recursive: true, force: true });
  }
}

export function rounded(value: number): number {
  return Math.round(value * 100) / 100;
}

/** Watches this process's memory while work runs. */
export async function withPeakMemory<Result>(work: () => Promise<Result>): Promise<{ result: Result; peakMemoryMiB: number }> {
  let peak = process.memoryUsage().rss;
  const watch = setInterval(() => (peak = Math.max(peak, process.memoryUsage().rss)), 200);
  try {
    return { result: await work(), peakMemoryMiB: Math.round(peak / 1024 / 1024) };
  } finally {
    clearInterval(watch);
  }
}
