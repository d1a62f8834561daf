import type { NoticeAction, NoticeItem, NoticeView, RegionSummary } from '@sunlit/api-spec';
import type { Actor } from '#platform/authorization/actor.ts';
import { authorize } from '#platform/authorization/authorize.ts';
import { today } from '#platform/clock/today.ts';
import { inWords } from '#platform/configuration/english-texts.ts';
import { inTransaction } from '#platform/database/transaction.ts';
import type { Locale } from '#platform/http/locale.ts';
import { withoutPersonalData } from '#platform/logging/log.ts';
import { decryptValue } from '#platform/personal-data/cipher.ts';
import { regionNamer } from '#modules/organisation/index.ts';
import { getNoticeKind } from './notice-kinds.ts';
import { daysLeft, obstaclesOf } from './notice-policy.ts';
import { getNotice, listAttachments, listEntries, listObjections, listSteps, type AttachmentRow, type NoticeRow, type ObjectionRow } from './notice-store.ts';
import { scanNotice } from './scan-notice.ts';

export function noticeItem(row: NoticeRow, name: (code: string) => RegionSummary): NoticeItem {
  return {
    id: row.id,
    number: row.number,
    kind: { code: row.kind, title: getNoticeKind(row.kind).title },
    region: name(row.region_code),
    entries: row.entry_count,
    state: row.state,
    startsOn: row.starts_on,
    endsOn: row.ends_on,
    daysLeft: daysLeft(row, today()),
    openObjections: row.open_objections,
    madeBy: row.made_by_name,
    madeAt: row.made_at.toISOString(),
  };
}

export async function viewNotice(actor: Actor, id: string, locale: Locale): Promise<NoticeView> {
  authorize(actor, 'notice.read');
  const name = await regionNamer();
  return inTransaction(actor, async (trx) => {
    const row = await getNotice(trx, id);
    const kind = getNoticeKind(row.kind);
    const entries = await listEntries(trx, id);
    const attachments = await listAttachments(trx, id);
    const objections = await listObjections(trx, id);
    const leaks = scanNotice(row, entries);
    const obstacles = row.state === 'draft' ? obstaclesOf(row, leaks, attachments, actor.accountId) : [];
    return {
      ...noticeItem(row, name),
      wording: kind.wording,
      basis: inWords(kind.basis, locale),
      fields: kind.fields,
      rows: entries.map((entry) => ({ values: entry.field_values })),
      note: row.note,
      contact: row.contact,
      obstacles,
      leaks,
      minimumDays: row.minimum_days,
      attachments: attachments.map(attachmentView),
      objections: objections.map(objectionView),
      steps: (await listSteps(trx, id)).map((step) => ({ action: step.action, by: step.by_name, at: step.at.toISOString(), reason: withoutPersonalData(step.reason) })),
      actions: actionsOf(actor, row, attachments, objections, obstacles),
      version: row.version,
      subject: row.subject_kind !== null && row.subject_id !== null ? { kind: row.subject_kind, id: row.subject_id } : null,
    };
  });
}

function actionsOf(actor: Actor, row: NoticeRow, attachments: readonly AttachmentRow[], objections: readonly ObjectionRow[], obstacles: NoticeView['obstacles']): NoticeAction[] {
  const prepares = actor.permissions.has('notice.prepare');
  const approves = actor.permissions.has('notice.approve');
  const isDraft = row.state === 'draft';
  const others = (one: AttachmentRow) => one.state === 'look' && one.seen_by === null && one.added_by !== actor.accountId && row.made_by !== actor.accountId;
  const possible: [NoticeAction, boolean][] = [
    ['attach', isDraft && prepares],
    ['remove-attachment', isDraft && prepares && attachments.some((one) => one.state !== 'removed')],
    ['confirm-seen', isDraft && approves && attachments.some(others)],
    ['publish', isDraft && approves && obstacles.length === 0],
    ['withdraw', isDraft && prepares],
    ['take-down', row.state === 'published' && prepares],
    ['record-objection', row.state === 'published' && actor.permissions.has('voice.record')],
    ['answer-objection', approves && objections.some((one) => one.answer === null)],
    ['poster', row.state === 'published' || (isDraft && !obstacles.includes('leak-in-text'))],
  ];
  return possible.filter(([, may]) => may).map(([action]) => action);
}

function attachmentView(row: AttachmentRow): NoticeView['attachments'][number] {
  return { id: row.id, fileName: row.file_name, size: row.size_bytes, state: row.state, leaks: row.leaks, seen: row.seen_by_name !== null && row.seen_at !== null ? { by: row.seen_by_name, at: row.seen_at.toISOString() } : null, addedBy: row.added_by_name, addedAt: row.added_at.toISOString() };
}

function objectionView(row: ObjectionRow): NoticeView['objections'][number] {
  return {
    id: row.id,
    number: row.number,
    channel: row.channel,
    text: withoutPersonalData(decryptValue('objection', row.text_enc)),
    contactLeft: row.speaker_enc !== null,
    recordedBy: row.recorded_by_name,
    recordedAt: row.recorded_at.toISOString(),
    answer: row.answer,
    answeredBy: row.answered_by_name,
    answeredAt: row.answered_at?.toISOString() ?? null,
  };
}
