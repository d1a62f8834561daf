import { systemActor } from '#platform/authorization/actor.ts';
import { today } from '#platform/clock/today.ts';
import { inTransaction } from '#platform/database/transaction.ts';
import { listSucceededDivisions } from '#modules/organisation/index.ts';
import { handOverHouseholds } from './hand-over-households.ts';

/**
 * Households of a village that became part of exactly one other are handed over at once. Where a village was divided among
 * several, people say for each household where it belongs (the change `division`).
 */
export async function followDivisions(): Promise<void> {
  const succeeded = await inTransaction(systemActor, (trx) => listSucceededDivisions(trx, today()));
  for (const { code, successor } of succeeded) await inTransaction(systemActor, (trx) => handOverHouseholds(trx, systemActor, { from: code, to: successor }));
}
