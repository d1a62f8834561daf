import type { divisionSucceeded } from '@sunlit/api-spec';
import { sql } from 'kysely';
import type { z } from 'zod';
import type { Trx } from '#platform/database/transaction.ts';
import type { DeliveredEvent } from '#platform/events/subscribe.ts';

const parts = ['evidence', 'finding_step', 'finding_answer', 'finding_excuse', 'finding_attachment', 'correction_task'];

/** Findings of a village go where its households went, whole, so that whoever is responsible there can end them. */
export async function followDivisions(trx: Trx, { payload }: DeliveredEvent<z.output<typeof divisionSucceeded.payload>>): Promise<void> {
  const { regionCode: from, successorCode: to, householdIds: only } = payload;
  const ofThose = only ? sql`AND finding_id IN (SELECT id FROM supervision.finding WHERE household_id = ANY (${only}::uuid[]))` : sql``;
  for (const table of parts) await sql`UPDATE supervision.${sql.raw(table)} SET responsible_region_code = ${to} WHERE responsible_region_code = ${from} ${ofThose}`.execute(trx);
  await sql`UPDATE supervision.finding SET responsible_region_code = ${to} WHERE responsible_region_code = ${from} ${only ? sql`AND household_id = ANY (${only}::uuid[])` : sql``}`.execute(trx);
}
