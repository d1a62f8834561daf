import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as spec from '@sunlit/api-spec';
import { addDays, newId } from '@sunlit/kernel';
import { writeXlsx } from 'hucre/xlsx';
import { sql } from 'kysely';
import pg from 'pg';
import { extractText, getDocumentProxy } from 'unpdf';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { systemActor } from '#platform/authorization/actor.ts';
import { today } from '#platform/clock/today.ts';
import { inTransaction } from '#platform/database/transaction.ts';
import { openPdf } from '#platform/documents/open-pdf.ts';
import { openTestApp, type TestApp, type TestUser } from '#testing/test-app.ts';
import { findNoticeStanding, keepNotices, writeNoticeSnapshot } from './index.ts';

const village = '320826101201';
const png = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64');
let world: TestApp;
let clerk: TestUser;
let reviewer: TestUser;

beforeAll(async () => {
  world = await openTestApp();
  clerk = await world.user(['village-clerk'], village);
  reviewer = await world.user(['town-reviewer'], '320826101000');
});
afterAll(() => world.close());

async function draft(values: Record<string, string> = { name: '张三丰', group: '三组', members: '4', category: '突发严重困难户' }, note = ''): Promise<string> {
  const made = await clerk.call(spec.createNotice, { body: { kind: 'monitored-household-entry', regionCode: village, entries: [{ values }], note, contact: '村委会 0517-82345678' } });
  expect(made.status, made.text).toBe(200);
  return made.body.id;
}
const view = async (id: string, user = reviewer) => (await user.call(spec.getNotice, { params: { id } })).body;
const publish = async (id: string, user = reviewer) => user.call(spec.publishNotice, { params: { id }, body: { expectedVersion: (await view(id)).version } });
async function asOwner(statement: string, values: unknown[]): Promise<void> {
  const owner = new pg.Client({ connectionString: world.test.ownerUrl });
  await owner.connect();
  await owner.query(statement, values);
  await owner.end();
}
const pdfOf = async (text: string, pages = 1) => {
  const pdf = openPdf({ title: '附件' });
  pdf.document.fontSize(12).text(text);
  for (let page = 1; page < pages; page += 1) pdf.document.addPage().text('续');
  return pdf.finish(() => '');
};

it('masks names before it keeps them, and takes no field that the kind does not name', async () => {
  const id = await draft();
  expect((await view(id)).rows).toEqual([{ values: { name: '张**', group: '三组', members: '4', category: '突发严重困难户' } }]);
  const { rows } = await inTransaction(systemActor, (trx) => sql`SELECT 1 FROM publication.entry WHERE field_values::text LIKE '%三丰%'`.execute(trx));
  expect(rows).toEqual([]);
  const refused = await clerk.call(spec.createNotice, { body: { kind: 'monitored-household-entry', regionCode: village, entries: [{ values: { name: '张三', health: '重病' } }], contact: '村委会' } });
  expect(refused.status).toBe(400);
});

it('is published by a second person only, stands its least days, and can be read by anybody until its last day', async () => {
  const id = await draft();
  expect((await publish(id, clerk)).status).toBe(403);
  const early = await reviewer.call(spec.publishNotice, { params: { id }, body: { expectedVersion: 1, endsOn: addDays(today(), 4) } });
  expect(early.status).toBe(400);
  const published = await publish(id);
  expect(published.body.endsOn).toBe(addDays(today(), 5));
  const read = await world.anonymous(spec.getPublicNotice, { params: { id } });
  expect(read.body.rows[0]!.values['name']).toBe('张**');
  expect((await world.anonymous(spec.listPublicNotices, { query: { regionCode: village } })).body.items.map((item) => item.id)).toContain(id);
  // the clean-up is late: the day alone decides
  await asOwner(`UPDATE publication.notice SET starts_on = '2026-01-01', ends_on = '2026-01-08' WHERE id = $1`, [id]);
  expect((await world.anonymous(spec.getPublicNotice, { params: { id } })).status).toBe(404);
  expect((await world.anonymous(spec.listPublicNotices, { query: { regionCode: village } })).body.items.map((item) => item.id)).not.toContain(id);
  expect((await inTransaction(systemActor, (trx) => findNoticeStanding(trx, id)))?.isOver).toBe(true);
  await keepNotices();
  expect((await view(id)).state).toBe('ended');
  // 365 days later its rows are gone, its trail is not
  await keepNotices(addDays(today(), 400));
  const forgotten = await view(id);
  expect(forgotten.rows).toEqual([]);
  expect(forgotten.steps.map((step) => step.action)).toEqual(['draft', 'publish', 'end', 'forget']);
});

