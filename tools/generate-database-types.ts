/** Writes apps/server/src/platform/database/schema.generated.ts from a freshly migrated database. */
import { execFileSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bootstrapCluster } from '../apps/server/src/platform/database/bootstrap.ts';
import { startEmbeddedCluster } from '../apps/server/src/platform/database/embedded-cluster.ts';
import { migrate } from '../apps/server/src/platform/database/migrate.ts';

const folder = mkdtempSync(join(tmpdir(), 'sunlit-types-'));
chmodSync(folder, 0o755);
const cluster = await startEmbeddedCluster({ folder, password: 'types', throwaway: true });
try {
  const urls = await bootstrapCluster(cluster, { database: 'types', ownerPassword: 'types', appPassword: 'types' });
  await migrate(urls.ownerUrl, 'sunlit_app');
  const output = join(import.meta.dirname, '../apps/server/src/platform/database/schema.generated.ts');
  execFileSync(
    process.execPath,
    [
      join(import.meta.dirname, '../node_modules/kysely-codegen/dist/cli/bin.js'),
      '--url', urls.ownerUrl, '--dialect', 'postgres', '--out-file', output, '--type-only-imports', '--date-parser', 'string',
      '--include-pattern', '(platform|audit|organisation|households|data_intake|supervision|participation|funds|payouts|publication|identification|projects|my_file).*',
    ],
    { stdio: 'inherit' },
  );
  // The driver reads bigint as a number (fen stay far below 2^53) and JSON as whatever its writer put there.
  const text = readFileSync(output, 'utf8')
    .replace(/export type Int8 = .*/, 'export type Int8 = ColumnType<number, bigint | number | string, bigint | number | string>;')
    .replace(/export type Json = JsonValue;/, 'export type Json = ColumnType<unknown, string, string>;')
    .replace(/export type Json(Array|Object|Primitive|Value) =[^;]*(\{[^}]*\})?[^;]*;\n\n/g, '');
  writeFileSync(output, text);
} finally {
  await cluster.leave();
  rmSync(folder, { recursive: true, force: true });
}
