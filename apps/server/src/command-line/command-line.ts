import { Command, CommanderError } from 'commander';
import { readSettings } from '#platform/settings.ts';
import { registerBenchCommand } from './bench-command.ts';
import { registerCheckCommand } from './check-command.ts';
import { registerDemoCommands } from './demo/demo-commands.ts';
import { registerFindingsCommands } from './findings-command.ts';
import { registerLedgerCommand } from './ledger-command.ts';
import { registerBackupCommands } from './backup-commands.ts';
import { CommandError, UsageError } from './command-error.ts';
import { registerEventsCommands } from './events-command.ts';
import { registerAdministrationCommands } from './administration-commands.ts';
import { registerIntakeCommand } from './intake-command.ts';
import { registerServiceAccountCommand } from './service-account-command.ts';
import { registerImportCommand } from './import-command.ts';
import { registerServiceCommands } from './service-commands.ts';
import { productVersion } from './serve.ts';

export { CommandError, UsageError };

/** What every command gets: settings, whether to answer in JSON, and who acts. */
export interface CommandContext {
  settings: ReturnType<typeof readSettings>;
  json: boolean;
  as: string | undefined;
  print: (value: unknown, text: string) => void;
}

/** Parses the command line and runs one command. Returns the exit code: 0 done, 1 failed, 2 wrongly called. */
export async function runCommandLine(args: string[]): Promise<number> {
  const program = new Command('sunlit');
  let code = 0;
  program
    .description('Sunlit 阳光')
    .version(productVersion)
    .option('--json', '以 JSON 输出 / answer in JSON')
    .option('--as <user>', '以谁的身份（用户名或服务账号）/ act as this account')
    .exitOverride()
    .showHelpAfterError('（用 --help 查看用法 / see --help）');
  const context = (): CommandContext => {
    const options = program.opts<{ json?: boolean; as?: string }>();
    return {
      settings: readSettings(),
      json: options.json === true,
      as: options.as,
      print: (value, text) => console.log(options.json ? JSON.stringify(value) : text),
    };
  };
  const finish = (result: number | void) => {
    code = typeof result === 'number' ? result : 0;
  };
  registerServiceCommands(program, context, finish);
  registerAdministrationCommands(program, context, finish);
  registerServiceAccountCommand(program, context, finish);
  registerBackupCommands(program, context, finish);
  registerIntakeCommand(program, context, finish);
  registerImportCommand(program, context, finish);
  registerCheckCommand(program, context, finish);
  registerFindingsCommands(program, context, finish);
  registerEventsCommands(program, context, finish);
  registerLedgerCommand(program, context, finish);
  registerDemoCommands(program, context, finish);
  registerBenchCommand(program, context, finish);
  try {
    await program.parseAsync(args, { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    return error.exitCode === 0 ? 0 : 2;
  }
  return code;
}
