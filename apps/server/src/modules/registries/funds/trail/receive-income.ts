import { countyCodeOf, newId } from '@sunlit/kernel';
import type { Actor } from '#platform/authorization/actor.ts';
import type { Trx } from '#platform/database/transaction.ts';
import { move } from '../ledger/accounts.ts';
import { postTransaction } from '../ledger/post-transaction.ts';
import { insertIndicator, trancheOf, type NewIndicator } from './indicator-store.ts';

/** Money that no document gave: it began with a receipt. */
export const incomeFundCode = 'asset-income';

/** Income of an asset enters the book of the place it belongs to, as money of its own kind: from there it is followed. */
export async function receiveIncomeWithin(trx: Trx, actor: Actor, income: { regionCode: string; receiptNumber: string; title: string; amountFen: number; receivedOn: string }): Promise<{ indicatorId: string; transactionId: string }> {
  const id = newId();
  const row: NewIndicator = {
    county_code: countyCodeOf(income.regionCode),
    id,
    region_code: income.regionCode,
    department_code: null,
    kind: 'source',
    parent_id: null,
    parent_region_code: null,
    root_id: id,
    document_id: null,
    document_number: income.receiptNumber,
    lineage: [],
    fund_code: incomeFundCode,
    fiscal_year: Number(income.receivedOn.slice(0, 4)),
    purpose_code: 'income-distribution',
    title: income.title,
    amount_fen: income.amountFen,
    issued_on: income.receivedOn,
    expected_on: income.receivedOn,
    arrived_on: income.receivedOn,
    clock_from: income.receivedOn,
    carried: 0,
    state: 'held',
    transaction_id: newId(),
  };
  row.transaction_id = await postTransaction(trx, actor, { kind: 'source', businessKey: `source:${id}`, bookCode: row.region_code, day: income.receivedOn, summary: `${income.receiptNumber} ${income.title}`, lines: move(trancheOf(row), income.amountFen, 'source', 'available') });
  await insertIndicator(trx, actor, row);
  return { indicatorId: id, transactionId: row.transaction_id };
}
