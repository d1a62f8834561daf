import { sql } from 'kysely';
import type { WriteContext } from '../change-requests/change-kind.ts';
import { encryptDated, type DatedField } from './dated-fields.ts';

export interface DatedChange {
  field: DatedField;
  before: string | null;
  after: string | null;
}

/** Puts on record what fields of a person or of the household say from the effective day on, and what they said until then. */
export async function dateValues({ trx, actor, household, effectiveOn, requestId }: WriteContext, of: 'person' | 'household', subjectId: string, changes: readonly DatedChange[]): Promise<void> {
  for (const { field, before, after } of changes) {
    if (before === after) continue;
    await sql`SELECT households.date_value(${household.county_code}, ${household.responsible_region_code}, id, ${field}, created_at, ${encryptDated(field, before)}, ${encryptDated(field, after)},
      ${effectiveOn}::date, 'officer', ${actor.accountId}::uuid, ${requestId}::uuid, NULL) FROM households.${sql.raw(of)} WHERE id = ${subjectId}`.execute(trx);
  }
}
