import { randomBytes } from 'node:crypto';
import { resolve } from 'node:path';
import type { Command } from 'commander';
import { exportAudit } from '#platform/audit/export-audit.ts';
import { recordAudit } from '#platform/audit/record-audit.ts';
import { verifyAudit } from '#platform/audit/verify-audit.ts';
import { systemActor } from '#platform/authorization/actor.ts';
import { inTransaction } from '#platform/database/transaction.ts';
import { stopWorking } from '#platform/jobs/jobs.ts';
import { rotateKeys } from '#platform/personal-data/keyring.ts';
import { findRegion } from '#modules/organisation/index.ts';
import { openRuntime, type Runtime } from '../runtime.ts';
import { openAccount } from './accounts.ts';
import { CommandError } from './command-error.ts';
import type { CommandContext } from './command-line.ts';

/** Opens the runtime beside a running server or without one, runs the work, and leaves the server as it was. */
export async function withRuntime<Result>(context: CommandContext, work: (runtime: Runtime) => Promise<Result>): Promise<Result> {
  const runtime = await openRuntime(context.settings);
  try {
    return await work(runtime);
  } finally {
    await stopWorking();
    await runtime.close();
  }
}

export function registerAdministrationCommands(program: Command, context: () => CommandContext, finish: (code: number | void) => void): void {
  program
    .command('setup')
    .description('建一个没有演示数据的系统，并开三个管理员账号 / an empty system with its three administrators')
    .requiredOption('--region <code>', '12 位区划代码 / 12-digit division code')
    .action(async (options: { region: string }) => {
      const c = context();
      await withRuntime(c, async (runtime) => {
        const existing = await runtime.database.app.selectFrom('platform.installation').select('key').where('key', '=', 'demo').executeTakeFirst();
        if (existing) throw new CommandError('这里是演示系统；请换一个空的数据文件夹（SUNLIT_DATA）和密钥文件夹（SUNLIT_KEYS）。');
        if (!(await inTransaction(systemActor, (trx) => findRegion(trx, options.region)))) throw new CommandError(`没有区划 ${options.region}；请填写 12 位区划代码，例如涟水县 320826000000。`);
        const accounts: { userName: string; password: string; role: string }[] = [];
        for (const [userName, role, displayName] of [
          ['sysadmin', 'system-administrator', '系统管理员'],
          ['secadmin', 'security-administrator', '安全管理员'],
          ['auditadmin', 'audit-administrator', '审计管理员'],
        ] as const) {
          const password = randomBytes(12).toString('base64url');
          const opened = await openAccount({ userName, displayName, password, roles: [role], regionCode: options.region, departmentCode: null });
          if (opened) accounts.push({ userName, password, role });
        }
        if (accounts.length === 0) throw new CommandError('三个管理员账号已经存在。');
        c.print({ accounts }, `已建立。密码只显示这一次，请分别交给三个人；首次登录后请在“个人设置”里启用动态验证码：\n${accounts.map((one) => `  ${one.userName}  ${one.password}`).join('\n')}`);
      });
      finish();
    });
  program
    .command('verify-audit')
    .description('核对审计链 / recompute the audit chain')
    .option('--expect-head <hash>', '以前记下的链尾 / a head noted earlier')
    .option('--export <file>', '另存为 JSON 行，供 tools/verify-audit-offline.ts 离线核对 / also write the chain as JSON lines, to be verified offline')
    .action(async (options: { expectHead?: string; export?: string }) => {
      const c = context();
      const result = await withRuntime(c, async () => {
        if (options.export !== undefined) {
          const seals = await exportAudit(resolve(options.export));
          await inTransaction(systemActor, (trx) => recordAudit(trx, systemActor, { action: 'audit.export', objectKind: 'audit', objectId: String(seals) }));
        }
        return verifyAudit(options.expectHead);
      });
      c.print(result, `${result.intact ? '完好' : '被改动'}：已封存 ${result.sealed} 条，待封存 ${result.unsealed} 条，链尾 ${result.head ?? '无'}${result.problems.map((problem) => `\n  ${problem}`).join('')}`);
      finish(result.intact ? 0 : 1);
    });
  const keys = program.command('keys').description('密钥 / keys');
  keys
    .command('rotate')
    .description('换主密钥，旧数据照常可读 / new master key; old data stay readable')
    .action(() => {
      const c = context();
      const result = rotateKeys(c.settings.keysFolder);
      c.print(result, `主密钥已更换为 ${result.masterId}，新数据用第 ${result.dataKey} 版数据密钥；运行中的服务重启后生效。`);
      finish();
    });
}
