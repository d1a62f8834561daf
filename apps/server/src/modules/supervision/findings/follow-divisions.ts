import type { divisionSucceeded } from '@sunlit/api-spec';
import { sql } from 'kysely';
import type { z } from 'zod';
import type { Trx } from '#platform/database/transaction.ts';
import type { DeliveredEvent } from '#platform/events/subscribe.ts';

const tables = ['finding', 'evidence', 'finding_step', 'finding_answer', 'finding_excuse', 'finding_attachment', 'correction_task'];

/** Findings of a village go where its households went, whole, so that whoever is responsible there can end them. */
export async function followDivisions(trx: Trx, { payload }: DeliveredEvent<z.output<typeof divisionSucceeded.payload>>): Promise<void> {
  for (const table of tables) await sql`UPDATE supervision.${sql.raw(table)} SET responsible_region_code = ${payload.successorCode} WHERE responsible_region_code = ${payload.regionCode}`.execute(trx);
}
