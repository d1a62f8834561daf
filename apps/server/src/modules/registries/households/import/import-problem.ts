import type { Locale } from '#platform/http/locale.ts';

export type Severity = 'error' | 'warning';

/** Every thing that can be wrong with a cell: how bad it is, and in plain words what to do about it. */
const table = {
  'region-unknown': ['error', '找不到这个村。请核对县、乡、村的名称，或填写 12 位村代码。', 'No such village. Check the names of county, town and village, or give the 12-digit code.'],
  'outside-region': ['error', '这个村不在您负责的区划内，不能由您导入。', 'This village is outside your region; you cannot import it.'],
  'region-mismatch': ['warning', '村代码与县、乡、村的名称不一致，已按村代码登记。请核对。', 'Code and names of the village differ; the code was used. Please check.'],
  'region-succeeded': ['warning', '这是调整以前的区划，已换成现在的区划，旧代码仍会保留。', 'An old division; the present one was used and the old code is kept.'],
  'region-code-unknown': ['warning', '没有这个村代码，已按县、乡、村的名称登记。请核对。', 'There is no such village code; the names were used. Please check.'],
  'number-empty': ['error', '户编号是空的。请填写，同一户的每个人填同样的编号。', 'The household number is empty. Give every member of a household the same number.'],
  'number-lost-digits': ['error', '户编号在表格软件里变成了数字，后几位已经丢失（例如 3.2E+15）。系统不会猜。请把这一列设为“文本”，再重新导出或录入。', 'The spreadsheet turned the household number into 3.2E+15 and lost digits. Nothing is guessed: make the column text and export or enter it again.'],
  'number-personal': ['error', '户编号填成了身份证号。户编号会出现在清单和网址里，不能用证件号码；请填系统里的户编号。', 'The household number is an identity number. It appears in lists and addresses: use the household number of the register.'],
  'too-long': ['error', '内容太长，不像是这一项的内容。请核对是否填错了列。', 'Much too long for this field. Check that the columns are not mixed up.'],
  'masked-value': ['error', '这里是隐去后的内容（带 *），不是原来的值，不能导入。请改用完整内容的表格。', 'Masked (with *), not the value itself; it cannot be imported. Use a table with whole values.'],
  'name-empty': ['error', '姓名是空的。请填写。', 'The name is empty. Please fill it in.'],
  'name-lost-character': ['error', '姓名里有“?”或“�”，原来的字已经丢失，系统不会猜。请按证件重新录入。', 'A character of the name was lost. Enter it again from the card; nothing is guessed.'],
  'id-empty': ['warning', '没有证件号码。此人会登记，但不能参加数据比对；办好证件后请补上。', 'No identity number. The person is registered but cannot be cross-checked; add the number later.'],
  'id-lost-digits': ['error', '证件号码在表格软件里变成了数字，后几位已经丢失（例如 1.23E+17）。系统不会猜。请把这一列设为“文本”，再按证件重新录入。', 'The spreadsheet turned the number into 1.23E+17 and lost digits. Nothing is guessed: make the column text and enter it again from the card.'],
  'id-length': ['error', '证件号码的位数不对，应为 18 位（残疾人证 20 位）。请按证件核对。', 'The identity number has the wrong length (18; disability certificate 20). Check the card.'],
  'id-characters': ['error', '证件号码里有不该有的字符。只能是数字，最后一位可以是 X。', 'The identity number holds characters that cannot be in it: digits, the last may be X.'],
  'id-birth-date': ['error', '证件号码里的出生日期不存在。请按证件核对。', 'The birth date inside the identity number does not exist. Check the card.'],
  'id-checksum': ['error', '证件号码的校验位不对，多半是有一位录错了。请按证件核对。', 'The check character does not fit: most likely one digit is wrong. Check the card.'],
  'id-upgraded': ['warning', '这是 15 位的老证件号，已换算为 18 位。请核对新证件。', 'An old 15-digit number, converted to 18 digits. Check the new card.'],
  'duplicate-person': ['error', '这个证件号码在本文件里出现了不止一次。请只留一行。', 'This identity number occurs more than once in the file. Keep one row.'],
  'person-elsewhere': ['warning', '此人已登记在另一户。请核对是分户、婚嫁，还是重复登记。', 'This person is registered in another household. Is it a split, a marriage, or a duplicate?'],
  'birth-mismatch': ['warning', '出生日期与证件号码不一致，已按证件号码登记。', 'The birth date differs from the identity number; the number was used.'],
  'birth-impossible': ['error', '出生日期不存在或看不懂。请写成 1990-01-31 的样子。', 'The birth date does not exist or cannot be read. Write it like 1990-01-31.'],
  'born-later': ['error', '出生日期晚于这份表格的数据日期。请核对。', 'Born after the day this table describes. Please check.'],
  'sex-mismatch': ['warning', '性别与证件号码不一致，已按证件号码登记。', 'Sex differs from the identity number; the number was used.'],
  'code-unknown': ['error', '没见过这种写法。请在“没有认出的代码”里选它的意思，系统会记住。', 'An unknown value. Say what it means under “Unknown code values”; it is remembered.'],
  'flag-unknown': ['warning', '这里应填“是”或“否”。原来的内容已保留，但没有登记。', 'Should be yes or no. Kept as it came, not registered.'],
  'amount-format': ['error', '金额看不懂。请只填数字，例如 12345.60。', 'Not an amount. Write digits only, such as 12345.60.'],
  'date-format': ['warning', '日期看不懂，没有登记。请写成 2023-05 或 2023-05-31。', 'The date cannot be read and was not registered. Write 2023-05 or 2023-05-31.'],
  'date-later': ['warning', '日期晚于这份表格的数据日期，没有登记。请核对。', 'Later than the day this table describes; not registered. Please check.'],
  'personal-number': ['warning', '这一格的文字里夹有证件号码，显示和导出时会隐去。请核对是否填错了列。', 'An identity number stands in this text; it is hidden in lists and exports. Check that the columns are not mixed up.'],
  'address-cut': ['warning', '地址太长，只登记了前 200 个字；原来的内容已保留。', 'The address is too long: its first 200 characters were registered, the whole is kept.'],
  'phone-format': ['warning', '电话号码不对，应为 11 位手机号。原来的内容已保留，但没有登记。', 'Not a mobile number of 11 digits. Kept as it came, not registered.'],
  'account-lost-digits': ['error', '银行账号在表格软件里变成了数字，后几位已经丢失。请把这一列设为“文本”后重新录入。', 'The spreadsheet lost digits of the account number. Make the column text and enter it again.'],
  'year-format': ['warning', '收入年度看不懂或晚于数据日期，已按上一年登记。', 'The income year cannot be read or lies ahead; the year before was used.'],
  'relation-empty': ['warning', '没有填与户主关系，已登记为“其他”。', 'No relation to the head; registered as “other”.'],
  'head-missing': ['warning', '这一户没有户主。请核对与户主关系。', 'This household has no head. Check the relations.'],
  'head-several': ['warning', '这一户有不止一个户主。请核对与户主关系。', 'This household has more than one head. Check the relations.'],
  'household-differs': ['warning', '同一户各行填的不一样，已按户主那一行登记。', 'The rows of this household differ; the row of the head was used.'],
  'household-unknown': ['error', '登记中没有这一户。请先导入户和人的表格。', 'No such household is registered. Import the table of households first.'],
  'older-than-registry': ['warning', '登记中这一户已有日期更近的导入，这份旧表不会改动它。', 'A later file was imported for this household; this older one leaves it alone.'],
  'household-ended': ['warning', '这一户已并入别的户，或已注销，这份表不会改动它。请在表里改到现在的户。', 'This household was merged into another or ended; the table leaves it alone. Move its rows to the household of today.'],
  'missing-household': ['warning', '登记中有这一户，但不在这份表里。系统不会删除它；如已迁出或销户，请在户的页面办理。', 'Registered but not in this table. It is not deleted; if it moved away, record it on its page.'],
  'missing-person': ['warning', '登记中有此人，但不在这份表的这一户里。系统不会删除；如已离户，请在户的页面办理。', 'Registered in this household but not in this table. Not deleted; if the person left, record it on the page.'],
  'undo-blocked': ['warning', '这一户在导入之后又有变更，或已有疑点、其他表格与它有关，没有撤销。请在户的页面核对。', 'This household was changed after the import, or a finding or another table is about it; it was not undone. Check its page.'],
} as const satisfies Record<string, readonly [Severity, string, string]>;

export type ProblemCode = keyof typeof table;

export interface ImportProblem {
  /** row of the file as an officer counts it; 0 when it concerns no row */
  row: number;
  column: string;
  field: string | null;
  code: ProblemCode;
  /** never a whole personal value */
  value: string | null;
}

export function severityOf(code: ProblemCode): Severity {
  return table[code][0];
}

export function problemMessage(code: string, locale: Locale): string {
  const entry = table[code as ProblemCode] as readonly [Severity, string, string] | undefined;
  return entry ? entry[locale === 'en' ? 2 : 1] : code;
}