it('keeps no number, phone or illness that somebody typed, and publishes none that is there all the same', async () => {
  for (const [values, note] of [[{ name: '张三', group: '399900196001010018' }, ''], [{ name: '张三' }, '电话 13912345678'], [{ name: '张三', category: '因病致困' }, '']] as const) {
    const refused = await clerk.call(spec.createNotice, { body: { kind: 'monitored-household-entry', regionCode: village, entries: [{ values }], note, contact: '村委会' } });
    expect(refused.status).toBe(400);
    expect(refused.text).toContain('不能公开');
  }
  // a word that came onto the list after the draft was made
  const id = await draft();
  await asOwner(`UPDATE publication.entry SET field_values = '{"name":"张*","category":"因病致困"}' WHERE notice_id = $1`, [id]);
  expect((await publish(id)).status).toBe(409);
  expect((await view(id)).obstacles).toContain('leak-in-text');
  expect((await reviewer.call(spec.getNoticePoster, { params: { id } })).status).toBe(409);
});

it('reads what stands in attachments, and asks a second person about pictures', async () => {
  const id = await draft();
  const attach = (name: string, content: Buffer) => clerk.upload(`/api/notices/${id}/attachments`, { name, content });
  const leaking = await attach('名单.pdf', await pdfOf('李四 399900196001010018'));
  expect(leaking.body).toMatchObject({ state: 'leak' });
  expect((await publish(id)).status).toBe(409);
  const second = await attach('说明.xlsx', Buffer.from(await writeXlsx({ sheets: [{ name: '名单', rows: [['户主', '说明'], ['张*', '电话１３９１２３４５６７８']] }] })));
  expect(second.body).toMatchObject({ state: 'leak' });
  expect((await attach('名单.docx', Buffer.from('PK\x03\x04 damaged'))).status).toBe(400);
  for (const one of [leaking, second]) await clerk.call(spec.removeNoticeAttachment, { params: { id, attachmentId: one.body.id }, body: { reason: '含个人信息' } });
  expect((await attach('汇编.pdf', await pdfOf('文件汇编', 301))).text).toContain('请拆成几个不超过 300 页的文件');
  expect((await attach('政策.pdf', await pdfOf('政策明白纸'))).body).toMatchObject({ state: 'clean' });
  expect((await attach('大病保险政策.pdf', await pdfOf('大病保险怎样报销'))).body).toMatchObject({ state: 'look' });
  await clerk.call(spec.removeNoticeAttachment, { params: { id, attachmentId: (await view(id)).attachments.find((one) => one.state === 'look')!.id }, body: { reason: '换一份' } });
  const picture = await attach('现场.png', png);
  expect(picture.body).toMatchObject({ state: 'look' });
  expect((await publish(id)).text).toContain('第二人');
  const seen = (user: TestUser) => user.call(spec.confirmNoticeAttachment, { params: { id, attachmentId: picture.body.id } });
  expect((await seen(clerk)).status).toBe(403);
  expect((await seen(reviewer)).status).toBe(200);
  expect((await publish(id)).status).toBe(200);
  const open = () => world.anonymous(spec.getPublicNoticeAttachment, { params: { id, attachmentId: picture.body.id } });
  expect((await open()).status).toBe(200);
  // somebody finds a number in the picture after all: one person takes it down, at once
  expect((await clerk.call(spec.takeDownNotice, { params: { id }, body: { leak: true, reason: '图片里有证件号码' } })).status).toBe(200);
  expect((await open()).status).toBe(404);
  expect((await world.anonymous(spec.getPublicNotice, { params: { id } })).status).toBe(404);
  expect((await clerk.call(spec.downloadNoticeAttachment, { params: { id, attachmentId: picture.body.id } })).status).toBe(403);
  expect((await view(id)).steps.at(-1)).toMatchObject({ action: 'take-down-leak', reason: '图片里有证件号码' });
});

