import { addDays } from '@sunlit/kernel';
// The package is CommonJS to Node: its names come through the default export.
import chineseDays from 'chinese-days';

export interface DayDeviation {
  day: string;
  working: boolean;
  name: string;
}

/** Holidays and exchanged weekends that the published calendars of these years contain. */
export function holidayDeviations(fromYear: number, toYear: number): DayDeviation[] {
  const result: DayDeviation[] = [];
  for (let day = `${fromYear}-01-01`; day <= `${toYear}-12-31`; day = addDays(day, 1)) {
    const weekday = new Date(`${day}T00:00:00Z`).getUTCDay();
    const detail = chineseDays.getDayDetail(day);
    if (detail.work !== (weekday !== 0 && weekday !== 6)) result.push({ day, working: detail.work, name: detail.name.split(',')[1] ?? detail.name });
  }
  return result;
}
