import { CommandError, runCommandLine, UsageError } from './command-line/command-line.ts';
import { BackupError } from '#platform/backup/backup-manifest.ts';
import { ClusterError } from '#platform/database/embedded-cluster.ts';
import { DatabaseRoleError } from '#platform/database/database.ts';
import { MigrationError } from '#platform/database/migrate.ts';
import { KeyringError } from '#platform/personal-data/keyring.ts';
import { SettingsError } from '#platform/settings.ts';
import { AppError, messageOf } from '#platform/errors.ts';
import { inLocale } from '#platform/http/english.ts';
import { withoutPersonalData, withoutQuotedValues } from '#platform/logging/log.ts';

/** Reasons the operator can mend are one sentence; anything else shows its stack. */
const mendable = [CommandError, BackupError, ClusterError, DatabaseRoleError, MigrationError, KeyringError, SettingsError];

/** Chinese first, English after it, on one line. */
function inBoth(text: string): string {
  const english = inLocale(text, 'en');
  return withoutPersonalData(english === text ? text : `${text} / ${english}`);
}

try {
  process.exitCode = await runCommandLine(process.argv.slice(2));
} catch (error) {
  if (mendable.some((kind) => error instanceof kind)) console.error(inBoth((error as Error).message));
  else if (error instanceof AppError) console.error([inBoth(error.detail ?? messageOf(error.code, 'zh-CN')), ...(error.fields ?? []).map(({ path, message }) => `  ${path}：${inBoth(message)}`)].join('\n'));
  else console.error(withoutQuotedValues((error as Error).stack ?? String(error)));
  process.exitCode = error instanceof UsageError ? 2 : 1;
}
