import type { CorrectionTask, QueryOf, ResponseOf, listCorrectionTasks as endpoint } from '@sunlit/api-spec';
import { regionRange } from '@sunlit/kernel';
import { sql } from 'kysely';
import type { Actor } from '#platform/authorization/actor.ts';
import { authorize } from '#platform/authorization/authorize.ts';
import { inTransaction } from '#platform/database/transaction.ts';
import { timeOrder } from '#platform/database/time-order.ts';
import { codeColumn, type ListColumn } from '#platform/http/list-route.ts';
import type { Locale } from '#platform/http/locale.ts';
import { countCap, page, readCursor } from '#platform/http/page.ts';
import { departmentNames, regionNamer } from '#modules/organisation/index.ts';
import { getRuleLibrary } from '../rule-catalogue/index.ts';

interface Row {
  id: string;
  state: 'open' | 'done';
  provider_code: string;
  dataset_kind: string | null;
  responsible_region_code: string;
  note: string;
  created_at: Date;
  done_at: Date | null;
  records: { deliveryId: string; asOf: string; version: number; row: number }[] | null;
}

export const correctionColumns: readonly ListColumn<CorrectionTask>[] = [
  { zh: '数据', en: 'Data', value: (item, words) => (item.datasetTitle ? words(item.datasetTitle) : null) },
  { zh: '供数单位', en: 'Provider', value: (item) => item.providerName },
  { zh: '要更正的内容', en: 'To correct', value: (item) => item.note },
  { zh: '所在行', en: 'Rows', value: (item) => item.records.map(({ asOf, version, row }) => `${asOf} v${version}: ${row}`).join('; ') },
  { zh: '区划', en: 'Division', value: (item) => item.region.fullName },
  codeColumn('状态', 'State', (item) => item.state, { open: ['待更正', 'To correct'], done: ['已重新报送', 'Delivered again'] }),
  { zh: '提出时间', en: 'Asked', value: (item) => item.createdAt },
  { zh: '完成时间', en: 'Done', value: (item) => item.doneAt },
];

/** What departments are asked to correct, the newest first. The database shows a provider its own department's only. */
export async function listCorrectionTasks(actor: Actor, query: QueryOf<typeof endpoint>, locale: Locale): Promise<ResponseOf<typeof endpoint>> {
  authorize(actor, 'dataset.read');
  const { kinds } = await getRuleLibrary();
  const name = await regionNamer();
  return inTransaction(actor, async (trx) => {
    const departments = await departmentNames(trx, locale);
    const range = query.regionCode ? regionRange(query.regionCode) : undefined;
    const condition = sql`true ${query.state ? sql`AND t.state = ${query.state}` : sql``}
      ${range ? sql`AND t.responsible_region_code >= ${range.from} AND t.responsible_region_code < ${range.to}` : sql``}`;
    const after = readCursor(query.cursor);
    const { beyond, direction } = timeOrder(query.sort);
    const { rows } = await sql<Row>`
      SELECT t.id, t.state, t.provider_code, t.dataset_kind, t.responsible_region_code, t.note, t.created_at, t.done_at,
        (SELECT jsonb_agg(jsonb_build_object('deliveryId', r.delivery_id, 'asOf', r.as_of, 'version', r.version, 'row', r.source_row) ORDER BY r.ordinal) FROM (
          SELECT e.delivery_id, d.as_of, d.version, e.source_row, e.ordinal FROM supervision.evidence e JOIN data_intake.delivery d ON d.id = e.delivery_id
          WHERE e.finding_id = t.finding_id AND e.dataset = t.dataset_kind AND e.source_row IS NOT NULL ORDER BY e.ordinal LIMIT 5) r) AS records
      FROM supervision.correction_task t
      WHERE ${condition} ${after ? sql`AND (date_trunc('milliseconds', t.created_at), t.id) ${beyond} (${after[0]}::timestamptz, ${after[1]}::uuid)` : sql``}
      ORDER BY date_trunc('milliseconds', t.created_at) ${direction}, t.id ${direction} LIMIT ${query.limit + 1}`.execute(trx);
    const { rows: counted } = await sql<{ count: number }>`SELECT count(*) AS count FROM (SELECT 1 FROM supervision.correction_task t WHERE ${condition} LIMIT ${countCap + 1}) AS counted`.execute(trx);
    return page(rows, query.limit, (row) => [row.created_at.toISOString(), row.id], counted[0]?.count ?? 0, (row) => ({
      id: row.id,
      state: row.state,
      providerCode: row.provider_code,
      providerName: departments.get(row.provider_code) ?? row.provider_code,
      datasetTitle: (row.dataset_kind ? kinds.get(row.dataset_kind)?.title : undefined) ?? null,
      region: name(row.responsible_region_code),
      note: row.note,
      records: row.records ?? [],
      createdAt: row.created_at.toISOString(),
      doneAt: row.done_at?.toISOString() ?? null,
    }));
  });
}
