import { registryChange, type RegistryChange } from '@sunlit/api-spec';
import { newId } from '@sunlit/kernel';
import { sql } from 'kysely';
import type { Actor } from '#platform/authorization/actor.ts';
import type { Trx } from '#platform/database/transaction.ts';
import { withoutPersonalData } from '#platform/logging/log.ts';
import { decryptOptional, decryptValue, encryptValue } from '#platform/personal-data/cipher.ts';
import type { FieldChange } from './change-kind.ts';

export type ChangeState = 'proposed' | 'verified' | 'conflict' | 'applied' | 'rejected' | 'withdrawn';

export interface ChangeRow {
  county_code: string;
  id: string;
  responsible_region_code: string;
  household_id: string;
  person_id: string | null;
  kind: string;
  state: ChangeState;
  effective_on: string;
  reason: string;
  change_enc: Buffer;
  base_enc: Buffer;
  conflict_enc: Buffer | null;
  field_keys: string[];
  workflow_code: string;
  verifier_roles: string[];
  approver_roles: string[];
  household_version: number;
  proposed_by: string;
  proposed_by_name: string;
  proposed_at: Date;
  rebased_by: string | null;
  verified_by: string | null;
  due_on: string | null;
  closed_at: Date | null;
  version: number;
}

/** What stood in the way when it was approved. */
export interface Conflict {
  problems: string[];
}

export const changeOf = (row: ChangeRow): RegistryChange => registryChange.parse(JSON.parse(decryptValue('change-request', row.change_enc)));
export const baseOf = (row: ChangeRow): FieldChange[] => JSON.parse(decryptValue('change-request', row.base_enc)) as FieldChange[];
export const conflictOf = (row: ChangeRow): Conflict => JSON.parse(decryptOptional('change-request', row.conflict_enc) ?? '{"problems":[]}') as Conflict;
export const sealed = (value: unknown): Buffer => encryptValue('change-request', JSON.stringify(value));

export async function findChange(trx: Trx, id: string, options: { lock: boolean } = { lock: false }): Promise<ChangeRow | undefined> {
  const { rows } = await sql<ChangeRow>`SELECT * FROM households.change_request WHERE id = ${id} ${options.lock ? sql`FOR UPDATE` : sql``}`.execute(trx);
  return rows[0];
}

export async function insertChange(trx: Trx, row: Omit<ChangeRow, 'proposed_at' | 'rebased_by' | 'verified_by' | 'closed_at' | 'version' | 'conflict_enc'>): Promise<void> {
  await trx.insertInto('households.change_request').values(row).execute();
}

export async function updateChange(trx: Trx, row: ChangeRow, set: Partial<ChangeRow>): Promise<void> {
  await trx.updateTable('households.change_request').set({ ...set, version: row.version + 1 }).where('id', '=', row.id).where('county_code', '=', row.county_code).execute();
}

export async function insertStep(trx: Trx, actor: Actor, row: Pick<ChangeRow, 'county_code' | 'id' | 'responsible_region_code'>, step: { action: string; from: string | null; to: string; reason: string }): Promise<void> {
  await trx
    .insertInto('households.change_request_step')
    .values({
      county_code: row.county_code,
      id: newId(),
      request_id: row.id,
      responsible_region_code: row.responsible_region_code,
      action: step.action,
      from_state: step.from,
      to_state: step.to,
      reason: withoutPersonalData(step.reason),
      by_id: actor.accountId,
      by_name: actor.displayName,
    })
    .execute();
}

/** Requests of a household that nobody has decided yet. */
export async function listOpenChanges(trx: Trx, householdId: string, except?: string): Promise<ChangeRow[]> {
  const { rows } = await sql<ChangeRow>`SELECT * FROM households.change_request WHERE household_id = ${householdId} AND closed_at IS NULL AND id IS DISTINCT FROM ${except ?? null}::uuid ORDER BY proposed_at`.execute(trx);
  return rows;
}
