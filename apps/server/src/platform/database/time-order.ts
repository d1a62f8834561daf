import type { TimeSort } from '@sunlit/api-spec';
import { sql, type RawBuilder } from 'kysely';

/** The two places where a list by time differs by its order: how a row lies beyond the last one seen, and ORDER BY. */
export function timeOrder(sort: TimeSort): { beyond: RawBuilder<unknown>; direction: RawBuilder<unknown> } {
  return sort === 'oldest' ? { beyond: sql`>`, direction: sql`ASC` } : { beyond: sql`<`, direction: sql`DESC` };
}
