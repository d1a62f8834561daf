import { regionRange } from '@sunlit/kernel';
import { sql } from 'kysely';
import type { Actor } from '#platform/authorization/actor.ts';
import type { Trx } from '#platform/database/transaction.ts';
import { countCap } from '#platform/http/page.ts';
import { nameFor } from './household-view.ts';

export interface HouseholdRow {
  county_code: string;
  id: string;
  number: string;
  responsible_region_code: string;
  historical_region_code: string | null;
  head_name: string;
  address_enc: Buffer | null;
  phone_enc: Buffer | null;
  account_enc: Buffer | null;
  status_code: string;
  status_from: string | null;
  member_count: number;
  income_year: number | null;
  income_per_capita_fen: number | null;
  version: number;
  ended_on: string | null;
}

export interface HouseholdFilter {
  tokens: string[] | undefined;
  regionCode: string | undefined;
  status: string | undefined;
  sort: 'number' | '-number' | 'region' | '-region';
  after: (string | number | null)[] | undefined;
  limit: number;
}

/** A page of households; every filter but the region is checked within the actor's scope by equality. */
export async function listHouseholdRows(trx: Trx, filter: HouseholdFilter): Promise<{ rows: HouseholdRow[]; count: number }> {
  const range = filter.regionCode ? regionRange(filter.regionCode) : undefined;
  const where = sql`
    h.ended_on IS NULL
    ${range ? sql`AND h.responsible_region_code >= ${range.from} AND h.responsible_region_code < ${range.to}` : sql``}
    ${filter.status ? sql`AND h.status_code = ${filter.status}` : sql``}
    ${filter.tokens ? sql`AND h.id IN (SELECT t.household_id FROM households.search_token t WHERE t.token = ANY (${filter.tokens}) LIMIT ${countCap})` : sql``}`;
  const descending = filter.sort.startsWith('-');
  const byRegion = filter.sort.endsWith('region');
  const key = byRegion ? sql`(h.responsible_region_code, h.number)` : sql`(h.number, h.id)`;
  const after = filter.after
    ? sql`AND ${key} ${descending ? sql`<` : sql`>`} (${filter.after[0]}, ${filter.after[1]}${byRegion ? sql`` : sql`::uuid`})`
    : sql``;
  const order = byRegion
    ? descending ? sql`h.responsible_region_code DESC, h.number DESC` : sql`h.responsible_region_code, h.number`
    : descending ? sql`h.number DESC, h.id DESC` : sql`h.number, h.id`;
  const { rows } = await sql<HouseholdRow>`SELECT h.* FROM households.household h WHERE ${where} ${after} ORDER BY ${order} LIMIT ${filter.limit}`.execute(trx);
  const count = await sql<{ count: number }>`SELECT count(*) AS count FROM (SELECT 1 FROM households.household h WHERE ${where} LIMIT ${countCap + 1}) AS counted`.execute(trx);
  return { rows, count: count.rows[0]?.count ?? 0 };
}

export async function findHousehold(trx: Trx, id: string): Promise<HouseholdRow | undefined> {
  const { rows } = await sql<HouseholdRow>`SELECT * FROM households.household WHERE id = ${id}`.execute(trx);
  return rows[0];
}

/** The household that an id stands for on a day: after a merge the one it was merged into, before it itself. */
export async function resolveHousehold(trx: Trx, id: string, asOf: string): Promise<HouseholdRow | undefined> {
  const { rows } = await sql<{ kept: string }>`
    WITH RECURSIVE way (kept, steps) AS (
      SELECT ${id}::uuid, 0
      UNION ALL SELECT a.kept_household_id, w.steps + 1 FROM way w JOIN households.household_alias a ON a.household_id = w.kept AND a.ended_at IS NULL AND a.since <= ${asOf}::date WHERE w.steps < 50)
    SELECT kept FROM way ORDER BY steps DESC LIMIT 1`.execute(trx);
  return findHousehold(trx, rows[0]!.kept);
}

