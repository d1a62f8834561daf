import { writeXlsx, type Cell } from 'hucre/xlsx';
import { recordAudit } from '#platform/audit/record-audit.ts';
import type { Actor } from '#platform/authorization/actor.ts';
import { authorize } from '#platform/authorization/authorize.ts';
import { inTransaction } from '#platform/database/transaction.ts';
import { AppError } from '#platform/errors.ts';
import type { Locale } from '#platform/http/locale.ts';
import { problemMessage } from './import-problem.ts';
import { getBatch, listProblems, type ProblemRow } from './import-store.ts';
import { withImportFile } from './open-import.ts';

/** A larger file comes back with its wrong rows only: nobody scrolls through more. */
const wholeFileRows = 20_000;

const fill = { error: 'FFF8CBAD', warning: 'FFFFF2CC' } as const;

/** The officer's own file as a spreadsheet, wrong cells coloured with a note, all cells text so that no number loses digits and nothing runs as a formula. */
export async function markImport(actor: Actor, id: string, locale: Locale): Promise<{ fileName: string; content: Buffer }> {
  authorize(actor, 'household.import');
  const { batch, problems } = await inTransaction(actor, async (trx) => {
    const found = await getBatch(trx, id);
    if (!found.report || found.failure === 'expired') throw new AppError('wrong-state');
    const { rows } = await listProblems(trx, id, { limit: 20_000 });
    await recordAudit(trx, actor, { action: 'household.import.download', objectKind: 'household-import', objectId: id, regionCode: found.region_code });
    return { batch: found, problems: rows };
  });
  const byRow = new Map<number, ProblemRow[]>();
  for (const problem of problems) byRow.set(problem.row_number, [...(byRow.get(problem.row_number) ?? []), problem]);
  return withImportFile(actor, batch, async ({ table }) => {
    const whole = (batch.report?.counts.rows ?? 0) <= wholeFileRows;
    const columnOf = new Map(table.columns.map(({ title }, index) => [title, index]));
    const titles = [...table.columns.map(({ title }) => title), locale === 'en' ? 'Row' : '原文件行号', locale === 'en' ? 'What is wrong' : '问题'];
    const rows: string[][] = [titles];
    const cells = new Map<string, Partial<Cell>>();
    for await (const { rowNumber, cells: values } of table.rows()) {
      const wrong = byRow.get(rowNumber) ?? [];
      if (!whole && wrong.length === 0) continue;
      const line = rows.length;
      rows.push([...values.map(safeText), String(rowNumber), wrong.map((one) => `${one.column_title}：${problemMessage(one.code, locale)}`).join('\n')]);
      for (const one of wrong) {
        const column = columnOf.get(one.column_title);
        if (column === undefined) continue;
        cells.set(`${line},${column}`, {
          value: rows[line]![column]!,
          type: 'string',
          style: { fill: { type: 'pattern', pattern: 'solid', fgColor: { rgb: fill[one.severity] } } },
          comment: { text: problemMessage(one.code, locale) },
        });
      }
    }
    for (const problem of byRow.get(0) ?? []) rows.push([...table.columns.map(() => ''), '', `${problem.column_title} ${problem.value_masked ?? ''}：${problemMessage(problem.code, locale)}`]);
    const content = await writeXlsx({ sheets: [{ name: '标出问题', rows, cells }] });
    return { fileName: `${batch.file_name.replace(/\.[^.]+$/u, '')}-${locale === 'en' ? 'marked' : '标出问题'}.xlsx`, content: Buffer.from(content) };
  });
}

/** Text that a spreadsheet could take for a formula is told apart by an apostrophe. */
export function safeText(text: string): string {
  return /^[=+\-@\t\r]/u.test(text) && !/^-?\d+(?:\.\d+)?$/u.test(text) ? `'${text}` : text;
}
