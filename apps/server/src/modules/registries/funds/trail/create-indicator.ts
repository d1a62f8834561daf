import type { BodyOf, createIndicator as endpoint } from '@sunlit/api-spec';
import { newId } from '@sunlit/kernel';
import { recordAudit } from '#platform/audit/record-audit.ts';
import type { Actor } from '#platform/authorization/actor.ts';
import { authorize } from '#platform/authorization/authorize.ts';
import { today } from '#platform/clock/today.ts';
import { runCommand } from '#platform/commands/run-command.ts';
import { AppError } from '#platform/errors.ts';
import { getFundKind, requirePurpose } from '../fund-catalogue.ts';
import { move } from '../ledger/accounts.ts';
import { postTransaction } from '../ledger/post-transaction.ts';
import { insertIndicator, trancheOf, type NewIndicator } from './indicator-store.ts';
import { requireNotBefore, requireNotFuture, requireOpenYear } from './trail-policy.ts';

/** The first tranche of a document's money: from here on every yuan is followed. */
export async function createIndicator(actor: Actor, command: BodyOf<typeof endpoint>): Promise<{ id: string }> {
  return runCommand(actor, 'fund.indicator.create', command, async (trx) => {
    const document = await trx.selectFrom('funds.source_document').selectAll().where('id', '=', command.documentId).forUpdate().executeTakeFirst();
    if (!document) throw new AppError('not-found');
    authorize(actor, 'fund.allocate', { regionCode: document.region_code });
    requireNotBefore('arrivedOn', command.arrivedOn, document.issued_on, '发文日期');
    requireNotFuture('arrivedOn', command.arrivedOn, today());
    requirePurpose(getFundKind(command.fundCode, document.region_code, command.arrivedOn), command.purposeCode);
    const left = document.amount_fen - document.indicated_fen;
    if (command.amountFen > left) throw new AppError('funds-insufficient', `文件“${document.number}”还可登记 ${(left / 100).toFixed(2)} 元，不能登记 ${(command.amountFen / 100).toFixed(2)} 元。`);
    await trx.updateTable('funds.source_document').set({ indicated_fen: document.indicated_fen + command.amountFen }).where('id', '=', document.id).execute();
    const id = newId();
    const row: NewIndicator = {
      county_code: document.county_code,
      id,
      region_code: document.region_code,
      department_code: null,
      kind: 'source',
      parent_id: null,
      parent_region_code: null,
      root_id: id,
      document_id: document.id,
      document_number: document.number,
      lineage: [],
      fund_code: command.fundCode,
      fiscal_year: command.fiscalYear,
      purpose_code: command.purposeCode,
      title: command.title,
      amount_fen: command.amountFen,
      issued_on: document.issued_on,
      expected_on: command.arrivedOn,
      arrived_on: command.arrivedOn,
      clock_from: command.arrivedOn,
      carried: 0,
      state: 'held',
      transaction_id: newId(),
    };
    requireOpenYear('arrivedOn', { ...row, issued_by: '', issued_by_name: '', arrived_by_name: null }, command.arrivedOn);
    row.transaction_id = await postTransaction(trx, actor, { kind: 'source', businessKey: `source:${id}`, bookCode: row.region_code, day: command.arrivedOn, summary: `${document.number} ${command.title}`, lines: move(trancheOf(row), command.amountFen, 'source', 'available') });
    await insertIndicator(trx, actor, row);
    await recordAudit(trx, actor, { action: 'fund.indicator.create', objectKind: 'indicator', objectId: id, regionCode: row.region_code, details: { document: document.number, fund: row.fund_code, amountFen: row.amount_fen } });
    return { id };
  });
}
