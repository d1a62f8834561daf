import type { BodyOf, QueryOf, ResponseOf, answerVoice as answerEndpoint, listVoices as listEndpoint, recordVoice as recordEndpoint } from '@sunlit/api-spec';
import { newId, regionRange } from '@sunlit/kernel';
import { sql } from 'kysely';
import { recordAudit } from '#platform/audit/record-audit.ts';
import type { Actor } from '#platform/authorization/actor.ts';
import { authorize } from '#platform/authorization/authorize.ts';
import { dayOf, today } from '#platform/clock/today.ts';
import { runCommand } from '#platform/commands/run-command.ts';
import { inTransaction } from '#platform/database/transaction.ts';
import { AppError } from '#platform/errors.ts';
import { timeOrder } from '#platform/database/time-order.ts';
import { codeColumn, type ListColumn } from '#platform/http/list-route.ts';
import type { Locale } from '#platform/http/locale.ts';
import { countCap, page, readCursor } from '#platform/http/page.ts';
import { escapeHtml, printablePage } from '#platform/http/printable-page.ts';
import { withoutPersonalData } from '#platform/logging/log.ts';
import { decryptValue, encryptOptional, encryptValue } from '#platform/personal-data/cipher.ts';
import { regionNamer } from '#modules/organisation/index.ts';

interface VoiceRow {
  id: string;
  number: string;
  region_code: string;
  channel: string;
  subject: string;
  text_enc: Buffer;
  state: 'received' | 'in-progress' | 'answered';
  answer: string | null;
  recorded_by_name: string;
  recorded_at: Date;
}

/** A short number that can be read over the phone; it says nothing about who spoke. */
function receiptNumber(id: string): string {
  return `Y${today().slice(2, 4)}-${parseInt(id.slice(-10), 16).toString(10).padStart(13, '0').slice(-8)}`;
}

export async function recordVoice(actor: Actor, command: BodyOf<typeof recordEndpoint>): Promise<{ id: string; number: string }> {
  authorize(actor, 'voice.record', { regionCode: command.regionCode });
  return runCommand(actor, 'voice.record', command, async (trx) => {
    const id = newId();
    const number = receiptNumber(id);
    const speaker = command.speakerName || command.speakerPhone ? JSON.stringify({ name: command.speakerName, phone: command.speakerPhone }) : null;
    await trx
      .insertInto('participation.voice')
      .values({ id, number, region_code: command.regionCode, channel: command.channel, subject: command.subject, text_enc: encryptValue('voice', command.text), speaker_enc: encryptOptional('speaker', speaker), recorded_by: actor.accountId, recorded_by_name: actor.displayName })
      .execute();
    await recordAudit(trx, actor, { action: 'voice.record', objectKind: 'voice', objectId: id, regionCode: command.regionCode, details: { channel: command.channel, subject: command.subject } });
    return { id, number };
  });
}

/** What was said, kept word for word; a number of a card or a phone in it is shown to nobody who merely reads the list. */
function shownText(row: VoiceRow): string {
  return withoutPersonalData(decryptValue('voice', row.text_enc));
}

export async function listVoices(actor: Actor, query: QueryOf<typeof listEndpoint>): Promise<ResponseOf<typeof listEndpoint>> {
  authorize(actor, 'voice.read');
  const name = await regionNamer();
  return inTransaction(actor, async (trx) => {
    const range = query.regionCode ? regionRange(query.regionCode) : undefined;
    const where = sql`true ${range ? sql`AND region_code >= ${range.from} AND region_code < ${range.to}` : sql``} ${query.state ? sql`AND state = ${query.state}` : sql``} ${query.subject ? sql`AND subject = ${query.subject}` : sql``}`;
    const { beyond, direction } = timeOrder(query.sort);
    const after = readCursor(query.cursor);
    const { rows } = await sql<VoiceRow>`SELECT * FROM participation.voice WHERE ${where}
      ${after ? sql`AND (date_trunc('milliseconds', recorded_at), id) ${beyond} (${after[0]}::timestamptz, ${after[1]}::uuid)` : sql``} ORDER BY date_trunc('milliseconds', recorded_at) ${direction}, id ${direction} LIMIT ${query.limit + 1}`.execute(trx);
    const count = await sql<{ count: number }>`SELECT count(*) AS count FROM (SELECT 1 FROM participation.voice WHERE ${where} LIMIT ${countCap + 1}) AS counted`.execute(trx);
    return page(rows, query.limit, (row) => [row.recorded_at.toISOString(), row.id], count.rows[0]?.count ?? 0, (row) => ({
      id: row.id,
      number: row.number,
      recordedAt: row.recorded_at.toISOString(),
      recordedBy: row.recorded_by_name,
      region: name(row.region_code),
      channel: row.channel,
      subject: row.subject,
      text: shownText(row),
      state: row.state,
      answer: row.answer,
    }));
  });
}

