import { sql } from 'kysely';
import type { Actor } from '#platform/authorization/actor.ts';
import { authorize } from '#platform/authorization/authorize.ts';
import { today } from '#platform/clock/today.ts';
import { labelOf } from '#platform/configuration/dictionaries.ts';
import { inTransaction } from '#platform/database/transaction.ts';
import { AppError } from '#platform/errors.ts';
import type { Locale } from '#platform/http/locale.ts';
import { withoutPersonalData } from '#platform/logging/log.ts';
import { resolveHousehold } from './household-store.ts';
import { nameFor } from './household-view.ts';

interface TrailItem {
  at: string;
  day: string | null;
  kind: string;
  text: string;
  by: string | null;
}

/** What happened to the household, newest first: recorded facts with their days, and changes with who made them. */
export async function listHouseholdHistory(actor: Actor, asked: string, locale: Locale): Promise<TrailItem[]> {
  authorize(actor, 'household.read');
  return inTransaction(actor, async (trx) => {
    const household = await resolveHousehold(trx, asked, today());
    if (!household) throw new AppError('not-found');
    const { id } = household;
    const en = locale === 'en';
    const status = await sql<{ at: Date; day: string; code: string; reason: string | null }>`SELECT recorded_at AS at, valid_from AS day, status_code AS code, reason FROM households.household_status WHERE household_id = ${id}`.execute(trx);
    const members = await sql<{ at: Date; day: string; left_on: string | null; joined_reason: string | null; left_reason: string | null; name: string }>`
      SELECT m.recorded_at AS at, m.valid_from AS day, m.valid_to AS left_on, m.joined_reason, m.left_reason, p.name FROM households.membership m JOIN households.person p ON p.id = m.person_id AND p.county_code = m.county_code WHERE m.household_id = ${id}`.execute(trx);
    const enrolments = await sql<{ at: Date; day: string; ended_on: string | null; code: string; name: string | null }>`
      SELECT e.recorded_at AS at, e.valid_from AS day, e.valid_to AS ended_on, e.programme_code AS code, p.name FROM households.enrolment e LEFT JOIN households.person p ON p.id = e.person_id AND p.county_code = e.county_code WHERE e.household_id = ${id}`.execute(trx);
    const changes = await sql<{ at: Date; action: string; by: string; reason: string | null }>`
      SELECT at, action, actor_name AS by, reason FROM audit.record WHERE household_id = ANY ((SELECT households.household_ids(${id}::uuid))::uuid[]) AND NOT (action = ANY (${lookups})) ORDER BY id DESC LIMIT 100`.execute(trx);
    const items: TrailItem[] = [
      ...status.rows.map((row) => ({ at: row.at.toISOString(), day: row.day, kind: 'status', text: `${en ? 'Status: ' : '身份：'}${labelOf('household-status', row.code, locale)}${row.reason ? `（${row.reason}）` : ''}`, by: null })),
      ...members.rows.flatMap((row) => [
        { at: row.at.toISOString(), day: row.day, kind: 'member-in', text: `${en ? 'Member: ' : '成员：'}${nameFor(actor, row.name)}${row.joined_reason ? `（${labelOf('joining', row.joined_reason, locale)}）` : ''}`, by: null },
        ...(row.left_on ? [{ at: row.at.toISOString(), day: row.left_on, kind: 'member-out', text: `${en ? 'Left: ' : '离户：'}${nameFor(actor, row.name)}（${labelOf('leaving', row.left_reason ?? 'other', locale)}）`, by: null }] : []),
      ]),
      ...enrolments.rows.map((row) => ({ at: row.at.toISOString(), day: row.day, kind: 'enrolment', text: `${en ? 'Benefit: ' : '待遇：'}${labelOf('programme', row.code, locale)}${row.name ? `（${nameFor(actor, row.name)}）` : ''}`, by: null })),
      ...changes.rows.map((row) => ({ at: row.at.toISOString(), day: null, kind: row.action, text: row.reason ?? '', by: row.by })),
    ];
    for (const item of items) item.text = withoutPersonalData(item.text);
    return items.sort((left, right) => (right.day ?? right.at).localeCompare(left.day ?? left.at));
  });
}

const lookups = ['household.view', 'household.lookup', 'person.unmask', 'finding.view', 'household.check', 'payout.view-household', 'payout.notice', 'change.view', 'identification.view', 'my-file.view', 'my-file.print'];

/** Who looked at the household and for what. Look-ups by inspection and audit appear after so many days, or not here. */
export async function listHouseholdViewers(actor: Actor, asked: string, confidentialAfterDays?: number): Promise<{ at: string; who: string; action: string; reason: string | null }[]> {
  authorize(actor, 'household.read');
  return inTransaction(actor, async (trx) => {
    const household = await resolveHousehold(trx, asked, today());
    if (!household) throw new AppError('not-found');
    const { id } = household;
    const { rows } = await sql<{ at: Date; who: string; action: string; reason: string | null }>`
      SELECT at, actor_name AS who, action, reason FROM audit.record
      WHERE household_id = ANY ((SELECT households.household_ids(${id}::uuid))::uuid[]) AND action = ANY (${lookups})
        AND (details ->> 'confidential' IS NULL ${confidentialAfterDays === undefined ? sql`` : sql`OR at < now() - make_interval(days => ${confidentialAfterDays})`}) ORDER BY id DESC LIMIT 200`.execute(trx);
    return rows.map((row) => ({ at: row.at.toISOString(), who: row.who, action: row.action, reason: row.reason }));
  });
}
