import { join, resolve } from 'node:path';
import type { Command } from 'commander';
import { recordAudit } from '#platform/audit/record-audit.ts';
import { verifyAudit } from '#platform/audit/verify-audit.ts';
import { systemActor } from '#platform/authorization/actor.ts';
import { backUp, pruneWalArchive } from '#platform/backup/back-up.ts';
import { restore } from '#platform/backup/restore.ts';
import { bootstrapCluster } from '#platform/database/bootstrap.ts';
import { connectDatabase, setDatabase } from '#platform/database/database.ts';
import { inTransaction } from '#platform/database/transaction.ts';
import { getKeyring, openKeyring, setKeyring } from '#platform/personal-data/keyring.ts';
import type { Settings } from '#platform/settings.ts';
import { withRuntime } from './administration-commands.ts';
import { CommandError } from './command-error.ts';
import type { CommandContext } from './command-line.ts';
import { lockDataFolder } from './data-lock.ts';

export function registerBackupCommands(program: Command, context: () => CommandContext, finish: (code: number | void) => void): void {
  program
    .command('backup')
    .description('备份数据库与文件，运行中也可以；不含密钥 / back up database and files, running or not; never the keys')
    .option('--to <folder>', '备份文件夹，应在另一块磁盘上 / target folder, better on another disk')
    .option('--prune-wal', '随后删除只有更早的备份才需要的 WAL 归档 / then remove archived WAL that only older backups need')
    .action(async (options: { to?: string; pruneWal?: boolean }) => {
      const c = context();
      requireEmbedded(c.settings);
      const target = resolve(options.to ?? join(`${c.settings.dataFolder}-backups`, new Date().toISOString().replaceAll(/[-:]/g, '').slice(0, 15)));
      const result = await withRuntime(c, async ({ cluster, settings }) => {
        const manifest = await backUp({ cluster: cluster!, dataFolder: settings.dataFolder, walArchive: settings.walArchiveFolder, target });
        const pruned = options.pruneWal ? pruneWalArchive(settings.walArchiveFolder, manifest.firstSegment) : 0;
        await inTransaction(systemActor, (trx) => recordAudit(trx, systemActor, { action: 'backup.create', objectKind: 'backup', objectId: manifest.finishedAt, details: { files: manifest.files.length, pruned } }));
        return { folder: target, finishedAt: manifest.finishedAt, files: manifest.files.length, bytes: manifest.files.reduce((sum, file) => sum + file.size, 0), prunedSegments: pruned };
      });
      c.print(
        result,
        `已备份到 ${target}（${result.files} 个文件，${(result.bytes / 1048576).toFixed(0)} MiB）。\n可恢复到 ${result.finishedAt} 以后 WAL 归档覆盖的任何时刻；归档在 ${c.settings.walArchiveFolder}，请一并保存。\n密钥不在备份里：请把 ${c.settings.keysFolder} 另行保存在别处，没有它备份无法解开。`,
      );
      finish();
    });
  program
    .command('restore')
    .description('由备份和 WAL 归档恢复到某一时刻，写入一个新的数据文件夹 / restore to a moment, into a new data folder')
    .requiredOption('--from <folder>', '备份文件夹 / the backup')
    .requiredOption('--into <folder>', '新的（空的）数据文件夹 / new, empty data folder')
    .option('--to-time <timestamp>', '例如 2026-03-01T09:30:00；不写时区按北京时间；省略则恢复到归档末尾 / default: as far as the archive reaches')
    .action(async (options: { from: string; into: string; toTime?: string }) => {
      const c = context();
      requireEmbedded(c.settings);
      const into = resolve(options.into);
      const toTime = options.toTime === undefined ? undefined : readTime(options.toTime);
      setKeyring(openKeyring(c.settings.keysFolder, { dataExists: true }));
      const { cluster } = await restore({ from: resolve(options.from), toTime, into, walArchive: c.settings.walArchiveFolder, formerDataFolder: c.settings.dataFolder });
      const release = lockDataFolder(into);
      try {
        const { database: passwords } = getKeyring();
        const { appUrl } = await bootstrapCluster(cluster, { database: 'sunlit', ownerPassword: passwords.owner, appPassword: passwords.app });
        const database = connectDatabase(appUrl);
        setDatabase(database);
        const audit = await verifyAudit();
        await inTransaction(systemActor, (trx) => recordAudit(trx, systemActor, { action: 'backup.restore', objectKind: 'backup', objectId: toTime?.toISOString() ?? 'latest' }));
        setDatabase(undefined);
        await database.close();
        c.print(
          { folder: into, toTime: toTime?.toISOString() ?? null, audit },
          `已恢复到 ${into}${toTime ? `，时刻 ${toTime.toISOString()}` : ''}；审计链${audit.intact ? '完好' : `被改动：\n  ${audit.problems.join('\n  ')}`}。\n原数据文件夹没有动过。启用恢复的数据：停止服务，设 SUNLIT_DATA=${into} 再启动，然后立即做一次新的备份。`,
        );
        finish(audit.intact ? 0 : 1);
      } finally {
        await cluster.leave();
        release();
      }
    });
}

function requireEmbedded(settings: Settings): void {
  if (settings.databaseUrl) throw new CommandError('数据库由 DATABASE_URL 指定，备份与恢复请用该数据库自己的工具（pg_basebackup、pgBackRest 等，由其管理员执行），并一并保存 SUNLIT_DATA 中的 files 与 datasets。');
}

/** Without a zone, Beijing time: the one all deadlines of the system are in. */
function readTime(text: string): Date {
  const time = new Date(/(Z|[+-]\d{2}:?\d{2})$/i.test(text.trim()) ? text.trim() : `${text.trim().replace(' ', 'T')}+08:00`);
  if (Number.isNaN(time.getTime())) throw new CommandError(`--to-time 无法识别：${text}；请写成 2026-03-01T09:30:00。`);
  if (time.getTime() > Date.now()) throw new CommandError('--to-time 不能晚于现在。');
  return time;
}
