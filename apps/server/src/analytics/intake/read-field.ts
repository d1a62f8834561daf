import type { DatasetField } from '@sunlit/api-spec';
import { cleanCell, cleanCode, normaliseName, parseCalendarDate, parseCreditCode, parseIdCardNumber, parseMonth, parseYuan } from '@sunlit/kernel';

/** What one cell gives: SQL text of the field's type (null = nothing there), or why it cannot be read. */
export type FieldReading = { readonly value: string | null; readonly problem?: string } | { readonly value?: undefined; readonly problem: string };

/** Marks that offices write where there is nothing. */
const nothing = /^(?:-+|—+|\/|\\|无|空|NULL|N\/A|#N\/A|不详|未知)$/iu;

/** A value a department uses that the kind does not list; kept, so that the row is not lost, and reported. */
export const otherCode = 'other';

type Reader = (text: string) => FieldReading;

/** The reader of a field for cells that are not in the plain form {@link plainFormOf} reads within the database. */
export function readerOf(field: DatasetField): Reader {
  const read = readers[field.type](field);
  if (field.type === 'idNumber' || field.type === 'personName') return read;
  return (text) => (nothing.test(cleanCell(text)) ? { value: null } : read(text));
}

const readers: Record<DatasetField['type'], (field: DatasetField) => Reader> = {
  idNumber: () => (text) => {
    const card = parseIdCardNumber(text);
    return card.ok ? { value: packIdNumber(card.value) } : card;
  },
  personName: () => (text) => {
    const name = normaliseName(text);
    return name === '' ? { value: null } : { value: name };
  },
  bankAccount: () => (text) => {
    const account = cleanCode(text).toUpperCase().replace(/-/gu, '');
    if (/^\d\.\d+E\+?\d+$/u.test(account)) return { problem: 'lost-digits' };
    return /^[0-9A-Z]{8,34}$/u.test(account) ? { value: account } : { problem: 'format' };
  },
  creditCode: () => parseCreditCode,
  text: () => (text) => ({ value: cleanCell(text) || null }),
  code: (field) => {
    const known = new Map(Object.entries(field.values ?? {}).flatMap(([code, names]) => [code, ...names].map((name) => [codeText(name), code])));
    return (text) => {
      const code = known.get(codeText(text));
      return code === undefined ? { value: otherCode, problem: 'unknown-code' } : { value: code };
    };
  },
  month: () => parseMonth,
  date: () => parseCalendarDate,
  money: () => (text) => numberText(parseYuan(text)),
  integer: () => (text) => {
    const digits = /^([+-]?\d{1,9})(?:\.0+)?(?:级|年|岁|人|个)?$/u.exec(cleanCode(text).replace(/,/gu, '')) ?? /^(?:\S*?)([一二三四五六七八九])级$/u.exec(cleanCode(text));
    if (!digits) return { problem: 'format' };
    const chinese = '一二三四五六七八九'.indexOf(digits[1]!) + 1;
    return { value: chinese > 0 ? String(chinese) : digits[1]! };
  },
  // Thousandths: 12.5 → 12500.
  decimal: () => (text) => {
    const hundredths = parseYuan(cleanCode(text).replace(/[%㎡]|平方米|亩/gu, ''));
    const exact = /^-?\d{1,12}(?:\.\d{1,3})?$/u.exec(cleanCode(text));
    if (exact) return { value: String(Math.round(Number(exact[0]) * 1000)) };
    return hundredths.ok ? { value: String(hundredths.value * 10) } : hundredths;
  },
  flag: () => (text) => {
    const flag = cleanCode(text).toUpperCase();
    if (/^(?:是|有|Y|YES|1|TRUE|√|已.*)$/u.test(flag)) return { value: 'true' };
    return /^(?:否|无|N|NO|0|FALSE|×|X|未.*)$/u.test(flag) ? { value: 'false' } : { problem: 'format' };
  },
};

/** Plain form of a type as SQL over the cell `c`: the value, or NULL when only {@link readerOf} can tell. */
export const plainFormOf: Readonly<Record<DatasetField['type'], (c: string) => string>> = {
  idNumber: (c) =>
    `CASE WHEN regexp_full_match(${c}, '[0-9]{17}[0-9X]') THEN CAST(left(${c}, 17) AS BIGINT) * 16 + CASE WHEN right(${c}, 1) = 'X' THEN 10 ELSE CAST(right(${c}, 1) AS BIGINT) END END`,
  personName: (c) => `CASE WHEN regexp_full_match(${c}, '[一-龥]+') THEN ${c} END`,
  bankAccount: (c) => `CASE WHEN regexp_full_match(${c}, '[0-9]{8,34}') THEN ${c} END`,
  creditCode: () => 'CAST(NULL AS VARCHAR)',
  text: (c) => `nullif(trim(${c}), '')`,
  code: () => 'CAST(NULL AS VARCHAR)',
  month: (c) => `CASE WHEN regexp_full_match(${c}, '(19|20)[0-9]{2}-(0[1-9]|1[0-2])') THEN ${c} END`,
  date: (c) => `CASE WHEN length(${c}) = 10 AND ${c} >= '1800' AND ${c}[5] = '-' AND ${c}[8] = '-' THEN TRY_CAST(${c} AS DATE) END`,
  money: (c) => `CASE WHEN regexp_full_match(${c}, '-?[0-9]{1,12}(\\.[0-9]{1,2})?') THEN CAST(CAST(${c} AS DECIMAL(16,2)) * 100 AS BIGINT) END`,
  integer: (c) => `CASE WHEN regexp_full_match(${c}, '-?[0-9]{1,9}') THEN CAST(${c} AS INTEGER) END`,
  decimal: (c) => `CASE WHEN regexp_full_match(${c}, '-?[0-9]{1,12}(\\.[0-9]{1,3})?') THEN CAST(CAST(${c} AS DECIMAL(17,3)) * 1000 AS BIGINT) END`,
  flag: (c) => `CASE WHEN ${c} IN ('是', '1') THEN true WHEN ${c} IN ('否', '0') THEN false END`,
};

/** An identity number as one integer: 17 digits times 16 plus the check character (X = 10). */
function packIdNumber(idNumber: string): string {
  const check = idNumber[17] === 'X' ? 10n : BigInt(idNumber[17]!);
  return String(BigInt(idNumber.slice(0, 17)) * 16n + check);
}

function codeText(text: string): string {
  return cleanCode(text).toLowerCase();
}

function numberText(reading: { ok: true; value: number } | { ok: false; problem: string }): FieldReading {
  return reading.ok ? { value: String(reading.value) } : reading;
}