/** The household of today that an id stands for, and every id that leads to it: what others keep under any of them. */
export async function listHouseholdIds(trx: Trx, id: string): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`SELECT unnest(households.household_ids(${id}::uuid)) AS id`.execute(trx);
  return rows.map((row) => row.id);
}

/** Households that were merged into this one, with the day from which their ids lead here. */
export async function listMergedHouseholds(trx: Trx, keptId: string): Promise<{ id: string; number: string; since: string }[]> {
  const { rows } = await sql<{ id: string; number: string; since: string }>`
    SELECT h.id, h.number, a.since FROM households.household_alias a JOIN households.household h ON h.id = a.household_id AND h.county_code = a.county_code WHERE a.kept_household_id = ${keptId} AND a.ended_at IS NULL ORDER BY a.since, h.number`.execute(trx);
  return rows;
}

export interface MemberRow {
  person_id: string;
  name: string;
  id_number_enc: Buffer | null;
  id_number_problem: string | null;
  sex_code: string | null;
  birth_date: string | null;
  ethnicity: string | null;
  phone_enc: Buffer | null;
  relation_code: string;
  valid_from: string;
  valid_to: string | null;
  left_reason: string | null;
  labour_code: string | null;
  student_code: string | null;
  education_code: string | null;
  health_enc: Buffer | null;
  resident_medical_insured: boolean | null;
  employee_medical_insured: boolean | null;
}

/** Members on a day, as the registry knew them at a moment: valid time and recorded time both apply. */
export async function listMembers(trx: Trx, householdId: string, asOf: string, knownAt: Date): Promise<MemberRow[]> {
  const { rows } = await sql<MemberRow>`
    SELECT p.id AS person_id, p.name, p.id_number_enc, p.id_number_problem, p.sex_code, p.birth_date, p.ethnicity, p.phone_enc,
      m.relation_code, m.valid_from, m.valid_to, m.left_reason,
      f.labour_code, f.student_code, f.education_code, f.health_enc, f.resident_medical_insured, f.employee_medical_insured
    FROM households.membership m
    JOIN households.person p ON p.id = m.person_id AND p.county_code = m.county_code
    LEFT JOIN LATERAL (
      SELECT * FROM households.person_fact f
      WHERE f.person_id = p.id AND f.county_code = p.county_code AND f.valid_from <= ${asOf}::date AND (f.valid_to IS NULL OR f.valid_to > ${asOf}::date)
        AND f.recorded_at <= ${knownAt} AND (f.superseded_at IS NULL OR f.superseded_at > ${knownAt})
      ORDER BY f.valid_from DESC, f.recorded_at DESC LIMIT 1) f ON true
    WHERE m.household_id = ${householdId} AND m.valid_from <= ${asOf}::date AND (m.valid_to IS NULL OR m.valid_to > ${asOf}::date)
      AND m.recorded_at <= ${knownAt} AND (m.superseded_at IS NULL OR m.superseded_at > ${knownAt})
    ORDER BY m.relation_code, p.birth_date NULLS LAST, p.id`.execute(trx);
  return rows;
}

export async function listStatuses(trx: Trx, householdId: string, knownAt: Date): Promise<{ status_code: string; valid_from: string; valid_to: string | null; reason: string | null; recorded_at: Date; recorded_by: string | null }[]> {
  const { rows } = await sql<{ status_code: string; valid_from: string; valid_to: string | null; reason: string | null; recorded_at: Date; recorded_by: string | null }>`
    SELECT * FROM households.household_status WHERE household_id = ${householdId} AND recorded_at <= ${knownAt} AND (superseded_at IS NULL OR superseded_at > ${knownAt})
    ORDER BY valid_from DESC, recorded_at DESC`.execute(trx);
  return rows;
}

export interface IncomeRow {
  year: number;
  per_capita_fen: number | null;
}

