import type { NoticeRow } from './notice-store.ts';
import { mergeLeaks, scanText, type Leak } from './scan-text.ts';

/** Everything people typed into a notice, looked at field by field: numbers of two fields never become one. */
export function scanNotice(notice: Pick<NoticeRow, 'note' | 'contact'>, entries: readonly { field_values: Record<string, string> }[]): Leak[] {
  return mergeLeaks([notice.note, notice.contact, ...entries.flatMap((entry) => Object.values(entry.field_values))].flatMap(scanText));
}
