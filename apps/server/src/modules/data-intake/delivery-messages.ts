import type { DatasetKind, DeliveryView } from '@sunlit/api-spec';
import type { TabularFileProblem } from '#platform/files/tabular/tabular-file-error.ts';
import type { Locale } from '#platform/http/locale.ts';
import type { StoredHoldReason } from './delivery-store.ts';

/** zh-CN first, en second: what happened and what to do. */
type Texts = readonly [string, string];

const fileProblems: Record<TabularFileProblem, Texts> = {
  'old-spreadsheet': ['这是旧版表格（.xls 或 .et）。请打开后另存为 .xlsx 再报送。', 'This is an old spreadsheet (.xls or .et). Open it, save it as .xlsx and send it again.'],
  encrypted: ['文件设有密码，系统无法读取。请去掉密码后再报送；文件到达后会加密保存。', 'The file has a password. Take it off and send it again; it is stored encrypted.'],
  'archive-format': ['只接收 zip 压缩包。请解压后直接报送，或改用 zip。', 'Only zip archives are accepted. Unpack it or use zip.'],
  'archive-empty': ['压缩包里没有表格文件。', 'The archive holds no table.'],
  'archive-several-files': ['压缩包里有多个文件。请每次只放一个表格。', 'The archive holds several files. Send one table at a time.'],
  'too-large': ['文件解压后过大，已停止读取。请检查文件，或分批报送。', 'The file unpacks to too much. Check it, or send it in parts.'],
  'web-page': ['文件内容是网页，只是名字像表格。请用表格软件打开后另存为 .xlsx。', 'The content is a web page under a spreadsheet’s name. Open it and save it as .xlsx.'],
  unsupported: ['不支持这种文件。请使用 CSV、XLSX、JSON Lines，或含其中一个的 zip。', 'This kind of file is not supported. Use CSV, XLSX, JSON Lines, or a zip with one of them.'],
  'line-too-long': ['有一行长达一百万字以上，多半是引号没有成对，或换行丢失。请重新导出后再报送。', 'One line has more than a million characters: a quote without its pair, or lost line breaks. Export the file again.'],
  'formula-without-value': ['表里有没有计算出结果的公式，读不到数值。请用表格软件打开并保存，或把公式粘贴为数值后再报送。', 'The table holds formulas without a result. Open it in a spreadsheet program and save it, or paste the values.'],
  damaged: ['文件已损坏或没有传完整。请重新导出后再报送。', 'The file is damaged or incomplete. Export it again.'],
  empty: ['文件里没有内容。', 'The file is empty.'],
  'no-header': ['找不到列名。请在数据上方保留一行列名。', 'No column names were found. Keep one row of names above the data.'],
  'sheet-missing': ['找不到指定的工作表。', 'The sheet was not found.'],
};

export function fileProblemText(code: TabularFileProblem, locale: Locale): string {
  return pick(fileProblems[code], locale);
}

export function failureText(code: string, locale: Locale): string {
  const texts = (fileProblems as Record<string, Texts | undefined>)[code];
  return pick(texts ?? ['系统处理时出错，已记录。请重新报送，仍不行请联系管理员。', 'Something went wrong and was recorded. Send it again or tell the administrator.'], locale);
}

const problems: Record<string, Texts> = {
  empty: ['必填项为空', 'A required value is missing'],
  'lost-digits': ['号码末尾已丢失（表格按数字保存），不能猜补，请按文本重新导出', 'The last digits are lost (stored as a number); export the column as text'],
  length: ['号码位数不对', 'Wrong number of characters'],
  characters: ['含有不应有的字符', 'Contains characters that do not belong'],
  checksum: ['号码校验位不符', 'The check digit does not fit'],
  'birth-date': ['号码中的出生日期不存在', 'The birth date in the number does not exist'],
  format: ['写法无法识别', 'Cannot be read'],
  impossible: ['日期不存在', 'The date does not exist'],
  incomplete: ['日期不完整', 'The date is incomplete'],
  range: ['数值超出范围', 'Out of range'],
  'personal-number': ['文字里夹有证件号码，已隐去。请核对是否填错了列', 'An identity number stands in a text; it was masked. Check the columns'],
  'unknown-code': ['字典里没有这个值，已按“其他”保留', 'Not in the code list; kept as “other”'],
};

