import type { BodyOf, carryForward as endpoint } from '@sunlit/api-spec';
import { newId } from '@sunlit/kernel';
import { recordAudit } from '#platform/audit/record-audit.ts';
import type { Actor } from '#platform/authorization/actor.ts';
import { authorize } from '#platform/authorization/authorize.ts';
import { today } from '#platform/clock/today.ts';
import { runCommand } from '#platform/commands/run-command.ts';
import { AppError } from '#platform/errors.ts';
import { getFundKind } from '../fund-catalogue.ts';
import { move } from '../ledger/accounts.ts';
import { postTransaction } from '../ledger/post-transaction.ts';
import { getIndicatorRow, insertIndicator, lineageBelow, readBalance, trancheOf, type NewIndicator } from './indicator-store.ts';
import { lastYearOf, requireHeld, requireNotFuture } from './trail-policy.ts';

/** Carries what is available into the next fiscal year. The clock of the money does not start again. */
export async function carryForward(actor: Actor, id: string, body: BodyOf<typeof endpoint>): Promise<{ id: string }> {
  const command = { ...body, id };
  return runCommand(actor, 'fund.carry-forward', command, async (trx) => {
    const row = await getIndicatorRow(trx, id, { lock: true });
    authorize(actor, 'fund.allocate', { regionCode: row.region_code });
    requireHeld(row);
    requireNotFuture('carriedOn', command.carriedOn, today());
    const year = row.fiscal_year + 1;
    if (Number(command.carriedOn.slice(0, 4)) !== year) throw new AppError('request-invalid', undefined, { fields: [{ path: 'carriedOn', message: `${row.fiscal_year} 年度的资金在 ${year} 年办理结转。` }] });
    const kind = getFundKind(row.fund_code, row.region_code, row.issued_on);
    if (year > lastYearOf(row, kind.carryOverYears)) throw new AppError('wrong-state', `这种资金最多结转 ${kind.carryOverYears} 年，已到期；剩余资金应由上级收回。`);
    const amountFen = await readBalance(trx, id, 'available');
    if (amountFen === 0) throw new AppError('funds-insufficient', '没有可以结转的余额。');
    const nextId = newId();
    const next: NewIndicator = {
      county_code: row.county_code,
      id: nextId,
      region_code: row.region_code,
      department_code: row.department_code,
      kind: 'carry-over',
      parent_id: row.id,
      parent_region_code: row.region_code,
      root_id: row.root_id,
      document_id: null,
      document_number: command.documentNumber,
      lineage: lineageBelow(row),
      fund_code: row.fund_code,
      fiscal_year: year,
      purpose_code: row.purpose_code,
      title: row.title,
      amount_fen: amountFen,
      issued_on: command.carriedOn,
      expected_on: command.carriedOn,
      arrived_on: command.carriedOn,
      clock_from: row.clock_from,
      carried: row.carried + 1,
      state: 'held',
      transaction_id: '',
    };
    next.transaction_id = await postTransaction(trx, actor, {
      kind: 'carry-over',
      businessKey: `carry-over:${nextId}`,
      bookCode: row.region_code,
      day: command.carriedOn,
      summary: `${command.documentNumber} ${row.title}`,
      lines: [...move(trancheOf(row), amountFen, 'available', 'carried-forward'), ...move(trancheOf(next), amountFen, 'brought-forward', 'available')],
    });
    await insertIndicator(trx, actor, next);
    await recordAudit(trx, actor, { action: 'fund.carry-forward', objectKind: 'indicator', objectId: nextId, regionCode: row.region_code, details: { from: row.id, amountFen, fiscalYear: year } });
    return { id: nextId };
  });
}
