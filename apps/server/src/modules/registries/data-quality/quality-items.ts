import type { QualityItem } from '@sunlit/api-spec';
import { regionRange } from '@sunlit/kernel';
import { importedFieldTitles, type DataQualityCheck } from '@sunlit/rule-kit';
import { sql } from 'kysely';
import type { Actor } from '#platform/authorization/actor.ts';
import type { Trx } from '#platform/database/transaction.ts';
import { countCap } from '#platform/http/page.ts';
import { regionNamer } from '#modules/organisation/index.ts';
import { nameFor } from '#modules/registries/households/index.ts';
import { getQualityChecks } from './quality-library.ts';

export interface ItemRow {
  county_code: string;
  id: string;
  responsible_region_code: string;
  household_id: string;
  person_id: string | null;
  check_code: string;
  state: 'open' | 'accepted' | 'resolved';
  found_at: Date;
  accepted_by_name: string | null;
  accepted_at: Date | null;
  accepted_reason: string | null;
  number: string;
  head_name: string;
  person_name: string | null;
}

export interface ItemFilter {
  regionCode?: string | undefined;
  check?: string | undefined;
  state: 'open' | 'accepted';
}

export async function listItemRows(trx: Trx, filter: ItemFilter, after: (string | number | null)[] | undefined, limit: number): Promise<ItemRow[]> {
  const { rows } = await sql<ItemRow>`
    SELECT i.*, h.number, h.head_name, p.name AS person_name FROM data_quality.item i
    JOIN households.household h ON h.id = i.household_id AND h.county_code = i.county_code
    LEFT JOIN households.person p ON p.id = i.person_id AND p.county_code = i.county_code
    WHERE ${matching(filter)} ${after ? sql`AND (i.responsible_region_code, i.check_code, i.id) > (${after[0]}, ${after[1]}, ${after[2]}::uuid)` : sql``}
    ORDER BY i.responsible_region_code, i.check_code, i.id LIMIT ${limit}`.execute(trx);
  return rows;
}

export async function countItems(trx: Trx, filter: ItemFilter): Promise<number> {
  const { rows } = await sql<{ count: number }>`SELECT count(*) AS count FROM (SELECT 1 FROM data_quality.item i WHERE ${matching(filter)} LIMIT ${countCap + 1}) AS counted`.execute(trx);
  return Number(rows[0]!.count);
}

function matching({ regionCode, check, state }: ItemFilter) {
  const range = regionCode ? regionRange(regionCode) : undefined;
  return sql`i.state = ${state} AND i.state <> 'resolved'
    ${range ? sql`AND i.responsible_region_code >= ${range.from} AND i.responsible_region_code < ${range.to}` : sql``} ${check ? sql`AND i.check_code = ${check}` : sql``}`;
}

export async function findItem(trx: Trx, id: string): Promise<ItemRow | undefined> {
  const { rows } = await sql<ItemRow>`SELECT i.*, '' AS number, '' AS head_name, NULL AS person_name FROM data_quality.item i WHERE i.id = ${id} FOR UPDATE`.execute(trx);
  return rows[0];
}

/** What an officer is to look at, in the words of the forms. */
export function fieldsOf(check: DataQualityCheck): { zh: string; en: string }[] {
  return check.fields.map((field) => importedFieldTitles.get(field) ?? { zh: field, en: field });
}

/** A check that a later version no longer has keeps its code as its name until the next sweep resolves it. */
export async function itemView(actor: Actor): Promise<(row: ItemRow) => QualityItem> {
  const checks = await getQualityChecks();
  const nameOf = await regionNamer();
  return (row) => {
    const check = checks.get(row.check_code);
    return {
      id: row.id,
      household: { id: row.household_id, number: row.number, headName: nameFor(actor, row.head_name) },
      person: row.person_id === null ? null : { id: row.person_id, name: nameFor(actor, row.person_name ?? '') },
      region: nameOf(row.responsible_region_code),
      check: { code: row.check_code, title: check?.title ?? { zh: row.check_code, en: row.check_code } },
      fields: check ? fieldsOf(check) : [],
      correctable: { fields: check?.fields.filter((field) => importedFieldTitles.has(field)) ?? [], columns: check?.fields.filter((field) => !importedFieldTitles.has(field)) ?? [] },
      foundAt: row.found_at.toISOString(),
      state: row.state === 'accepted' ? 'accepted' : 'open',
      accepted: row.state === 'accepted' ? { by: row.accepted_by_name ?? '', at: row.accepted_at!.toISOString(), reason: row.accepted_reason ?? '' } : null,
    };
  };
}
