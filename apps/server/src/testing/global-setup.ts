import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { bootstrapCluster } from '#platform/database/bootstrap.ts';
import { startEmbeddedCluster } from '#platform/database/embedded-cluster.ts';
import { migrate } from '#platform/database/migrate.ts';
import { loadReferenceData } from '#modules/organisation/index.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    superuserUrl: string;
  }
}

/** One real PostgreSQL for the whole run, with a migrated template database that every test file clones. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = mkdtempSync(join(tmpdir(), 'sunlit-test-'));
  chmodSync(folder, 0o755);
  const cluster = await startEmbeddedCluster({ folder, password: 'test', throwaway: true });
  const urls = await bootstrapCluster(cluster, { database: 'sunlit_template', ownerPassword: 'test', appPassword: 'test' });
  await migrate(urls.ownerUrl, 'sunlit_app');
  await loadReferenceData(urls.ownerUrl);
  project.provide('superuserUrl', cluster.superuserUrl('postgres'));
  return async () => {
    await cluster.leave();
    rmSync(folder, { recursive: true, force: true });
  };
}