it('takes objections from anybody while it stands, once each, and has them answered by somebody else than its author', async () => {
  const id = await draft();
  await publish(id);
  const commandId = newId();
  const say = () => world.anonymous(spec.objectToNotice, { params: { id }, body: { commandId, text: '他家有楼房，我的电话13912345678', speakerName: '王五' } });
  const first = await say();
  expect(first.status, first.text).toBe(200);
  expect((await say()).body).toEqual(first.body);
  const shown = await view(id);
  expect(shown.openObjections).toBe(1);
  expect(JSON.stringify(shown)).not.toMatch(/13912345678|王五/u);
  const answer = (user: TestUser) => user.call(spec.answerObjection, { params: { id, objectionId: shown.objections[0]!.id }, body: { answer: '已核实：楼房属其兄。' } });
  expect((await answer(clerk)).status).toBe(403);
  expect((await answer(reviewer)).status).toBe(200);
  expect((await inTransaction(systemActor, (trx) => findNoticeStanding(trx, id)))?.openObjections).toBe(0);
  const form = await world.app.inject({ method: 'POST', url: `/api/public/notices/${id}/objections?language=en`, headers: { 'content-type': 'application/x-www-form-urlencoded' }, payload: new URLSearchParams({ commandId: newId(), text: '有意见' }).toString() });
  expect(form.statusCode).toBe(303);
  expect(form.headers.location).toMatch(new RegExp(`^/en/notices\\?notice=${id}&receipt=YY-`));
});

it('prints a poster whose Chinese can be read back', async () => {
  const id = await draft();
  await publish(id);
  const poster = await clerk.call(spec.getNoticePoster, { params: { id } });
  expect(poster.status).toBe(200);
  const { text } = await extractText(await getDocumentProxy(new Uint8Array(poster.raw)), { mergePages: true });
  for (const words of ['防止返贫监测对象拟纳入名单公示', '张**', '三组', '突发严重困难户', addDays(today(), 5), '第 1 页，共 1 页']) expect(text).toContain(words);
});

it('keeps another village’s notices from a clerk', async () => {
  const id = await draft();
  const other = await world.user(['village-clerk'], '320826102201');
  expect((await other.call(spec.getNotice, { params: { id } })).status).toBe(404);
  expect((await other.call(spec.createNotice, { body: { kind: 'benefit-list', regionCode: village, entries: [{ values: { name: '张三', benefit: '农村低保' } }], contact: '村委会' } })).status).toBe(403);
});

it('is searched again while it stands: what came past the lock is told to the cross-checks by its kind alone', async () => {
  const [imported, clean, over] = [await draft(), await draft(), await draft()];
  for (const id of [imported, clean, over]) expect((await publish(id)).status).toBe(200);
  await asOwner(`UPDATE publication.entry SET field_values = field_values || '{"group": "三组 13912345678"}' WHERE notice_id = ANY ($1)`, [[imported, over]]);
  await asOwner(`UPDATE publication.notice SET note = '身份证 399900196001010018' WHERE id = $1`, [imported]);
  await asOwner(`UPDATE publication.notice SET state = 'taken-down' WHERE id = $1`, [over]);
  const folder = mkdtempSync(join(tmpdir(), 'sunlit-notices-'));
  const { rows } = await writeNoticeSnapshot(systemActor, today(), folder);
  const text = readFileSync(join(folder, 'leaking_notices.csv'), 'utf8');
  rmSync(folder, { recursive: true });
  const lines = text.trim().split('\n').slice(1);
  expect(lines.filter((line) => line.startsWith(imported)).map((line) => line.split(',').slice(-2).join()).toSorted()).toEqual(['id-number,1', 'phone,1']);
  expect(lines.filter((line) => line.startsWith(clean) || line.startsWith(over))).toEqual([]);
  expect(rows.leaking_notices).toBe(lines.length);
  expect(text).not.toMatch(/139123|3999001/);
});
