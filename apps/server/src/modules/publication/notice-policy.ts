import { daysBetween } from '@sunlit/kernel';
import type { AttachmentRow, NoticeRow } from './notice-store.ts';
import type { Leak } from './scan-text.ts';

export type NoticeObstacle = 'leak-in-text' | 'leak-in-attachment' | 'attachment-not-seen' | 'own-draft';

/** What keeps this person from publishing this draft now. */
export function obstaclesOf(notice: NoticeRow, textLeaks: readonly Leak[], attachments: readonly AttachmentRow[], actorId: string): NoticeObstacle[] {
  const standing = attachments.filter((one) => one.state !== 'removed');
  return [
    ...(textLeaks.length > 0 ? (['leak-in-text'] as const) : []),
    ...(standing.some((one) => one.state === 'leak') ? (['leak-in-attachment'] as const) : []),
    ...(standing.some((one) => one.state === 'look' && one.seen_by === null) ? (['attachment-not-seen'] as const) : []),
    ...(notice.made_by === actorId ? (['own-draft'] as const) : []),
  ];
}

/** Whether anybody may read it today: its last day counts, whatever the clean-up has done. */
export function isStanding(notice: Pick<NoticeRow, 'state' | 'ends_on'>, today: string): boolean {
  return notice.state === 'published' && notice.ends_on !== null && notice.ends_on >= today;
}

export function daysLeft(notice: Pick<NoticeRow, 'state' | 'ends_on'>, today: string): number | null {
  return isStanding(notice, today) ? daysBetween(today, notice.ends_on!) : null;
}
