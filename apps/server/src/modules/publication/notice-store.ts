import type { LeakKind, NoticeState } from '@sunlit/api-spec';
import { newId, regionRange } from '@sunlit/kernel';
import { sql, type RawBuilder } from 'kysely';
import type { Actor } from '#platform/authorization/actor.ts';
import { thisMoment } from '#platform/clock/today.ts';
import type { Trx } from '#platform/database/transaction.ts';
import { AppError } from '#platform/errors.ts';

export interface NoticeRow {
  county_code: string;
  id: string;
  number: string;
  kind: string;
  region_code: string;
  subject_kind: string | null;
  subject_id: string | null;
  state: NoticeState;
  entry_count: number;
  note: string;
  contact: string;
  minimum_days: number;
  retention_days: number;
  starts_on: string | null;
  ends_on: string | null;
  taken_down_for_leak: boolean;
  made_by: string;
  made_by_name: string;
  made_at: Date;
  approved_by: string | null;
  version: number;
  open_objections: number;
}

const columns = sql`n.*, (SELECT count(*)::int FROM publication.objection o WHERE o.notice_id = n.id AND o.answer IS NULL) AS open_objections`;

export async function findNotice(trx: Trx, id: string, options: { lock?: boolean } = {}): Promise<NoticeRow | undefined> {
  const { rows } = await sql<NoticeRow>`SELECT ${columns} FROM publication.notice n WHERE n.id = ${id} ${options.lock ? sql`FOR UPDATE OF n` : sql``}`.execute(trx);
  return rows[0];
}

export async function getNotice(trx: Trx, id: string, options: { lock?: boolean } = {}): Promise<NoticeRow> {
  const row = await findNotice(trx, id, options);
  if (!row) throw new AppError('not-found');
  return row;
}

export function requireState(row: NoticeRow, state: NoticeState): void {
  if (row.state !== state) throw new AppError('wrong-state', '公示已不在这一步，请刷新后查看。');
}

export interface NoticeFilter {
  regionCode?: string | undefined;
  kind?: string | undefined;
  state?: NoticeState | undefined;
  objections?: 'open' | undefined;
}

export function matching(filter: NoticeFilter): RawBuilder<unknown> {
  const range = filter.regionCode ? regionRange(filter.regionCode) : undefined;
  return sql`true ${range ? sql`AND n.region_code >= ${range.from} AND n.region_code < ${range.to}` : sql``} ${filter.kind ? sql`AND n.kind = ${filter.kind}` : sql``}
    ${filter.state ? sql`AND n.state = ${filter.state}` : sql``} ${filter.objections ? sql`AND EXISTS (SELECT 1 FROM publication.objection o WHERE o.notice_id = n.id AND o.answer IS NULL)` : sql``}`;
}

export async function listNoticeRows(trx: Trx, filter: NoticeFilter, order: RawBuilder<unknown>, limit: number, after: RawBuilder<unknown> = sql``): Promise<(NoticeRow & { key: string })[]> {
  const { rows } = await sql<NoticeRow & { key: string }>`SELECT ${columns}, n.made_at::text AS key FROM publication.notice n WHERE ${matching(filter)} ${after} ORDER BY ${order} LIMIT ${limit}`.execute(trx);
  return rows;
}

/** Notices that anybody may read on a day: published, and not past their last day, whatever the clean-up has done. */
export async function listStanding(trx: Trx, regionCode: string, on: string, limit: number): Promise<NoticeRow[]> {
  const range = regionRange(regionCode);
  const { rows } = await sql<NoticeRow>`SELECT ${columns} FROM publication.notice n WHERE n.state = 'published' AND n.ends_on >= ${on}::date AND n.region_code >= ${range.from} AND n.region_code < ${range.to} ORDER BY n.ends_on, n.id LIMIT ${limit}`.execute(trx);
  return rows;
}

/** How many stand today, by so many digits of the division; and the first and last division that have any. */
export async function countStanding(trx: Trx, regionCode: string, on: string, digits: number): Promise<{ place: string; notices: number; first: string; last: string }[]> {
  const range = regionRange(regionCode);
  const { rows } = await sql<{ place: string; notices: number; first: string; last: string }>`
    SELECT rpad(left(n.region_code, ${digits}), 12, '0') AS place, count(*)::int AS notices, min(n.region_code) AS first, max(n.region_code) AS last FROM publication.notice n
    WHERE n.state = 'published' AND n.ends_on >= ${on}::date AND n.region_code >= ${range.from} AND n.region_code < ${range.to} GROUP BY 1 ORDER BY 1`.execute(trx);
  return rows;
}

export async function listEntries(trx: Trx, noticeId: string): Promise<{ field_values: Record<string, string> }[]> {
  const { rows } = await sql<{ field_values: Record<string, string> }>`SELECT field_values FROM publication.entry WHERE notice_id = ${noticeId} ORDER BY ordinal`.execute(trx);
  return rows;
}

export interface AttachmentRow {
  id: string;
  file_id: string;
  file_name: string;
  size_bytes: number;
  state: 'clean' | 'look' | 'leak' | 'removed';
  leaks: { kind: LeakKind; count: number }[];
  added_by: string;
  added_by_name: string;
  added_at: Date;
  seen_by: string | null;
  seen_by_name: string | null;
  seen_at: Date | null;
}

export async function listAttachments(trx: Trx, noticeId: string): Promise<AttachmentRow[]> {
  const { rows } = await sql<AttachmentRow>`SELECT * FROM publication.attachment WHERE notice_id = ${noticeId} ORDER BY added_at, id`.execute(trx);
  return rows;
}

export async function getAttachment(trx: Trx, noticeId: string, id: string): Promise<AttachmentRow> {
  const found = (await listAttachments(trx, noticeId)).find((one) => one.id === id);
  if (!found) throw new AppError('not-found');
  return found;
}

export async function insertStep(trx: Trx, actor: Actor, notice: Pick<NoticeRow, 'county_code' | 'id' | 'region_code'>, action: string, reason = ''): Promise<void> {
  await sql`INSERT INTO publication.step (county_code, id, notice_id, region_code, action, reason, by_id, by_name, at)
    VALUES (${notice.county_code}, ${newId()}, ${notice.id}, ${notice.region_code}, ${action}, ${reason}, ${actor.accountId}, ${actor.displayName}, ${thisMoment()})`.execute(trx);
}

export async function listSteps(trx: Trx, noticeId: string): Promise<{ action: string; by_name: string; at: Date; reason: string }[]> {
  const { rows } = await sql<{ action: string; by_name: string; at: Date; reason: string }>`SELECT action, by_name, at, reason FROM publication.step WHERE notice_id = ${noticeId} ORDER BY at, id`.execute(trx);
  return rows;
}

export interface ObjectionRow {
  id: string;
  number: string;
  channel: string;
  text_enc: Buffer;
  speaker_enc: Buffer | null;
  recorded_by: string;
  recorded_by_name: string;
  recorded_at: Date;
  answer: string | null;
  answered_by_name: string | null;
  answered_at: Date | null;
}

export async function listObjections(trx: Trx, noticeId: string): Promise<ObjectionRow[]> {
  const { rows } = await sql<ObjectionRow>`SELECT * FROM publication.objection WHERE notice_id = ${noticeId} ORDER BY recorded_at, id`.execute(trx);
  return rows;
}

