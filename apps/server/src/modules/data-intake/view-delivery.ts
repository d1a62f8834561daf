import type { DatasetKind, DeliveryView, ResponseOf, listDeliveries as listEndpoint, QueryOf, listDeliveryProblems as problemsEndpoint } from '@sunlit/api-spec';
import { isWithin, type Id } from '@sunlit/kernel';
import type { Actor } from '#platform/authorization/actor.ts';
import { authorize } from '#platform/authorization/authorize.ts';
import { inTransaction, type Trx } from '#platform/database/transaction.ts';
import { AppError } from '#platform/errors.ts';
import type { Locale } from '#platform/http/locale.ts';
import { codeColumn, type ListColumn } from '#platform/http/list-route.ts';
import { page, readCursor } from '#platform/http/page.ts';
import { departmentNames, staffNames } from '#modules/organisation/index.ts';
import { datasetKinds } from './dataset-kinds.ts';
import { deliveryLights } from './delivery-lights.ts';
import { failureText, holdReasonText, problemText } from './delivery-messages.ts';
import { findDelivery, listDeliveryRows, listProblemRows, type DeliveryRow } from './delivery-store.ts';

type Item = ResponseOf<typeof listEndpoint>['items'][number];

interface Names {
  kinds: ReadonlyMap<string, DatasetKind>;
  departments: ReadonlyMap<string, string>;
  staff: ReadonlyMap<string, string>;
}

export async function listDeliveries(actor: Actor, query: QueryOf<typeof listEndpoint>, locale: Locale): Promise<ResponseOf<typeof listEndpoint>> {
  authorize(actor, 'dataset.read');
  return inTransaction(actor, async (trx) => {
    const after = readCursor(query.cursor)?.[0];
    const { rows, count } = await listDeliveryRows(trx, { kind: query.kind, state: query.state, sort: query.sort, after: after ? String(after) : undefined, limit: query.limit + 1 });
    const names = await namesFor(trx, rows, locale);
    return page(rows, query.limit, (row) => [row.id], count, (row) => itemOf(actor, row, names, locale));
  });
}

const stateWords = { checking: ['检验中', 'Being checked'], held: ['暂存，等待处置', 'Held, to decide'], accepted: ['已接收', 'Accepted'], returned: ['已退回', 'Returned'], failed: ['没有通过', 'Failed'], cancelled: ['已停止', 'Stopped'] } as const;

export const deliveryColumns: readonly ListColumn<ResponseOf<typeof listEndpoint>['items'][number]>[] = [
  { zh: '数据', en: 'Data', value: (item, words) => words(item.kindTitle) },
  { zh: '供数单位', en: 'Provider', value: (item) => item.providerName },
  { zh: '数据日期', en: 'As of', value: (item) => item.asOf },
  { zh: '版本', en: 'Version', value: (item) => item.version },
  codeColumn('状态', 'State', (item) => item.state, stateWords),
  { zh: '行数', en: 'Rows', value: (item) => item.rows },
  { zh: '入库行数', en: 'Kept', value: (item) => item.kept },
  { zh: '文件', en: 'File', value: (item) => item.fileName },
  { zh: '收到时间', en: 'Received', value: (item) => item.receivedAt },
  { zh: '报送人', en: 'Delivered by', value: (item) => item.deliveredBy },
];

export async function viewDelivery(actor: Actor, id: Id, locale: Locale): Promise<DeliveryView> {
  authorize(actor, 'dataset.read');
  return inTransaction(actor, async (trx) => {
    const row = await findDelivery(trx, id);
    if (!row) throw new AppError('not-found');
    const names = await namesFor(trx, [row], locale);
    const kind = names.kinds.get(row.kind);
    const { report } = row;
    const above = isAbove(actor, row);
    return {
      ...itemOf(actor, row, names, locale),
      recognisedKind: report?.recognised?.code ?? null,
      recognition: report?.recognised?.confidence ?? null,
      encoding: report?.encoding ?? null,
      ...(above ? nothingInside : insideOf(row, kind, actor)),
      lights: kind ? deliveryLights(kind, report, locale) : [],
      holdReasons: above ? [] : row.hold_reasons.map((reason) => ({ code: reason.code, text: holdReasonText(reason, names.kinds, kind, locale) })),
      decision: row.decision && !above
        ? { at: row.decided_at!.toISOString(), by: names.staff.get(row.decided_by ?? '') ?? '', action: row.decision, reason: row.decision_reason ?? '' }
        : null,
    };
  });
}

