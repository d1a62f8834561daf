import type { LinkagePair, QueryOf, ResponseOf, exportLinkagePairs as exportEndpoint, getLinkagePair as pairEndpoint, getLinkageSummary as summaryEndpoint, listLinkagePairs as listEndpoint } from '@sunlit/api-spec';
import { maskIdCardNumber, maskPhoneNumber, newId, regionRange } from '@sunlit/kernel';
import { sql } from 'kysely';
import { recordAudit } from '#platform/audit/record-audit.ts';
import { systemActor, type Actor } from '#platform/authorization/actor.ts';
import { authorize } from '#platform/authorization/authorize.ts';
import { today } from '#platform/clock/today.ts';
import { labelOf } from '#platform/configuration/dictionaries.ts';
import { inTransaction, type Trx } from '#platform/database/transaction.ts';
import { AppError } from '#platform/errors.ts';
import { csvText } from '#platform/files/tabular/csv-text.ts';
import type { Locale } from '#platform/http/locale.ts';
import { page, readCursor } from '#platform/http/page.ts';
import { decryptOptional } from '#platform/personal-data/cipher.ts';
import { regionNamer } from '#modules/organisation/index.ts';
import { listPersonCards, nameFor, type PersonCard } from '#modules/registries/households/index.ts';
import { countPairs, findKeptPerson, findPair, listDecisions, listPairRows, type PairRow } from './pair-store.ts';

const mostRows = 20_000;
/** Percent: a model is never certain, and twins exist. */
const surest = 99.9;

async function pairView(trx: Trx, actor: Actor, rows: readonly PairRow[]): Promise<{ view: (row: PairRow) => LinkagePair; cards: Map<string, PersonCard> }> {
  const cards = new Map((await listPersonCards(trx, rows.flatMap(({ person_a, person_b }) => [person_a, person_b]))).map((card) => [card.id, card]));
  const regionOf = await regionNamer();
  const personOf = (id: string, region: string) => {
    const card = cards.get(id);
    return { personId: id, householdId: card?.household_id ?? id, householdNumber: card?.household_number ?? '—', name: card ? nameFor(actor, card.name) : '—', region: regionOf(card?.responsible_region_code ?? region) };
  };
  const view = (row: PairRow): LinkagePair => ({
    id: row.id,
    probabilityPercent: Math.min(surest, Math.round(row.probability_ppm / 1000) / 10),
    state: row.state === 'gone' ? 'open' : row.state,
    foundAt: row.found_at.toISOString(),
    persons: [personOf(row.person_a, row.region_a), personOf(row.person_b, row.region_b)],
  });
  return { view, cards };
}

export async function listPairs(actor: Actor, query: QueryOf<typeof listEndpoint>): Promise<ResponseOf<typeof listEndpoint>> {
  authorize(actor, 'household.read', { regionCode: query.regionCode ?? actor.regionCode });
  return inTransaction(actor, async (trx) => {
    const { cursor, limit, ...filter } = query;
    const rows = await listPairRows(trx, filter, readCursor(cursor), limit + 1);
    const { view } = await pairView(trx, actor, rows);
    return page(rows, limit, (row) => [row.probability_ppm, row.id], await countPairs(trx, filter), view);
  });
}

