import { sql } from 'kysely';
import type { PermissionCode } from '@sunlit/api-spec';
import { systemActor } from '#platform/authorization/actor.ts';
import { inTransaction } from '#platform/database/transaction.ts';

const seesAll = { ...systemActor, permissions: new Set<PermissionCode>(['finding.read-officials']) };

/** Which of these households a finding is about, whoever may see it: only the fact is told, never the finding. */
export async function listHouseholdsWithFindings(householdIds: readonly string[]): Promise<string[]> {
  const { rows } = await inTransaction(seesAll, (trx) => sql<{ id: string }>`SELECT DISTINCT household_id AS id FROM supervision.finding WHERE household_id = ANY (${householdIds}::uuid[])`.execute(trx));
  return rows.map(({ id }) => id);
}