/** A delivery of a division above: that it is there and how good it is may be known, what stands in it may not. */
function isAbove(actor: Actor, row: DeliveryRow): boolean {
  return !isWithin(row.region_code, actor.regionCode);
}

type Inside = Pick<DeliveryView, 'columns' | 'fields' | 'unknownValues' | 'mappable' | 'fieldQuality'>;
const nothingInside: Inside = { columns: [], fields: [], unknownValues: [], mappable: false, fieldQuality: [] };

function insideOf(row: DeliveryRow, kind: DatasetKind | undefined, actor: Actor): Inside {
  const { report } = row;
  return {
    columns: (report?.mapping.columns ?? []).map(({ index, title, field, confidence }) => ({ title, field, confidence, samples: [...(report?.samples?.[index] ?? [])] })),
    fields: (kind?.fields ?? []).map(({ name, titles, required, values }) => ({ name, title: titles[0] ?? name, required, codes: Object.entries(values ?? {}).map(([code, words]) => ({ code, label: words[0] ?? code })) })),
    unknownValues: report?.quality?.unknownValues.map(({ field, value, count }) => ({ field, value, rows: count })) ?? [],
    mappable: row.state === 'held' && row.file_removed_at === null && actor.permissions.has('dataset.deliver'),
    fieldQuality: (report?.quality?.fields ?? []).map(({ field, completeness, validity }) => ({ field, completeness, validity })),
  };
}

export async function listDeliveryProblems(
  actor: Actor,
  id: Id,
  query: QueryOf<typeof problemsEndpoint>,
  locale: Locale,
): Promise<ResponseOf<typeof problemsEndpoint>> {
  authorize(actor, 'dataset.read');
  return inTransaction(actor, async (trx) => {
    const row = await findDelivery(trx, id);
    if (!row) throw new AppError('not-found');
    if (isAbove(actor, row)) throw new AppError('outside-region');
    const after = Number(readCursor(query.cursor)?.[0] ?? -1);
    const { rows, count } = await listProblemRows(trx, id, after, query.limit + 1);
    return page(rows, query.limit, (row) => [row.ordinal], count, (row) => ({
      row: row.row_number,
      field: row.field,
      code: row.code,
      message: problemText(row.code, locale),
      sample: row.sample_masked,
    }));
  });
}

async function namesFor(trx: Trx, rows: readonly DeliveryRow[], locale: Locale): Promise<Names> {
  const people = rows.flatMap((row) => (row.decided_by ? [row.delivered_by, row.decided_by] : [row.delivered_by]));
  return { kinds: await datasetKinds(), departments: await departmentNames(trx, locale), staff: await staffNames(trx, [...new Set(people)]) };
}

function itemOf(actor: Actor, row: DeliveryRow, names: Names, locale: Locale): Item {
  return {
    id: row.id,
    kind: row.kind,
    kindTitle: names.kinds.get(row.kind)?.title ?? { zh: row.kind, en: row.kind },
    fileName: row.file_name,
    asOf: row.as_of,
    receivedAt: row.received_at.toISOString(),
    deliveredBy: names.staff.get(row.delivered_by) ?? '',
    fromAbove: isAbove(actor, row),
    providerName: names.departments.get(row.provider_code) ?? row.provider_code,
    state: row.state,
    taskId: row.task_id,
    failure: row.failure === null ? null : failureText(row.failure, locale),
    rows: row.rows,
    kept: row.kept,
    version: row.version,
  };
}
