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
function inBoth(text: string, english = inLocale(text, 'en')): string {
  return withoutPersonalData(english === text ? text : `${text} / ${english}`);
}

/** What went wrong as people read it, or with `--json` as one line for machines; never a personal value. */
function explain(error: unknown): { code: string; message: string; fields?: { path: string; message: string }[]; stack?: string } {
  if (error instanceof UsageError) return { code: 'usage', message: inBoth(error.message) };
  if (mendable.some((kind) => error instanceof kind)) return { code: 'failed', message: inBoth((error as Error).message) };
  if (!(error instanceof AppError)) return { code: 'internal', message: '意外错误 / unexpected error', stack: withoutQuotedValues((error as Error).stack ?? String(error)) };
  const message = error.detail === undefined ? inBoth(messageOf(error.code, 'zh-CN'), messageOf(error.code, 'en')) : inBoth(error.detail);
  return { code: error.code, message, ...(error.fields ? { fields: error.fields.map((field) => ({ path: field.path, message: inBoth(field.message) })) } : {}) };
}

const args = process.argv.slice(2);
try {
  process.exitCode = await runCommandLine(args);
} catch (error) {
  const said = explain(error);
  if (args.includes('--json')) console.error(JSON.stringify({ error: said }));
  else console.error(said.stack ?? [said.message, ...(said.fields ?? []).map(({ path, message }) => `  ${path}：${message}`)].join('\n'));
  process.exitCode = error instanceof UsageError ? 2 : 1;
}
