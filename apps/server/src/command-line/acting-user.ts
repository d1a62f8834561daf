import { findActor, type Actor } from '#platform/authorization/actor.ts';
import { setSecondFactorEnforced } from '#platform/authorization/authorize.ts';
import { inIdentityTransaction } from '#platform/database/transaction.ts';
import type { Runtime } from '../runtime.ts';
import { CommandError, UsageError } from './command-error.ts';
import type { CommandContext } from './command-line.ts';
import { isDemo } from './serve.ts';

/** Who a command acts as: the account of `--as`, with exactly the locks that account has in the browser. */
export async function getActingUser(context: CommandContext, runtime: Runtime): Promise<Actor> {
  const userName = context.as;
  if (!userName) throw new UsageError('请用 --as 说明以谁的身份执行，例如 --as zhang.min；没有这样的账号时可先用 sunlit service-account create 建一个服务账号。');
  setSecondFactorEnforced(!(await isDemo(runtime)));
  const staff = await inIdentityTransaction((trx) => trx.selectFrom('organisation.staff').select('id').where('user_name', '=', userName).executeTakeFirst());
  const actor = staff && (await findActor(staff.id));
  if (!actor) throw new CommandError(`没有账号 ${userName}，或已停用。`);
  return actor;
}
