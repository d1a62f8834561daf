import type { PublicNoticeItem, QueryOf, RegionSummary, ResponseOf, getPublicNotice as noticeEndpoint, listPublicNotices as listEndpoint } from '@sunlit/api-spec';
import { daysBetween, nationCode, parentRegionOf, regionLevelOf, regionLevels, regionPrefixOf } from '@sunlit/kernel';
import { systemActor } from '#platform/authorization/actor.ts';
import { today } from '#platform/clock/today.ts';
import { inTransaction } from '#platform/database/transaction.ts';
import { AppError } from '#platform/errors.ts';
import { openStoredFile } from '#platform/files/stored-files.ts';
import { regionNamer } from '#modules/organisation/index.ts';
import { getNoticeKind } from './notice-kinds.ts';
import { isStanding } from './notice-policy.ts';
import { findNotice, listAttachments, listEntries, listStanding, type AttachmentRow, type NoticeRow } from './notice-store.ts';

const mostShown = 100;
const mostCounted = 20_000;
const digits = { nation: 0, province: 2, city: 4, county: 6, town: 9, village: 12 } as const;

function publicItem(row: NoticeRow, name: (code: string) => RegionSummary): PublicNoticeItem {
  return { id: row.id, number: row.number, title: getNoticeKind(row.kind).title, region: name(row.region_code), startsOn: row.starts_on!, endsOn: row.ends_on!, daysLeft: daysBetween(today(), row.ends_on!), entries: row.entry_count };
}

/** Where a reader without a choice begins: the smallest division, at most a county, that holds all that stands. */
function commonDivision(rows: readonly NoticeRow[]): string {
  let code = nationCode;
  for (const level of ['province', 'city', 'county'] as const) {
    const codes = new Set(rows.map((row) => row.region_code.slice(0, digits[level])));
    if (codes.size !== 1) break;
    code = [...codes][0]!.padEnd(12, '0');
  }
  return code;
}

export async function listPublicNotices(query: QueryOf<typeof listEndpoint>): Promise<ResponseOf<typeof listEndpoint>> {
  const name = await regionNamer();
  return inTransaction(systemActor, async (trx) => {
    const rows = await listStanding(trx, query.regionCode ?? nationCode, today(), mostCounted);
    const code = query.regionCode ?? commonDivision(rows);
    const level = regionLevels[Math.min(regionLevels.indexOf(regionLevelOf(code)) + 1, regionLevels.length - 1)]!;
    const below = Map.groupBy(rows.filter((row) => row.region_code !== code), (row) => row.region_code.slice(0, digits[level]).padEnd(12, '0'));
    const parent = parentRegionOf(code);
    return {
      region: name(code),
      parent: parent === undefined || regionPrefixOf(code) === '' ? null : name(parent),
      places: [...below].sort(([a], [b]) => a.localeCompare(b)).map(([place, notices]) => ({ region: name(place), notices: notices.length })),
      items: rows.slice(0, mostShown).map((row) => publicItem(row, name)),
    };
  });
}

export async function viewPublicNotice(id: string): Promise<ResponseOf<typeof noticeEndpoint>> {
  const name = await regionNamer();
  return inTransaction(systemActor, async (trx) => {
    const row = await findNotice(trx, id);
    if (!row || !isStanding(row, today())) throw new AppError('not-found');
    const kind = getNoticeKind(row.kind);
    return {
      ...publicItem(row, name),
      wording: kind.wording,
      basis: kind.basis,
      fields: kind.fields.map(({ name: field, label, type }) => ({ name: field, label, type })),
      rows: (await listEntries(trx, id)).map((entry) => ({ values: entry.field_values })),
      note: row.note,
      contact: row.contact,
      attachments: (await listAttachments(trx, id)).filter(isPublic).map((one) => ({ id: one.id, fileName: one.file_name })),
    };
  });
}

function isPublic(attachment: AttachmentRow): boolean {
  return attachment.state === 'clean' || (attachment.state === 'look' && attachment.seen_by !== null);
}

export async function openPublicAttachment(id: string, attachmentId: string): ReturnType<typeof openStoredFile> {
  return inTransaction(systemActor, async (trx) => {
    const row = await findNotice(trx, id);
    const attachment = row && isStanding(row, today()) ? (await listAttachments(trx, id)).find((one) => one.id === attachmentId && isPublic(one)) : undefined;
    if (!attachment) throw new AppError('not-found');
    return openStoredFile(trx, attachment.file_id);
  });
}
