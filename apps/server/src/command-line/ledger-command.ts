import type { Command } from 'commander';
import { recordAudit } from '#platform/audit/record-audit.ts';
import { systemActor } from '#platform/authorization/actor.ts';
import { inTransaction } from '#platform/database/transaction.ts';
import { listBalanceDifferences, rebuildBalances } from '#modules/registries/funds/index.ts';
import { withRuntime } from './administration-commands.ts';
import type { CommandContext } from './command-line.ts';

/** Compares every balance of the ledger with its postings; the postings alone are the truth, so balances can be made anew. */
export function registerLedgerCommand(program: Command, context: () => CommandContext, finish: (code: number | void) => void): void {
  program
    .command('verify-ledger')
    .description('核对资金账：每个余额与凭证相符 / every balance against its postings')
    .option('--rebuild', '由凭证重新算出余额 / make the balances anew from the postings')
    .action(async (options: { rebuild?: boolean }) => {
      const c = context();
      const { found, left } = await withRuntime(c, async () => {
        const before = await listBalanceDifferences();
        if (!options.rebuild || before.length === 0) return { found: before, left: before.length };
        await inTransaction(systemActor, (trx) => recordAudit(trx, systemActor, { action: 'ledger.rebuild', objectKind: 'ledger', objectId: 'balances', details: { differences: before.length } }));
        await rebuildBalances();
        return { found: before, left: (await listBalanceDifferences()).length };
      });
      const lines = found.map((one) => `\n  ${one.projection} ${one.subjectId} ${one.account}：凭证 ${one.postedFen} 分，余额 ${one.keptFen} 分`).join('');
      c.print({ differences: found, left }, found.length === 0 ? '相符：每个余额都等于它的凭证之和。' : `不符 ${found.length} 处${options.rebuild ? `，重算后还有 ${left} 处` : '；用 --rebuild 由凭证重算'}：${lines}`);
      finish(left === 0 ? 0 : 1);
    });
}
