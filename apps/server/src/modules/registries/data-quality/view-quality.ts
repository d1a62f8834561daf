import type { QueryOf, ResponseOf, checkHouseholdQuality as householdEndpoint, exportQualityItems as exportEndpoint, getQualityTrend as trendEndpoint, listQualityChecks as checksEndpoint, listQualityItems as itemsEndpoint } from '@sunlit/api-spec';
import { newId, regionRange } from '@sunlit/kernel';
import { sql } from 'kysely';
import { recordAudit } from '#platform/audit/record-audit.ts';
import type { Actor } from '#platform/authorization/actor.ts';
import { authorize } from '#platform/authorization/authorize.ts';
import { today } from '#platform/clock/today.ts';
import { inTransaction } from '#platform/database/transaction.ts';
import { AppError } from '#platform/errors.ts';
import { csvText } from '#platform/files/tabular/csv-text.ts';
import type { Locale } from '#platform/http/locale.ts';
import { page, readCursor } from '#platform/http/page.ts';
import { readHouseholdsForQuality } from '#modules/registries/households/index.ts';
import { countyChecker } from './county-checker.ts';
import { countItems, fieldsOf, itemView, listItemRows } from './quality-items.ts';
import { getQualityChecks } from './quality-library.ts';
import { findLastSweep } from './sweep-store.ts';

const mostRows = 50_000;
/** A year of days on the trend. */
const trendDays = 366;

export async function listChecks(actor: Actor, query: QueryOf<typeof checksEndpoint>): Promise<ResponseOf<typeof checksEndpoint>> {
  const regionCode = query.regionCode ?? actor.regionCode;
  authorize(actor, 'household.read', { regionCode });
  const { from, to } = regionRange(regionCode);
  return inTransaction(actor, async (trx) => {
    const { rows } = await sql<{ check_code: string; open: number; accepted: number }>`
      SELECT check_code, count(*) FILTER (WHERE state = 'open') AS open, count(*) FILTER (WHERE state = 'accepted') AS accepted FROM data_quality.item
      WHERE state <> 'resolved' AND responsible_region_code >= ${from} AND responsible_region_code < ${to} GROUP BY check_code`.execute(trx);
    const counts = new Map(rows.map((row) => [row.check_code, row]));
    const items = [...(await getQualityChecks()).values()].map((check) => ({
      code: check.code,
      title: check.title,
      subject: check.subject,
      scope: check.scope,
      fields: fieldsOf(check),
      sourceRef: check.sourceRef ?? null,
      open: Number(counts.get(check.code)?.open ?? 0),
      accepted: Number(counts.get(check.code)?.accepted ?? 0),
    }));
    return { items, sweptAt: (await findLastSweep(trx, regionCode)) ?? null };
  });
}

export async function listItems(actor: Actor, query: QueryOf<typeof itemsEndpoint>): Promise<ResponseOf<typeof itemsEndpoint>> {
  authorize(actor, 'household.read', { regionCode: query.regionCode ?? actor.regionCode });
  return inTransaction(actor, async (trx) => {
    const { cursor, limit, ...filter } = query;
    const rows = await listItemRows(trx, filter, readCursor(cursor), limit + 1);
    return page(rows, limit, (row) => [row.responsible_region_code, row.check_code, row.id], await countItems(trx, filter), await itemView(actor));
  });
}

/** The work list as CSV, to be worked through village by village: masked by role, marked, recorded. */
export async function exportItems(actor: Actor, query: QueryOf<typeof exportEndpoint>, locale: Locale): Promise<Buffer> {
  const { purpose, ...filter } = query;
  authorize(actor, 'household.export', { regionCode: filter.regionCode ?? actor.regionCode });
  return inTransaction(actor, async (trx) => {
    const rows = await listItemRows(trx, filter, undefined, mostRows);
    const view = await itemView(actor);
    const exportId = newId();
    await recordAudit(trx, actor, { action: 'data-quality.export', objectKind: 'export', objectId: exportId, regionCode: filter.regionCode ?? actor.regionCode, reason: purpose, details: { rows: rows.length } });
    const en = locale === 'en';
    const say = (text: { zh: string; en: string }) => (en ? text.en : text.zh);
    const header = en ? ['Division', 'Household', 'Head', 'Member', 'Does not add up', 'Look at', 'Found on'] : ['所在地', '户编号', '户主', '成员', '问题', '核对项', '发现日期'];
    const body = rows.map((row) => {
      const item = view(row);
      return [item.region.fullName, item.household.number, item.household.headName, item.person?.name ?? '', say(item.check.title), item.fields.map(say).join(en ? ', ' : '、'), item.foundAt.slice(0, 10)];
    });
    const mark = en ? [`Exported by ${actor.displayName} on ${today()}; purpose: ${purpose}; export ${exportId}`] : [`导出人 ${actor.displayName}，${today()}，用途：${purpose}，导出编号 ${exportId}`];
    return csvText([mark, header, ...body, mark]);
  });
}

export async function viewTrend(actor: Actor, query: QueryOf<typeof trendEndpoint>): Promise<ResponseOf<typeof trendEndpoint>> {
  const regionCode = query.regionCode ?? actor.regionCode;
  authorize(actor, 'household.read', { regionCode });
  const { from, to } = regionRange(regionCode);
  return inTransaction(actor, async (trx) => {
    const { rows } = await sql<{ day: string; open: number }>`
      SELECT day, sum(open) AS open FROM data_quality.day WHERE responsible_region_code >= ${from} AND responsible_region_code < ${to} AND day > ${today()}::date - ${trendDays}::int
        ${query.check ? sql`AND check_code = ${query.check}` : sql``} GROUP BY day ORDER BY day`.execute(trx);
    return { items: rows.map(({ day, open }) => ({ day, open: Number(open) })) };
  });
}

/** Hints on save: the household as it stands this moment, whatever the work list says. */
export async function checkHousehold(actor: Actor, id: string): Promise<ResponseOf<typeof householdEndpoint>> {
  authorize(actor, 'household.read');
  return inTransaction(actor, async (trx) => {
    const [household] = await readHouseholdsForQuality(trx, { ids: [id] });
    if (!household) throw new AppError('not-found');
    const check = await countyChecker(trx, household.countyCode);
    const checks = await getQualityChecks();
    return {
      items: check(household.facts).map(({ checkCode, personId }) => {
        const found = checks.get(checkCode)!;
        return { check: { code: checkCode, title: found.title }, personId, fields: fieldsOf(found) };
      }),
    };
  });
}
