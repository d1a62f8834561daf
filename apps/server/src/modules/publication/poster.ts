import type { Actor } from '#platform/authorization/actor.ts';
import { recordAudit } from '#platform/audit/record-audit.ts';
import { authorize } from '#platform/authorization/authorize.ts';
import { today } from '#platform/clock/today.ts';
import { inTransaction } from '#platform/database/transaction.ts';
import { margin, openPdf } from '#platform/documents/open-pdf.ts';
import { AppError } from '#platform/errors.ts';
import { regionNamer } from '#modules/organisation/index.ts';
import { getNoticeKind, type NoticeKindDefinition } from './notice-kinds.ts';
import { getNotice, listEntries, type NoticeRow } from './notice-store.ts';
import { scanNotice } from './scan-notice.ts';

/** The notice for the board: in Chinese, as the law has it; a draft says across the top that it is one. */
export async function noticePoster(actor: Actor, id: string): Promise<Buffer> {
  authorize(actor, 'notice.read');
  const name = await regionNamer();
  const { notice, rows } = await inTransaction(actor, async (trx) => {
    const row = await getNotice(trx, id);
    const entries = await listEntries(trx, id);
    if (row.state !== 'draft' && row.state !== 'published') throw new AppError('wrong-state', '公示已经结束，不能再打印张贴。');
    if (scanNotice(row, entries).length > 0) throw new AppError('wrong-state', '内容里有不能公开的个人信息，不能打印；请撤回后重新起草。');
    await recordAudit(trx, actor, { action: 'notice.poster', objectKind: 'notice', objectId: id, regionCode: row.region_code });
    return { notice: row, rows: entries.map((entry) => entry.field_values) };
  });
  return drawPoster({ notice, rows, kind: getNoticeKind(notice.kind), place: name(notice.region_code).fullName });
}

interface Poster {
  notice: NoticeRow;
  rows: readonly Record<string, string>[];
  kind: NoticeKindDefinition;
  place: string;
}

async function drawPoster({ notice, rows, kind, place }: Poster): Promise<Buffer> {
  const pdf = openPdf({ title: `${kind.title.zh} ${notice.number}` });
  const { document, printable } = pdf;
  const width = document.page.width - 2 * margin;
  if (notice.state === 'draft') document.fontSize(13).fillColor('#a8071a').text('草稿 · 未经第二人审定，不得张贴', { align: 'center' }).moveDown(0.5);
  document.fillColor('#111111').fontSize(24).text(printable(kind.title.zh), { align: 'center' }).moveDown(0.3);
  document.fontSize(13).text(printable(`${place}　编号 ${notice.number}`), { align: 'center' }).moveDown(0.8);
  document.fontSize(14).text(printable(`　　${kind.wording.zh}`), { lineGap: 5 }).moveDown(0.6);
  const fields = kind.fields.filter((field) => rows.some((row) => (row[field.name] ?? '') !== ''));
  document.fontSize(12);
  document.table({
    columnStyles: ['auto', ...fields.map(() => '*')].map((column) => (column === 'auto' ? { width: 44 } : {})),
    defaultStyle: { border: 0.7, borderColor: '#444444', padding: 5 },
    data: [['序号', ...fields.map((field) => field.label.zh)], ...rows.map((row, index) => [String(index + 1), ...fields.map((field) => row[field.name] ?? '')])].map((cells) => cells.map(printable)),
  });
  document.x = margin;
  document.moveDown(0.8).fontSize(13);
  if (notice.note) document.text(printable(`备注：${notice.note}`), { width, lineGap: 3 });
  document.text(notice.starts_on && notice.ends_on ? `公示时间：${notice.starts_on} 至 ${notice.ends_on}` : `公示时间：发布之日起不少于 ${notice.minimum_days} 天`, { width, lineGap: 3 });
  document.text(printable(`意见反映：${notice.contact}`), { width, lineGap: 3 });
  document.text(printable(`依据：${kind.basis}`), { width, lineGap: 3 });
  document.moveDown(1.2).text('（盖章）', { width, align: 'right' }).text(notice.starts_on ?? '　　年　　月　　日', { width, align: 'right' });
  return pdf.finish((page, of) => `Sunlit 阳光 · ${notice.number} · 打印于 ${today()} · 第 ${page} 页，共 ${of} 页`);
}