/** The net income per head of the newest year, by the source that speaks first. */
export async function findIncome(trx: Trx, householdId: string, knownAt: Date): Promise<IncomeRow | undefined> {
  const { rows } = await sql<IncomeRow>`
    SELECT year, per_capita_fen FROM households.income WHERE household_id = ${householdId} AND recorded_at <= ${knownAt} AND (superseded_at IS NULL OR superseded_at > ${knownAt})
    ORDER BY year DESC, rank LIMIT 1`.execute(trx);
  return rows[0];
}

export async function listEnrolments(trx: Trx, householdId: string, knownAt: Date): Promise<{ id: string; person_id: string | null; name: string | null; programme_code: string; valid_from: string; valid_to: string | null }[]> {
  const { rows } = await sql<{ id: string; person_id: string | null; name: string | null; programme_code: string; valid_from: string; valid_to: string | null }>`
    SELECT e.id, e.person_id, p.name, e.programme_code, e.valid_from, e.valid_to FROM households.enrolment e
    LEFT JOIN households.person p ON p.id = e.person_id AND p.county_code = e.county_code
    WHERE e.household_id = ${householdId} AND e.recorded_at <= ${knownAt} AND (e.superseded_at IS NULL OR e.superseded_at > ${knownAt})
    ORDER BY e.valid_from DESC, e.id`.execute(trx);
  return rows;
}

export async function listSourceRows(trx: Trx, householdId: string): Promise<{ import_id: string; row_number: number; unmapped_enc: Buffer | null; created_at: Date }[]> {
  const { rows } = await sql<{ import_id: string; row_number: number; unmapped_enc: Buffer | null; created_at: Date }>`
    SELECT s.import_id, s.row_number, s.unmapped_enc, coalesce(b.applied_at, b.created_at) AS created_at FROM households.source_row s
    JOIN households.import_batch b ON b.id = s.import_id WHERE s.household_id = ${householdId} AND s.unmapped_enc IS NOT NULL ORDER BY created_at DESC, s.row_number LIMIT 50`.execute(trx);
  return rows;
}

export interface PersonRow {
  county_code: string;
  id: string;
  household_id: string;
  responsible_region_code: string;
  name: string;
  person_key: string | null;
  id_number_enc: Buffer | null;
  phone_enc: Buffer | null;
}

export async function findPerson(trx: Trx, id: string): Promise<PersonRow | undefined> {
  const { rows } = await sql<PersonRow>`SELECT county_code, id, household_id, responsible_region_code, name, person_key, id_number_enc, phone_enc FROM households.person WHERE id = ${id}`.execute(trx);
  return rows[0];
}

/** How many of these households exist within the actor's region: whoever pays them asks first. */
export async function countKnownHouseholds(trx: Trx, ids: readonly string[]): Promise<number> {
  const { rows } = await sql<{ count: number }>`SELECT count(DISTINCT id)::int AS count FROM households.household WHERE id = ANY (${ids}::uuid[])`.execute(trx);
  return rows[0]?.count ?? 0;
}

/** Ids of registered households by their numbers, as far as the actor may see them. */
export async function findHouseholdsByNumber(trx: Trx, countyCode: string, numbers: readonly string[]): Promise<Map<string, string>> {
  if (numbers.length === 0) return new Map();
  const rows = await trx.selectFrom('households.household').select(['id', 'number']).where('county_code', '=', countyCode).where('number', 'in', numbers).execute();
  return new Map(rows.map(({ id, number }) => [number, id]));
}

/** Number and head of households, the head as the actor may see it. */
export async function readHouseholdHeads(trx: Trx, actor: Actor, ids: readonly string[]): Promise<Map<string, { number: string; name: string }>> {
  if (ids.length === 0) return new Map();
  const rows = await trx.selectFrom('households.household').select(['id', 'number', 'head_name']).where('id', 'in', ids).execute();
  return new Map(rows.map((row) => [row.id, { number: row.number, name: nameFor(actor, row.head_name) }]));
}
