import type { TabularFileProblem } from '#platform/files/tabular/tabular-file-error.ts';
import type { Locale } from '#platform/http/locale.ts';
import { fieldByName } from './import-fields.ts';

/** Why a whole file cannot be imported, and what to do. */
const table = {
  'old-spreadsheet': ['这是旧的 .xls 或 .et 表格。请用表格软件打开，另存为 .xlsx 再上传。', 'An old .xls or .et spreadsheet. Open it, save it as .xlsx and upload that.'],
  encrypted: ['文件或压缩包设了密码。请先取消密码再上传；上传后系统会加密保存。', 'The file or archive has a password. Remove it first; Sunlit encrypts what it stores.'],
  'archive-format': ['不支持这种压缩包（rar、7z 等）。请改用 zip，或直接上传表格。', 'This kind of archive is not supported. Use zip, or upload the table itself.'],
  'archive-empty': ['压缩包里没有文件。', 'The archive is empty.'],
  'archive-several-files': ['压缩包里有多个文件。请每次只上传一个表格。', 'The archive holds several files. Upload one table at a time.'],
  'too-large': ['解压后太大，可能有误。请拆分后再上传。', 'It unpacks to too much. Split it and upload again.'],
  'web-page': ['这是改了扩展名的网页，不是表格。请用表格软件打开，另存为 .xlsx 再上传。', 'A web page under a spreadsheet’s name. Open it, save it as .xlsx and upload that.'],
  unsupported: ['不支持这种文件。请上传 .xlsx 或 .csv。', 'This kind of file is not supported. Upload .xlsx or .csv.'],
  'line-too-long': ['有一行长达一百万字以上，多半是引号没有成对，或换行丢失。请重新导出后再上传。', 'One line has more than a million characters: a quote without its pair, or lost line breaks. Export the file again.'],
  'formula-without-value': ['表里有没有计算出结果的公式，读不到数值。请用表格软件打开并保存，或把公式粘贴为数值后再上传。', 'The table holds formulas without a result. Open it in a spreadsheet program and save it, or paste the values.'],
  damaged: ['文件已损坏，打不开。请重新导出后再上传。', 'The file is damaged. Export it again and upload that.'],
  empty: ['文件里没有内容。', 'The file is empty.'],
  'no-rows': ['只有列名，没有一行数据。请核对是不是导出了空表。', 'Only names of columns and no row of data. Was an empty table exported?'],
  'no-header': ['没有找到写着列名的那一行。请保留表头。', 'No row with column names was found. Keep the header.'],
  'sheet-missing': ['没有找到这个工作表。', 'There is no such sheet.'],
  'columns-missing': ['缺少必需的列：', 'Columns that are needed are missing: '],
  'has-errors': ['选择了“有错就一行也不写”，而文件里有错误，所以没有写入任何内容。请改好后重新上传，或选择写入没有错误的行。', '“All or nothing” was chosen and there are errors, so nothing was written. Correct the file, or write the good rows.'],
  expired: ['检查后超过保存期没有写入，文件已删除，登记没有改变。需要时请重新上传。', 'Checked but not written within the term: the file was deleted, the registry is unchanged. Upload it again if needed.'],
  interrupted: ['处理中断，没有写入任何内容。请重试；如仍不行，请联系系统管理员。', 'Interrupted; nothing was written. Try again or tell the system administrator.'],
} as const satisfies Record<TabularFileProblem | 'no-rows' | 'columns-missing' | 'has-errors' | 'expired' | 'interrupted', readonly [string, string]>;

export type FailureCode = keyof typeof table;

/** Failures are stored as a code, for `columns-missing` with the fields after a bar, and put into words when read. */
export function failureMessage(stored: string, locale: Locale): string {
  const [code, fields] = stored.split('|');
  const words = table[code as FailureCode]?.[locale === 'en' ? 1 : 0] ?? stored;
  return fields ? words + fields.split(',').map((field) => fieldByName.get(field)?.titles[0] ?? field).join('、') : words;
}
