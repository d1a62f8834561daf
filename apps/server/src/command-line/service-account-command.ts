import { newId } from '@sunlit/kernel';
import type { Command } from 'commander';
import { createServiceAccount, listServiceAccounts, revokeServiceAccount } from '#modules/organisation/index.ts';
import { getActingUser } from './acting-user.ts';
import { withRuntime } from './administration-commands.ts';
import type { CommandContext } from './command-line.ts';

export function registerServiceAccountCommand(program: Command, context: () => CommandContext, finish: (code: number | void) => void): void {
  const accounts = program.command('service-account').description('命令行与接口用的服务账号 / accounts for the command line and interfaces');
  accounts
    .command('create <name>')
    .description('建一个不能登录、只限一个地区的服务账号 / one that cannot sign in, scoped to a division')
    .requiredOption('--region <code>', '12 位区划代码 / 12-digit division code')
    .requiredOption('--role <role...>', '角色，例如 data-provider / roles')
    .option('--department <code>', '所属部门，例如 public-security / department')
    .action(async (name: string, options: { region: string; role: string[]; department?: string }) => {
      const c = context();
      const result = await withRuntime(c, async (runtime) =>
        createServiceAccount(await getActingUser(c, runtime), { commandId: newId(), userName: name, regionCode: options.region, departmentCode: options.department ?? null, roles: options.role }),
      );
      c.print({ ...result, userName: name }, `服务账号 ${name} 已建立；命令行用 --as ${name}。`);
      finish();
    });
  accounts
    .command('list')
    .description('列出服务账号 / list them')
    .action(async () => {
      const c = context();
      const items = await withRuntime(c, async (runtime) => listServiceAccounts(await getActingUser(c, runtime)));
      c.print({ items }, items.length === 0 ? '没有服务账号。' : items.map((one) => `  ${one.userName}  ${one.active ? '启用' : '停用'}  ${one.regionCode}  ${one.departmentCode ?? '—'}  ${one.roles.join(',')}`).join('\n'));
      finish();
    });
  accounts
    .command('revoke <name>')
    .description('停用服务账号 / nobody can act as it any more')
    .requiredOption('--reason <text>', '原因，记入审计 / why; goes into the audit')
    .action(async (name: string, options: { reason: string }) => {
      const c = context();
      const result = await withRuntime(c, async (runtime) => revokeServiceAccount(await getActingUser(c, runtime), { commandId: newId(), userName: name, reason: options.reason }));
      c.print({ ...result, userName: name }, `服务账号 ${name} 已停用。`);
      finish();
    });
}