export function problemText(code: string, locale: Locale): string {
  return pick(problems[code] ?? [code, code], locale);
}

export function holdReasonText(reason: StoredHoldReason, kinds: ReadonlyMap<string, DatasetKind>, kind: DatasetKind | undefined, locale: Locale): string {
  const titleOf = (name: string): string => (locale === 'en' ? name : (kind?.fields.find((field) => field.name === name)?.titles[0] ?? name));
  switch (reason.code) {
    case 'no-rows':
      return pick(['没有一行可以使用。', 'No row can be used.'], locale);
    case 'fewer-rows':
      return pick([`行数只有上次的 ${percent(reason.ratio)}。`, `Only ${percent(reason.ratio)} of the rows of last time.`], locale);
    case 'more-rows':
      return pick([`行数是上次的 ${percent(reason.ratio)}。`, `${percent(reason.ratio)} of the rows of last time.`], locale);
    case 'older-period':
      return pick([`截止日期早于已接收的 ${reason.previousAsOf}。`, `Older than the accepted delivery as of ${reason.previousAsOf}.`], locale);
    case 'unusual-columns':
      return pick([`列与这一数据种类只有 ${percent(reason.confidence)} 相符。`, `The columns fit this kind by ${percent(reason.confidence)} only.`], locale);
    case 'columns-missing': {
      const names = reason.fields.map(titleOf);
      return pick([`缺少必需的列：${names.join('、')}。`, `Required columns are missing: ${names.join(', ')}.`], locale);
    }
    case 'other-kind': {
      const title = kinds.get(reason.kind)?.title;
      return pick([`看起来是“${title?.zh ?? reason.kind}”的文件。`, `Looks like a file of “${title?.en ?? reason.kind}”.`], locale);
    }
    case 'match-rate':
      return pick([`与库内人员的匹配率由 ${percent(reason.previous)} 降到 ${percent(reason.now)}。`, `The match rate fell from ${percent(reason.previous)} to ${percent(reason.now)}.`], locale);
    case 'completeness':
      return pick([`“${titleOf(reason.field)}”只填了 ${percent(reason.share)}。`, `“${titleOf(reason.field)}” is filled in ${percent(reason.share)} of the rows only.`], locale);
    case 'validity':
      return pick([`“${titleOf(reason.field)}”只有 ${percent(reason.share)} 有效。`, `“${titleOf(reason.field)}” is valid in ${percent(reason.share)} only.`], locale);
    case 'duplicates':
      return pick([`有 ${percent(reason.share)} 的行完全重复。`, `${percent(reason.share)} of the rows repeat another.`], locale);
  }
}

const lights: Record<DeliveryView['lights'][number]['code'], Texts> = {
  completeness: ['必填项完整', 'Required values present'],
  validity: ['必填项有效', 'Required values valid'],
  duplicates: ['重复行', 'Repeated rows'],
  'match-rate': ['与库内人员匹配', 'Matched with the registry'],
  change: ['与上次相比的行数', 'Rows against last time'],
};

export function lightText(code: DeliveryView['lights'][number]['code'], value: number | null, locale: Locale): string {
  const label = pick(lights[code], locale);
  if (value === null) return `${label}${pick(['：暂无可比', ': nothing to compare'], locale)}`;
  const sign = code === 'change' && value > 0 ? '+' : '';
  return `${label}${pick(['：', ': '], locale)}${sign}${percent(value)}`;
}

function percent(share: number): string {
  return `${Math.round(share * 1000) / 10}%`;
}

function pick([zh, en]: Texts, locale: Locale): string {
  return locale === 'en' ? en : zh;
}
