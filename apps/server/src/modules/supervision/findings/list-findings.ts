import type { FindingItem, QueryOf, ResponseOf, listFindings as listEndpoint } from '@sunlit/api-spec';
import type { Actor } from '#platform/authorization/actor.ts';
import { authorize } from '#platform/authorization/authorize.ts';
import { loadCalendar } from '#platform/calendar/working-days.ts';
import { today } from '#platform/clock/today.ts';
import { inTransaction, type Trx } from '#platform/database/transaction.ts';
import type { Locale } from '#platform/http/locale.ts';
import { page, readCursor } from '#platform/http/page.ts';
import { regionNamer } from '#modules/organisation/index.ts';
import { itemOf, ruleTitles, type ItemContext } from './finding-item.ts';
import { countFindings, listFindingRows, sortKey, type FindingFilter, type FindingSort } from './finding-store.ts';

export async function itemContext(trx: Trx, actor: Actor, locale: Locale): Promise<ItemContext> {
  return { actor, locale, today: today(), calendar: await loadCalendar(trx), regionName: await regionNamer(), ruleTitle: await ruleTitles() };
}

export async function listFindings(actor: Actor, query: QueryOf<typeof listEndpoint>, locale: Locale): Promise<ResponseOf<typeof listEndpoint>> {
  authorize(actor, 'finding.read');
  return inTransaction(actor, async (trx) => {
    const context = await itemContext(trx, actor, locale);
    const { cursor, limit, sort, ...filters } = query;
    const filter: FindingFilter = { ...filters, actorId: actor.accountId, today: context.today };
    const rows = await listFindingRows(trx, filter, sort, readCursor(cursor), limit + 1);
    return page(rows, limit, (row) => sortKey(sort, row), await countFindings(trx, filter), (row) => itemOf(context, row));
  });
}

/** Some findings inside a transaction already open, for pages that show a few of them. */
export async function listFindingItems(trx: Trx, actor: Actor, locale: Locale, filter: Omit<FindingFilter, 'actorId' | 'today'>, sort: FindingSort, limit: number): Promise<FindingItem[]> {
  const context = await itemContext(trx, actor, locale);
  return (await listFindingRows(trx, { ...filter, actorId: actor.accountId, today: context.today }, sort, undefined, limit)).map((row) => itemOf(context, row));
}
