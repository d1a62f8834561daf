const exactMoney = new Intl.NumberFormat('zh-CN', { minimumFractionDigits: 2, maximumFractionDigits: 2 });
const whole = new Intl.NumberFormat('zh-CN', { maximumFractionDigits: 0 });

/** 66000 fen → `660.00`. The unit stands in the column's title or beside the number. */
export function formatFen(fen: number | bigint | string): string {
  return exactMoney.format(Number(fen) / 100);
}

/** `2170.86万`, `21.71 million`: short form for reading; the exact value must stay at hand beside it. */
export function shortenNumber(value: number, locale: string): string {
  return new Intl.NumberFormat(locale, {
    notation: 'compact',
    compactDisplay: locale.startsWith('zh') ? 'short' : 'long',
    maximumFractionDigits: 2,
  }).format(value);
}

export function formatCount(value: number): string {
  return whole.format(value);
}

/** 0.987 → `98.7 %` */
export function formatShare(share: number, digits = 1): string {
  return `${(share * 100).toFixed(digits)} %`;
}

/** Any ISO time → the local day, `2026-11-24`. A pure date stays as it is. */
export function formatDay(iso: string): string {
  if (/^\d{4}-\d{2}-\d{2}$/.test(iso)) return iso;
  const date = new Date(iso);
  return Number.isNaN(date.getTime()) ? iso : localParts(date).day;
}

/** Any ISO time → `2026-11-24 09:30` */
export function formatMoment(iso: string): string {
  const date = new Date(iso);
  if (Number.isNaN(date.getTime())) return iso;
  const { day, time } = localParts(date);
  return `${day} ${time}`;
}

function localParts(date: Date): { day: string; time: string } {
  const two = (value: number) => String(value).padStart(2, '0');
  return {
    day: `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`,
    time: `${two(date.getHours())}:${two(date.getMinutes())}`,
  };
}

/** Monday to Friday between two days; public holidays are the server's to know and it sends its own count when it matters. */
export function countWeekdays(fromDay: string, toDay: string): number {
  const from = Date.parse(`${fromDay}T00:00:00Z`);
  const to = Date.parse(`${toDay}T00:00:00Z`);
  if (Number.isNaN(from) || Number.isNaN(to)) return 0;
  const step = to >= from ? 1 : -1;
  let count = 0;
  for (let day = from; day !== to; day += step * 86_400_000) {
    const next = new Date(day + step * 86_400_000).getUTCDay();
    if (next !== 0 && next !== 6) count += step;
  }
  return count;
}

export function todayLocal(): string {
  return localParts(new Date()).day;
}

export function formatFileSize(bytes: number): string {
  if (bytes < 1024) return `${bytes} B`;
  if (bytes < 1024 ** 2) return `${(bytes / 1024).toFixed(1)} KB`;
  return `${(bytes / 1024 ** 2).toFixed(1)} MB`;
}
