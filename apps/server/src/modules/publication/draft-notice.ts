import type { BodyOf, createNotice as endpoint } from '@sunlit/api-spec';
import { countyCodeOf, isCalendarDate, maskName, newId } from '@sunlit/kernel';
import { sql } from 'kysely';
import { recordAudit } from '#platform/audit/record-audit.ts';
import type { Actor } from '#platform/authorization/actor.ts';
import { authorize } from '#platform/authorization/authorize.ts';
import { today } from '#platform/clock/today.ts';
import { runCommand } from '#platform/commands/run-command.ts';
import type { Trx } from '#platform/database/transaction.ts';
import { AppError } from '#platform/errors.ts';
import { findRegion } from '#modules/organisation/index.ts';
import { getNoticeKind, noticeTerms, type NoticeKindDefinition } from './notice-kinds.ts';
import { insertStep } from './notice-store.ts';
import { scanText } from './scan-text.ts';

export interface NoticeDraft {
  kind: string;
  /** the village (or what it is put up for) */
  regionCode: string;
  /** opaque here: what the module above published it for */
  subject?: { kind: string; id: string };
  entries: { subjectId?: string; values: Record<string, string> }[];
  note?: string;
  contact: string;
}

const refuse = (path: string, message: string): never => {
  throw new AppError('request-invalid', undefined, { fields: [{ path, message }] });
};

/**
 * Writes a draft in the caller's transaction. Only fields that the kind names are taken, anything else is refused: a caller
 * that offers more has made a mistake. Names are given in full and masked here, before anything is kept.
 */
export async function draftNotice(trx: Trx, actor: Actor, draft: NoticeDraft): Promise<{ id: string; number: string }> {
  authorize(actor, 'notice.prepare', { regionCode: draft.regionCode });
  const kind = getNoticeKind(draft.kind);
  if (kind.validFrom > today() || (kind.validTo !== undefined && kind.validTo <= today())) refuse('kind', '这种公示现在不再使用。');
  if (!(await findRegion(trx, draft.regionCode))) refuse('regionCode', '没有这个区划。');
  const rows = draft.entries.map((entry, index) => ({ subjectId: entry.subjectId ?? null, values: shownValues(kind, entry.values, index) }));
  refuseLeaks(draft, rows);
  const terms = await noticeTerms(trx, kind, draft.regionCode, today());
  const id = newId();
  const county = countyCodeOf(draft.regionCode);
  const numbered = await sql<{ number: string }>`
    INSERT INTO publication.notice (county_code, id, number, kind, region_code, subject_kind, subject_id, entry_count, note, contact, minimum_days, retention_days, made_by, made_by_name)
    VALUES (${county}, ${id}, 'GS-' || to_char(now(), 'YYYY') || '-' || lpad(nextval('publication.notice_number')::text, 6, '0'), ${kind.code}, ${draft.regionCode}, ${draft.subject?.kind ?? null}, ${draft.subject?.id ?? null},
      ${rows.length}, ${draft.note ?? ''}, ${draft.contact}, ${terms.minimumDays}, ${terms.retentionDays}, ${actor.accountId}, ${actor.displayName})
    RETURNING number`.execute(trx);
  await sql`INSERT INTO publication.entry (county_code, notice_id, ordinal, region_code, subject_id, field_values)
    SELECT ${county}, ${id}::uuid, ordinality, ${draft.regionCode}, subject::uuid, field_values::jsonb
    FROM unnest(${rows.map((row) => row.subjectId)}::text[], ${rows.map((row) => JSON.stringify(row.values))}::text[]) WITH ORDINALITY AS t (subject, field_values)`.execute(trx);
  const notice = { county_code: county, id, region_code: draft.regionCode };
  await insertStep(trx, actor, notice, 'draft');
  await recordAudit(trx, actor, { action: 'notice.draft', objectKind: 'notice', objectId: id, regionCode: draft.regionCode, details: { kind: kind.code, entries: rows.length } });
  return { id, number: numbered.rows[0]!.number };
}

/** What may not stand on the board is not kept either: a draft is not encrypted. */
function refuseLeaks(draft: NoticeDraft, rows: readonly { values: Record<string, string> }[]): void {
  const texts: [path: string, text: string][] = [['note', draft.note ?? ''], ['contact', draft.contact], ...rows.flatMap((row, index) => Object.entries(row.values).map(([name, value]): [string, string] => [`entries.${index}.values.${name}`, value]))];
  const found = texts.filter(([, text]) => scanText(text).length > 0);
  if (found.length === 0) return;
  const message = '这里有不能公开的内容（证件号码、手机号码、银行账号或病情），请删去。';
  throw new AppError('request-invalid', message, { fields: found.map(([path]) => ({ path, message })) });
}

function shownValues(kind: NoticeKindDefinition, values: Record<string, string>, index: number): Record<string, string> {
  const unknown = Object.keys(values).find((name) => !kind.fields.some((field) => field.name === name));
  if (unknown !== undefined) refuse(`entries.${index}`, '这种公示不能公开这一项内容。');
  const shown: Record<string, string> = {};
  for (const field of kind.fields) {
    const value = (values[field.name] ?? '').trim();
    const path = `entries.${index}.values.${field.name}`;
    if (value === '') {
      if (field.required) refuse(path, '请填写。');
      continue;
    }
    if (field.type === 'count' && !/^\d{1,6}$/u.test(value)) refuse(path, '请填写整数。');
    if (field.type === 'amount' && !/^\d{1,12}(?:\.\d{1,2})?$/u.test(value)) refuse(path, '请填写金额，最多两位小数。');
    if (field.type === 'day' && !isCalendarDate(value)) refuse(path, '请填写日期。');
    shown[field.name] = field.type === 'masked-name' ? maskName(value) : value;
  }
  return shown;
}

export async function createNotice(actor: Actor, body: BodyOf<typeof endpoint>): Promise<{ id: string; number: string }> {
  return runCommand(actor, 'notice.draft', body, async (trx) => draftNotice(trx, actor, { kind: body.kind, regionCode: body.regionCode, entries: body.entries, note: body.note, contact: body.contact }));
}
