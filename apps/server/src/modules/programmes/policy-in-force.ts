import { ancestorsOf, nationCode } from '@sunlit/kernel';
import { sql } from 'kysely';
import type { Trx } from '#platform/database/transaction.ts';
import type { PolicyKind } from './policy-kinds.ts';

export interface PolicyRow {
  region_code: string;
  code: string;
  value: unknown;
  valid_from: string;
  valid_to: string | null;
  basis: string;
}

export interface PolicyInForce {
  value: unknown;
  regionCode: string;
  validFrom: string;
  validTo: string | null;
  basis: string;
}

export async function readPolicyRows(trx: Trx): Promise<PolicyRow[]> {
  const { rows } = await sql<PolicyRow>`SELECT region_code, code, value, valid_from, valid_to, basis FROM platform.policy_value ORDER BY valid_from`.execute(trx);
  return rows;
}

/**
 * What holds for a division on a day: the nearest layer that has set it, else what ships. A rule's values are taken one
 * by one: a nearer layer overrides those that it sets.
 */
export function policyInForce(rows: readonly PolicyRow[], kind: Pick<PolicyKind, 'code' | 'shipped'>, regionCode: string, on: string): PolicyInForce | undefined {
  const shipped = kind.shipped?.(on);
  let found: PolicyInForce | undefined = shipped && { ...shipped, regionCode: nationCode, validTo: null };
  for (const region of [...ancestorsOf(regionCode), regionCode]) {
    for (const row of rows) {
      if (row.region_code !== region || row.code !== kind.code || row.valid_from > on || (row.valid_to !== null && row.valid_to <= on)) continue;
      const value = isRecord(row.value) && isRecord(found?.value) ? { ...found.value, ...row.value } : row.value;
      found = { value, regionCode: region, validFrom: row.valid_from, validTo: row.valid_to, basis: row.basis };
    }
  }
  return found;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