export const voiceColumns: readonly ListColumn<ResponseOf<typeof listEndpoint>['items'][number]>[] = [
  { zh: '编号', en: 'Number', value: (item) => item.number },
  { zh: '区划', en: 'Division', value: (item) => item.region.fullName },
  codeColumn('方式', 'Channel', (item) => item.channel, { counter: ['窗口', 'Counter'], phone: ['电话', 'Phone'], visit: ['入户', 'Visit'], letter: ['来信', 'Letter'] }),
  codeColumn('事项', 'Subject', (item) => item.subject, { benefit: ['补贴待遇', 'Benefit'], project: ['项目', 'Project'], cadre: ['干部作风', 'Conduct of officials'], 'data-correction': ['信息有误', 'Wrong data'], other: ['其他', 'Other'] }),
  { zh: '内容', en: 'What was said', value: (item) => item.text },
  codeColumn('状态', 'State', (item) => item.state, { received: ['已收到', 'Received'], 'in-progress': ['办理中', 'In progress'], answered: ['已答复', 'Answered'] }),
  { zh: '答复', en: 'Answer', value: (item) => item.answer },
  { zh: '登记人', en: 'Taken down by', value: (item) => item.recordedBy },
  { zh: '时间', en: 'At', value: (item) => item.recordedAt },
];

export async function answerVoice(actor: Actor, id: string, command: BodyOf<typeof answerEndpoint>): Promise<{ ok: true }> {
  return runCommand(actor, 'voice.answer', { ...command, id } as typeof command & { id: string }, async (trx) => {
    const { rows } = await sql<VoiceRow>`SELECT * FROM participation.voice WHERE id = ${id} FOR UPDATE`.execute(trx);
    const row = rows[0];
    if (!row) throw new AppError('not-found');
    authorize(actor, 'voice.record', { regionCode: row.region_code });
    if (row.state === 'answered') throw new AppError('wrong-state', '已经答复过了。');
    await trx.updateTable('participation.voice').set({ state: 'answered', answer: command.answer, answered_at: new Date() }).where('id', '=', id).execute();
    await recordAudit(trx, actor, { action: 'voice.answer', objectKind: 'voice', objectId: id, regionCode: row.region_code });
    return { ok: true as const };
  });
}

/** The paper the speaker takes home: number, day, what was said, who took it down and what happens next. */
export async function voiceReceipt(actor: Actor, id: string, locale: Locale): Promise<string> {
  const name = await regionNamer();
  return inTransaction(actor, async (trx) => {
    const { rows } = await sql<VoiceRow>`SELECT * FROM participation.voice WHERE id = ${id}`.execute(trx);
    const row = rows[0];
    if (!row) throw new AppError('not-found');
    await recordAudit(trx, actor, { action: 'voice.receipt', objectKind: 'voice', objectId: id, regionCode: row.region_code });
    const en = locale === 'en';
    const lines = en
      ? { title: 'Receipt', said: 'You told us', taken: 'Taken down by', next: 'Someone will look into it and answer. Keep this number; with it you can ask how it stands.' }
      : { title: '诉求受理回执', said: '您反映的是', taken: '登记人', next: '我们会有人办理并答复您。请留好这个编号，凭编号可以随时询问办到哪一步。' };
    return printablePage({
      title: lines.title,
      locale,
      source: `${name(row.region_code).fullName} · ${dayOf(row.recorded_at)}`,
      body: `<h1>${lines.title}</h1><p class="big">${escapeHtml(row.number)}</p><h2>${lines.said}</h2><p>${escapeHtml(shownText(row))}</p><p>${lines.taken}：${escapeHtml(row.recorded_by_name)}</p><p>${lines.next}</p>`,
    });
  });
}
