import { membersMoved, type reversalChange } from '@sunlit/api-spec';
import { newId } from '@sunlit/kernel';
import { sql } from 'kysely';
import type { z } from 'zod';
import type { Trx } from '#platform/database/transaction.ts';
import { publish } from '#platform/events/publish.ts';
import { fieldOf, refused, type ChangeKind, type WriteContext } from '../change-kind.ts';
import { refreshSearchTokens } from '../refresh-search-tokens.ts';
import { refreshHousehold } from '../write-membership.ts';

export const reversibleKinds: readonly string[] = ['join', 'leave', 'relations', 'split', 'merge'];

/** Rows of both times that a change of members wrote or ended. */
const tables = {
  membership: 'county_code, household_id, person_id, responsible_region_code, relation_code, valid_from, valid_to, joined_reason, left_reason',
  enrolment: 'county_code, household_id, person_id, responsible_region_code, programme_code, valid_from, valid_to, continues_id',
} as const;

interface Original {
  kind: string;
  state: string;
  household_id: string;
  person_id: string | null;
}

async function findOriginal(trx: Trx, requestId: string): Promise<Original | undefined> {
  const { rows } = await sql<Original>`SELECT kind, state, household_id, person_id FROM households.change_request WHERE id = ${requestId}`.execute(trx);
  return rows[0];
}

/**
 * Everything the earlier request ended among the members holds again, and what it wrote ends, in recorded time: as known
 * before today the mistake can still be read. Refused when something was built upon it since.
 */
export const reversal: ChangeKind<z.output<typeof reversalChange>> = {
  examine: async ({ trx, household }, change) => {
    const original = await findOriginal(trx, change.requestId);
    if (!original || original.household_id !== household.id || original.state !== 'applied' || !reversibleKinds.includes(original.kind)) throw refused('requestId', '这项变更不能撤销。');
    for (const table of Object.keys(tables)) {
      const { rows } = await sql`SELECT 1 FROM households.${sql.raw(table)} WHERE change_id = ${change.requestId} AND superseded_at IS NOT NULL LIMIT 1`.execute(trx);
      if (rows.length > 0) throw refused('requestId', '这项变更之后又有新的变更，请先撤销后来的变更。');
    }
    const { rows: others } = await sql`SELECT 1 FROM households.household h JOIN households.membership m ON m.household_id = h.id AND m.superseded_at IS NULL AND m.valid_to IS NULL WHERE h.change_id = ${change.requestId} AND m.change_id IS DISTINCT FROM ${change.requestId}::uuid LIMIT 1`.execute(trx);
    if (others.length > 0) throw refused('requestId', '这项变更之后又有新的变更，请先撤销后来的变更。');
    const { rows } = await sql<{ number: string }>`
      SELECT h.number FROM households.membership gone
      JOIN households.membership m ON m.person_id = gone.person_id AND m.superseded_at IS NULL AND m.valid_to IS NULL AND m.change_id IS DISTINCT FROM ${change.requestId}::uuid
      JOIN households.household h ON h.id = m.household_id AND h.county_code = m.county_code
      WHERE gone.superseded_by_change = ${change.requestId} AND gone.valid_to IS NULL LIMIT 1`.execute(trx);
    if (rows[0]) throw refused('requestId', `此人现在另一户（户编号 ${rows[0].number}）。请先在那一户登记离户。`);
    return [fieldOf(original.person_id, 'reversal', null, original.kind)];
  },
  write: async (context, change) => {
    const { trx, requestId } = context;
    const touched = new Set([context.household.id]);
    for (const [table, columns] of Object.entries(tables)) {
      const { rows: ended } = await sql<{ household_id: string }>`UPDATE households.${sql.raw(table)} SET superseded_at = now(), superseded_by_change = ${requestId} WHERE change_id = ${change.requestId} AND superseded_at IS NULL RETURNING household_id`.execute(trx);
      const { rows: gone } = await sql<{ id: string; household_id: string; person_id: string | null }>`SELECT id, household_id, person_id FROM households.${sql.raw(table)} WHERE superseded_by_change = ${change.requestId}`.execute(trx);
      for (const row of gone) {
        const values = columns.replace('continues_id', 'coalesce(continues_id, id)');
        await sql`INSERT INTO households.${sql.raw(table)} (id, change_id, ${sql.raw(columns)}) SELECT ${newId()}::uuid, ${requestId}::uuid, ${sql.raw(values)} FROM households.${sql.raw(table)} WHERE id = ${row.id}`.execute(trx);
        if (row.person_id) await sql`UPDATE households.person SET household_id = ${row.household_id} WHERE id = ${row.person_id}`.execute(trx);
      }
      for (const { household_id } of [...ended, ...gone]) touched.add(household_id);
    }
    await takeBackHouseholds(context, change.requestId);
    for (const id of touched) {
      await refreshHousehold(context, id);
      const { rows } = await sql<{ id: string; number: string; county_code: string; responsible_region_code: string }>`SELECT id, number, county_code, responsible_region_code FROM households.household WHERE id = ${id}`.execute(trx);
      if (rows[0]) await refreshSearchTokens(trx, rows[0]);
    }
    return [...touched].map((householdId) => ({ householdId, change: 'reversed' as const }));
  },
};

/** A household that the split made ends, one that the merge ended stands again; what others keep about them follows. */
async function takeBackHouseholds({ trx, actor, household, effectiveOn, requestId }: WriteContext, reversedId: string): Promise<void> {
  const follow = async (from: string, to: string, whole: boolean, takesBack = false): Promise<void> => {
    const { rows } = await sql<{ person_id: string }>`SELECT DISTINCT person_id FROM households.membership WHERE change_id = ${requestId} AND household_id = ${to} AND superseded_at IS NULL`.execute(trx);
    const personIds = rows.map(({ person_id }) => person_id);
    await sql`UPDATE households.authorisation SET household_id = ${to} WHERE household_id = ${from} AND person_id = ANY (${personIds}::uuid[])`.execute(trx);
    await sql`UPDATE households.change_request SET household_id = ${to}, version = version + 1 WHERE household_id = ${from} AND closed_at IS NULL AND id <> ${requestId} AND (${whole} OR person_id = ANY (${personIds}::uuid[]))`.execute(trx);
    await publish(trx, actor, membersMoved, { subject: from, payload: { fromHouseholdId: from, toHouseholdId: to, personIds, whole, takesBack } });
  };
  const { rows: made } = await sql<{ id: string }>`UPDATE households.household SET ended_on = greatest(status_from, ${effectiveOn}::date) WHERE change_id = ${reversedId} RETURNING id`.execute(trx);
  for (const { id } of made) await follow(id, household.id, true);
  const { rows: aliases } = await sql<{ household_id: string }>`UPDATE households.household_alias SET ended_at = now() WHERE change_id = ${reversedId} RETURNING household_id`.execute(trx);
  for (const { household_id } of aliases) {
    await sql`UPDATE households.household SET ended_on = NULL WHERE id = ${household_id}`.execute(trx);
    await follow(household.id, household_id, false, true);
  }
}
