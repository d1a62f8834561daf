import type { NoticeState } from '@sunlit/api-spec';
import { today } from '#platform/clock/today.ts';
import type { Trx } from '#platform/database/transaction.ts';
import { findNotice } from './notice-store.ts';

export interface NoticeStanding {
  id: string;
  number: string;
  state: NoticeState;
  startsOn: string | null;
  endsOn: string | null;
  /** its whole period has passed, nobody took it down early */
  isOver: boolean;
  openObjections: number;
}

/** How a notice stands, for whoever drafted it and must wait for its end and for the answers to objections. */
export async function findNoticeStanding(trx: Trx, id: string): Promise<NoticeStanding | undefined> {
  const row = await findNotice(trx, id);
  if (!row) return undefined;
  const isOver = row.state === 'ended' || (row.state === 'published' && row.ends_on !== null && row.ends_on < today());
  return { id: row.id, number: row.number, state: row.state, startsOn: row.starts_on, endsOn: row.ends_on, isOver, openObjections: row.open_objections };
}