export async function viewPair(actor: Actor, id: string, locale: Locale): Promise<ResponseOf<typeof pairEndpoint>> {
  authorize(actor, 'household.read');
  return inTransaction(actor, async (trx) => {
    const pair = await findPair(trx, id);
    if (!pair) throw new AppError('not-found');
    const { view, cards } = await pairView(trx, actor, [pair]);
    const records = [];
    for (const personId of [pair.person_a, pair.person_b]) {
      const card = cards.get(personId);
      if (!card) throw new AppError('not-found');
      const idNumber = decryptOptional('id-number', card.id_number_enc);
      const phone = decryptOptional('phone', card.phone_enc);
      records.push({
        personId,
        idNumberMasked: idNumber ? maskIdCardNumber(idNumber) : '—',
        birthYear: card.birth_date === null ? null : Number(card.birth_date.slice(0, 4)),
        sex: card.sex_code === null ? null : labelOf('sex', card.sex_code, locale),
        relation: card.relation_code === null ? null : labelOf('relation', card.relation_code, locale),
        phoneMasked: phone ? maskPhoneNumber(phone) : null,
        programmes: card.programmes.map((code) => labelOf('programme', code, locale)),
        aliasOf: (await findKeptPerson(trx, personId)) ?? null,
      });
      await recordAudit(trx, actor, { action: 'record-linkage.view', objectKind: 'linkage-pair', objectId: id, householdId: card.household_id, regionCode: pair.responsible_region_code });
    }
    const decisions = await listDecisions(trx, id);
    return {
      ...view(pair),
      records,
      steps: pair.steps,
      decisions: decisions.map((row) => ({ decision: row.decision, keptPersonId: row.kept_person, reason: row.reason, by: row.decided_by_name, at: row.decided_at.toISOString() })),
    };
  });
}

export async function exportPairs(actor: Actor, query: QueryOf<typeof exportEndpoint>, locale: Locale): Promise<Buffer> {
  const { purpose, ...filter } = query;
  authorize(actor, 'household.export', { regionCode: filter.regionCode ?? actor.regionCode });
  return inTransaction(actor, async (trx) => {
    const rows = await listPairRows(trx, filter, undefined, mostRows);
    const { view } = await pairView(trx, actor, rows);
    const exportId = newId();
    await recordAudit(trx, actor, { action: 'record-linkage.export', objectKind: 'export', objectId: exportId, regionCode: filter.regionCode ?? actor.regionCode, reason: purpose, details: { rows: rows.length } });
    const en = locale === 'en';
    const one = en ? ['Name', 'Household', 'Division'] : ['姓名', '户编号', '所在地'];
    const header = [en ? 'Probability (%)' : '可能性（%）', ...one.map((title) => `${title} 1`), ...one.map((title) => `${title} 2`), en ? 'Found on' : '发现日期'];
    const body = rows.map(view).map((pair) => [String(pair.probabilityPercent), ...pair.persons.flatMap(({ name, householdNumber, region }) => [name, householdNumber, region.fullName]), pair.foundAt.slice(0, 10)]);
    const mark = en ? [`Exported by ${actor.displayName} on ${today()}; purpose: ${purpose}; export ${exportId}`] : [`导出人 ${actor.displayName}，${today()}，用途：${purpose}，导出编号 ${exportId}`];
    return csvText([mark, header, ...body, mark]);
  });
}

export async function viewSummary(actor: Actor, query: QueryOf<typeof summaryEndpoint>): Promise<ResponseOf<typeof summaryEndpoint>> {
  const regionCode = query.regionCode ?? actor.regionCode;
  authorize(actor, 'household.read', { regionCode });
  const { from, to } = regionRange(regionCode);
  const regionOf = await regionNamer();
  const last = await inTransaction(actor, async (trx) => (await sql<{ finished_at: Date; persons: number; expected: ResponseOf<typeof summaryEndpoint>['expected'] }>`
    SELECT finished_at, persons, expected FROM linkage.search WHERE region_code = ${regionCode} AND finished_at IS NOT NULL ORDER BY started_at DESC LIMIT 1`.execute(trx)).rows[0]);
  // Only that there is something, and who opens it: counted where the actor may not look.
  const outside = await inTransaction(systemActor, async (trx) => (await sql<{ region: string; pairs: number }>`
    SELECT responsible_region_code AS region, count(*)::int AS pairs FROM linkage.pair
    WHERE state = 'open' AND NOT (responsible_region_code >= ${from} AND responsible_region_code < ${to}) AND ((region_a >= ${from} AND region_a < ${to}) OR (region_b >= ${from} AND region_b < ${to}))
    GROUP BY 1 ORDER BY 1`.execute(trx)).rows);
  return {
    searchedAt: last?.finished_at.toISOString() ?? null,
    persons: last?.persons ?? null,
    expected: last?.expected ?? [],
    elsewhere: outside.map(({ region, pairs }) => ({ region: regionOf(region), pairs })),
  };
}
