import type { Localised } from '@sunlit/api-spec';
import { AppError } from '#platform/errors.ts';
import type { IndicatorRow } from './indicator-store.ts';

const refused = (path: string, message: string) => new AppError('request-invalid', undefined, { fields: [{ path, message }] });

export function requireNotBefore(path: string, day: string, earliest: string | null, what: string): void {
  if (earliest !== null && day < earliest) throw refused(path, `不能早于${what}（${earliest}）。`);
}

export function requireNotFuture(path: string, day: string, today: string): void {
  if (day > today) throw refused(path, `不能晚于今天（${today}）。`);
}

/** Money that has not arrived, or was withdrawn, cannot be used. */
export function requireHeld(row: IndicatorRow): void {
  if (row.state === 'in-transit') throw new AppError('wrong-state', '这笔资金还在途中，请先由收款方确认到账。');
  if (row.state === 'withdrawn') throw new AppError('wrong-state', '这笔资金已经撤回。');
}

/** A new use of money belongs to its fiscal year; what is left must first be carried forward. */
export function requireOpenYear(path: string, row: IndicatorRow, day: string): void {
  if (Number(day.slice(0, 4)) !== row.fiscal_year) throw refused(path, `这笔资金属于 ${row.fiscal_year} 年度，不能记在 ${day.slice(0, 4)} 年；跨年使用请先办理结转。`);
}

/** How long plans of a year may still be paid, and money carried: the fund's own rule. */
export function lastYearOf(row: Pick<IndicatorRow, 'fiscal_year' | 'carried'>, carryOverYears: number | null): number {
  return carryOverYears === null ? 9999 : row.fiscal_year + Math.max(0, carryOverYears - row.carried);
}

export function withCode(code: string, title: Localised): { code: string; title: Localised } {
  return { code, title };
}
