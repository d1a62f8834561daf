import type { careFindingsReleased } from '@sunlit/api-spec';
import { regionLevelOf } from '@sunlit/kernel';
import type { z } from 'zod';
import { systemActor } from '#platform/authorization/actor.ts';
import { today } from '#platform/clock/today.ts';
import type { Trx } from '#platform/database/transaction.ts';
import type { DeliveredEvent } from '#platform/events/subscribe.ts';
import { help } from './definitions.ts';
import { tryInsertProcedure } from './open-procedure.ts';

/**
 * Early warning from departments' data: findings that a person released become clues with a deadline. A household that is
 * being handled gets no second one; what is true of the household is found out at home.
 */
export async function openWarningClues(trx: Trx, event: DeliveredEvent<z.output<typeof careFindingsReleased.payload>>): Promise<void> {
  const on = today();
  const warning = help().warnings.find((one) => one.rule === event.payload.rule && one.validFrom <= on && (one.validTo === undefined || one.validTo > on));
  if (!warning) return;
  for (const { findingId, householdId, regionCode, observedOn } of event.payload.items) {
    if (regionLevelOf(regionCode) !== 'village') continue;
    // an income stands for a year that is over: nothing happened on a day before somebody could know
    const eventOn = warning.countsFrom === 'event' && observedOn !== null && observedOn <= on ? observedOn : on;
    await tryInsertProcedure(trx, systemActor, { purpose: 'entry', regionCode, channel: 'department', eventOn, told: `${warning.zh}（规则 ${warning.rule}）。请按期限入户核实；数据可能有误，以入户了解的为准。`, householdId, source: { kind: 'finding', id: findingId } });
  }
}
