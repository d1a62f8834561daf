import type { DatasetField } from '@sunlit/api-spec';
import { cleanCell, cleanCode, normaliseName, parseCalendarDate, parseCreditCode, parseIdCardNumber, parseMonth, parseYuan } from '@sunlit/kernel';
import { hideIdNumbers } from '#platform/personal-data/hide-id-numbers.ts';
import { sqlText } from '../duckdb/sql-text.ts';

/** What one cell gives: SQL text of the field's type (null = nothing there), or why it cannot be read. */
export type FieldReading = { readonly value: string | null; readonly problem?: string } | { readonly value?: undefined; readonly problem: string };

/** Marks that offices write where there is nothing. */
const nothing = /^(?:-+|—+|\/|\\|无|空|NULL|N\/A|#N\/A|不详|未知)$/iu;

/** The value is kept all the same, changed to what may be kept. */
export const harmlessProblems = ['unknown-code', 'personal-number'] as const;

/** A value a department uses that the kind does not list; kept, so that the row is not lost, and reported. */
export const otherCode = 'other';

/** A department's own words for a code, as a person explained them: word → code. */
export type CodeWords = Readonly<Record<string, string>>;

type Reader = (text: string) => FieldReading;

/** The reader of a field for cells that are not in the plain form {@link plainFormOf} reads within the database. */
export function readerOf(field: DatasetField, inTenThousands = false, words: CodeWords = {}): Reader {
  const read = field.type === 'code' ? codeReader(field, words) : readers[field.type](field, inTenThousands);
  if (field.type === 'idNumber' || field.type === 'personName') return read;
  return (text) => (nothing.test(cleanCell(text)) ? { value: null } : read(text));
}

const readers: Record<DatasetField['type'], (field: DatasetField, inTenThousands: boolean) => Reader> = {
  idNumber: () => (text) => {
    const card = parseIdCardNumber(text);
    return card.ok ? { value: card.value } : card;
  },
  personName: () => (text) => ({ value: normaliseName(text) || null }),
  bankAccount: () => (text) => {
    const account = cleanCode(text).toUpperCase().replace(/-/gu, '');
    if (/^\d\.\d+E\+?\d+$/u.test(account)) return { problem: 'lost-digits' };
    return /^[0-9A-Z]{8,34}$/u.test(account) ? { value: account } : { problem: 'format' };
  },
  creditCode: () => parseCreditCode,
  text: () => (text) => {
    const clean = cleanCell(text);
    const hidden = hideIdNumbers(clean);
    return hidden === clean ? { value: clean || null } : { value: hidden, problem: 'personal-number' };
  },
  code: (field) => codeReader(field, {}),
  month: () => parseMonth,
  date: () => parseCalendarDate,
  money: (_field, inTenThousands) => (text) => numberText(parseYuan(text, inTenThousands)),
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

function codeReader(field: DatasetField, words: CodeWords): Reader {
  const known = new Map(Object.entries(field.values ?? {}).flatMap(([code, names]) => [code, ...names].map((name) => [codeText(name), code])));
  for (const [word, code] of Object.entries(words)) known.set(codeText(word), code);
  return (text) => {
    const code = known.get(codeText(text));
    return code === undefined ? { value: otherCode, problem: 'unknown-code' } : { value: code };
  };
}

/** Plain form of a field as SQL over the cell `c`: the value, or NULL when only {@link readerOf} can tell. */
export function plainFormOf(field: DatasetField, c: string, inTenThousands = false): string {
  return plainForms[field.type](c, field, inTenThousands);
}

const plainForms: Readonly<Record<DatasetField['type'], (c: string, field: DatasetField, inTenThousands: boolean) => string>> = {
  // 18 digits as they are; 17 digits before an X as a negative number. Anything shorter was not plain digits.
  idNumber: (c) =>
    `CASE WHEN strlen(${c}) = 18 THEN coalesce(CASE WHEN TRY_CAST(${c} AS BIGINT) >= 100000000000000000 THEN TRY_CAST(${c} AS BIGINT) END,
      CASE WHEN ${c}[18] = 'X' AND TRY_CAST(left(${c}, 17) AS BIGINT) >= 10000000000000000 THEN -TRY_CAST(left(${c}, 17) AS BIGINT) END) END`,
  // Normalised when it becomes a pseudonym, once for each distinct name.
  personName: (c) => `nullif(trim(${c}), '')`,
  bankAccount: (c) => `CASE WHEN regexp_full_match(${c}, '[0-9]{8,34}') THEN ${c} END`,
  creditCode: () => 'CAST(NULL AS VARCHAR)',
  // A run of digits as long as an identity number is looked at before it is kept.
  text: (c) => `CASE WHEN length(${c}) < 15 OR NOT regexp_matches(${c}, '[0-9０-９][0-9０-９ -]{13}') THEN nullif(trim(${c}), '') END`,
  code: (c, field) => {
    const cases = Object.entries(field.values ?? {}).flatMap(([code, names]) => names.map((name) => `WHEN ${sqlText(name)} THEN ${sqlText(code)}`));
    return `CASE ${c} ${cases.join(' ')} END`;
  },
  month: (c) => `CASE WHEN regexp_full_match(${c}, '(19|20)[0-9]{2}-(0[1-9]|1[0-2])') THEN ${c} END`,
  date: (c) => `CASE WHEN strlen(${c}) = 10 AND ${c} >= '1800' AND ${c}[5] = '-' AND ${c}[8] = '-' THEN TRY_CAST(${c} AS DATE) END`,
  // The cast rounds half up beyond the last decimal, as the kernel does.
  money: (c, _field, inTenThousands) => (inTenThousands ? 'CAST(NULL AS BIGINT)' : `CAST(TRY_CAST(${c} AS DECIMAL(15,2)) * 100 AS BIGINT)`),
  integer: (c) => `CASE WHEN regexp_full_match(${c}, '-?[0-9]{1,9}') THEN CAST(${c} AS INTEGER) END`,
  decimal: (c) => `CAST(TRY_CAST(${c} AS DECIMAL(15,3)) * 1000 AS BIGINT)`,
  flag: (c) => `CASE WHEN ${c} IN ('是', '1') THEN true WHEN ${c} IN ('否', '0') THEN false END`,
};

function codeText(text: string): string {
  return cleanCode(text).toLowerCase();
}

function numberText(reading: { ok: true; value: number } | { ok: false; problem: string }): FieldReading {
  return reading.ok ? { value: String(reading.value) } : reading;
}
