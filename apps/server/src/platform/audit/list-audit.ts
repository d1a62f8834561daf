import type { QueryOf, ResponseOf, listAudit as endpoint } from '@sunlit/api-spec';
import { sql } from 'kysely';
import { systemActor, type Actor } from '../authorization/actor.ts';
import { authorize } from '../authorization/authorize.ts';
import { timeOrder } from '../database/time-order.ts';
import { inTransaction } from '../database/transaction.ts';
import type { ListColumn } from '../http/list-route.ts';
import type { Locale } from '../http/locale.ts';
import { countCap, page, readCursor } from '../http/page.ts';

export async function listAudit(actor: Actor, query: QueryOf<typeof endpoint>, locale: Locale): Promise<ResponseOf<typeof endpoint>> {
  authorize(actor, 'audit.read');
  return inTransaction(actor, async (trx) => {
    const after = readCursor(query.cursor)?.[0];
    const { beyond, direction } = timeOrder(query.sort);
    const filters = sql`
      ${query.action ? sql`AND r.action = ${query.action}` : sql``}
      ${query.actor ? sql`AND strpos(r.actor_name, ${query.actor}) > 0` : sql``}
      ${query.objectId ? sql`AND r.object_id = ${query.objectId}` : sql``}
      ${query.from ? sql`AND r.at >= ${query.from}::date` : sql``}
      ${query.to ? sql`AND r.at < ${query.to}::date + 1` : sql``}`;
    const { rows } = await sql<{ id: number; at: Date; actor_id: string; actor_name: string; action: string; object_kind: string; object_id: string; region_code: string; reason: string | null; sequence: number | null }>`
      SELECT r.*, l.sequence FROM audit.record r LEFT JOIN audit.leaf l ON l.record_id = r.id
      WHERE true ${filters} ${after ? sql`AND r.id ${beyond} ${after}` : sql``} ORDER BY r.id ${direction} LIMIT ${query.limit + 1}`.execute(trx);
    const count = await sql<{ count: number }>`SELECT count(*) AS count FROM (SELECT 1 FROM audit.record r WHERE true ${filters} LIMIT ${countCap + 1}) AS counted`.execute(trx);
    return page(rows, query.limit, (row) => [row.id], count.rows[0]?.count ?? 0, (row) => ({
      sequence: row.sequence,
      at: row.at.toISOString(),
      actor: locale === 'en' && row.actor_id === systemActor.accountId ? 'System' : row.actor_name,
      action: row.action,
      objectKind: row.object_kind,
      objectId: row.object_id,
      region: row.region_code || null,
      reason: row.reason,
      sealed: row.sequence !== null,
    }));
  });
}

export const auditColumns: readonly ListColumn<ResponseOf<typeof endpoint>['items'][number]>[] = [
  { zh: '序号', en: 'Sequence', value: (item) => item.sequence },
  { zh: '时间', en: 'At', value: (item) => item.at },
  { zh: '操作人', en: 'Actor', value: (item) => item.actor },
  // Codes, as in the log itself: an auditor compares them.
  { zh: '操作', en: 'Action', value: (item) => item.action },
  { zh: '对象类别', en: 'Kind of object', value: (item) => item.objectKind },
  { zh: '对象编号', en: 'Object', value: (item) => item.objectId },
  { zh: '区划', en: 'Division', value: (item) => item.region },
  { zh: '事由', en: 'Reason', value: (item) => item.reason },
];
