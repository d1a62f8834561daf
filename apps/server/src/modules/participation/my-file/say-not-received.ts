import type { BodyOf, sayNotReceived as endpoint } from '@sunlit/api-spec';
import type { Actor } from '#platform/authorization/actor.ts';
import { authorize } from '#platform/authorization/authorize.ts';
import { today } from '#platform/clock/today.ts';
import { runCommand } from '#platform/commands/run-command.ts';
import type { Trx } from '#platform/database/transaction.ts';
import { AppError } from '#platform/errors.ts';
import { resolveHousehold } from '#modules/registries/households/index.ts';
import { getSentPayment, type Payment } from '#modules/registries/payouts/index.ts';
import { openStatedFinding } from '#modules/supervision/findings/index.ts';

const factOf = (payment: Payment): string => (payment.state === 'paid' ? 'said-after-payment' : payment.state === 'sent' ? 'said-while-sent' : 'said-after-failure');

/** A payment that did not arrive, whoever writes down that it did not. */
export function stateNotReceived(trx: Trx, actor: Actor, payment: Payment, said: { householdId: string; regionCode: string; text: string; channel: 'in-person' | 'phone' | 'paper' | 'online' }): Promise<{ id: string; number: string }> {
  return openStatedFinding(trx, actor, {
    ...said,
    ruleCode: 'F25',
    subjectId: payment.id,
    personId: payment.personId,
    period: payment.month,
    fact: { dataset: 'payouts', fact: factOf(payment), observedOn: payment.paidOn, amountFen: payment.amountFen, detail: payment.month },
  });
}

/** At the counter, by phone or on paper: a clerk writes down what the household says of a payment; never of the clerk's own household. */
export async function sayNotReceived(actor: Actor, householdId: string, command: BodyOf<typeof endpoint>): Promise<{ findingId: string; number: string }> {
  return runCommand(actor, 'my-file.not-received', { ...command, householdId } as typeof command & { householdId: string }, async (trx) => {
    const household = await resolveHousehold(trx, householdId, today());
    if (!household) throw new AppError('not-found');
    authorize(actor, 'my-file.serve', { regionCode: household.responsible_region_code });
    const payment = await getSentPayment(trx, command.paymentId, householdId);
    const { id, number } = await stateNotReceived(trx, actor, payment, { householdId: household.id, regionCode: household.responsible_region_code, text: command.text, channel: command.channel });
    return { findingId: id, number };
  });
}
