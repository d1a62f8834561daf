import type { PublicNoticeItem, QueryOf, RegionSummary, ResponseOf, getPublicNotice as noticeEndpoint, listPublicNotices as listEndpoint } from '@sunlit/api-spec';
import { daysBetween, nationCode, parentRegionOf, regionLevelOf, regionLevels, regionPrefixOf } from '@sunlit/kernel';
import { systemActor } from '#platform/authorization/actor.ts';
import { today } from '#platform/clock/today.ts';
import { inWords } from '#platform/configuration/english-texts.ts';
import { inTransaction, type Trx } from '#platform/database/transaction.ts';
import { AppError } from '#platform/errors.ts';
import type { Locale } from '#platform/http/locale.ts';
import { openStoredFile } from '#platform/files/stored-files.ts';
import { regionNamer } from '#modules/organisation/index.ts';
import { getNoticeKind } from './notice-kinds.ts';
import { isStanding } from './notice-policy.ts';
import { countStanding, findNotice, listAttachments, listEntries, listStanding, type AttachmentRow, type NoticeRow } from './notice-store.ts';

const mostShown = 100;
const digits = { nation: 0, province: 2, city: 4, county: 6, town: 9, village: 12 } as const;

function publicItem(row: NoticeRow, name: (code: string) => RegionSummary): PublicNoticeItem {
  return { id: row.id, number: row.number, title: getNoticeKind(row.kind).title, region: name(row.region_code), startsOn: row.starts_on!, endsOn: row.ends_on!, daysLeft: daysBetween(today(), row.ends_on!), entries: row.entry_count };
}

/** Where a reader without a choice begins: the smallest division, at most a county, that holds all that stands. */
async function commonDivision(trx: Trx): Promise<string> {
  const counties = await countStanding(trx, nationCode, today(), digits.county);
  const [first, last] = [counties[0]?.first, counties.at(-1)?.last];
  if (first === undefined || last === undefined) return nationCode;
  const shared = (['county', 'city', 'province'] as const).find((level) => first.slice(0, digits[level]) === last.slice(0, digits[level]));
  return shared === undefined ? nationCode : first.slice(0, digits[shared]).padEnd(12, '0');
}

export async function listPublicNotices(query: QueryOf<typeof listEndpoint>): Promise<ResponseOf<typeof listEndpoint>> {
  const name = await regionNamer();
  return inTransaction(systemActor, async (trx) => {
    const code = query.regionCode ?? (await commonDivision(trx));
    const level = regionLevels[Math.min(regionLevels.indexOf(regionLevelOf(code)) + 1, regionLevels.length - 1)]!;
    const places = (await countStanding(trx, code, today(), digits[level])).filter((one) => one.place !== code);
    const parent = parentRegionOf(code);
    return {
      region: name(code),
      parent: parent === undefined || regionPrefixOf(code) === '' ? null : name(parent),
      places: places.map(({ place, notices }) => ({ region: name(place), notices })),
      items: (await listStanding(trx, code, today(), mostShown)).map((row) => publicItem(row, name)),
    };
  });
}

export async function viewPublicNotice(id: string, locale: Locale): Promise<ResponseOf<typeof noticeEndpoint>> {
  const name = await regionNamer();
  return inTransaction(systemActor, async (trx) => {
    const row = await findNotice(trx, id);
    if (!row || !isStanding(row, today())) throw new AppError('not-found');
    const kind = getNoticeKind(row.kind);
    return {
      ...publicItem(row, name),
      wording: kind.wording,
      basis: inWords(kind.basis, locale),
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
