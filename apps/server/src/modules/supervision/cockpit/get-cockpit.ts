import type { FindingItem, ResponseOf, getCockpit as endpoint } from '@sunlit/api-spec';
import { regionLevelOf } from '@sunlit/kernel';
import type { Actor } from '#platform/authorization/actor.ts';
import { authorize } from '#platform/authorization/authorize.ts';
import { today } from '#platform/clock/today.ts';
import { inTransaction, type Trx } from '#platform/database/transaction.ts';
import type { Locale } from '#platform/http/locale.ts';
import { listFreshness } from '#modules/data-intake/index.ts';
import { listChildren, regionNamer } from '#modules/organisation/index.ts';
import { countHouseholdsByRegion } from '#modules/registries/households/index.ts';
import { listFindingItems } from '../findings/index.ts';
import { countFindingsByRegion, listRunFigures } from './finding-figures.ts';
import { sixPrecisions } from './six-precisions.ts';

/** Digits that tell the children of a level apart. */
const childDigits = { nation: 2, province: 4, city: 6, county: 9, town: 12, village: 12 } as const;

const none = { households: 0, persons: 0, open: 0, overdue: 0, decided: 0, confirmed: 0, owed: 0 };
type Figures = typeof none;

/** Figures of a division and its children, the six precisions, what has lain longest, and how fresh the data are. */
export async function getCockpit(actor: Actor, regionCode: string, locale: Locale): Promise<ResponseOf<typeof endpoint>> {
  authorize(actor, 'finding.read', { regionCode });
  const name = await regionNamer();
  const on = today();
  const digits = childDigits[regionLevelOf(regionCode)];
  const freshness = await listFreshness(regionCode, locale);
  return inTransaction(actor, async (trx) => {
    const figures = new Map<string, Figures>();
    const add = (code: string, part: Partial<Figures>) => figures.set(code, { ...(figures.get(code) ?? none), ...part });
    for (const { regionCode: code, ...part } of await countHouseholdsByRegion(trx, regionCode, digits)) add(code, part);
    for (const { regionCode: code, ...part } of await countFindingsByRegion(trx, regionCode, digits, on)) add(code, part);
    const totals = [...figures.values()].reduce((sum, one) => Object.fromEntries(Object.keys(none).map((key) => [key, sum[key as keyof Figures] + one[key as keyof Figures]])) as Figures, none);
    const children = regionLevelOf(regionCode) === 'village' ? [] : await listChildren(trx, regionCode);
    const inUse = children.filter((child) => child.validTo === null || figures.has(child.code));
    return {
      region: name(regionCode),
      totals,
      children: inUse.map((child) => {
        const { households, persons, open, overdue, owed } = figures.get(child.code) ?? none;
        return { region: name(child.code), households, persons, open, overdue, owed };
      }),
      indicators: await sixPrecisions(trx, regionCode, on),
      runs: await listRunFigures(trx, regionCode, 6),
      oldest: await oldestMatters(trx, actor, locale, regionCode, 10),
      freshness,
    };
  });
}

const openStates = ['signal', 'assigned', 'verifying', 'awaiting-answer', 'decided', 'followed-up'] as const;

async function oldestMatters(trx: Trx, actor: Actor, locale: Locale, regionCode: string, count: number): Promise<FindingItem[]> {
  const items: FindingItem[] = [];
  for (const state of openStates) items.push(...(await listFindingItems(trx, actor, locale, { regionCode, state }, 'opened', count)));
  return items.sort((a, b) => a.openedAt.localeCompare(b.openedAt) || a.id.localeCompare(b.id)).slice(0, count);
}
