import type { incomeChange } from '@sunlit/api-spec';
import { newId } from '@sunlit/kernel';
import { sql } from 'kysely';
import type { z } from 'zod';
import { today } from '#platform/clock/today.ts';
import { getFormula, getSourceOrder } from '../../income/income-policy.ts';
import { countMembersOf, listStatements, type Statement } from '../../income/income-store.ts';
import { netIncome, periodOf, totalsOf } from '../../income/net-income.ts';
import { refused, type ChangeContext, type ChangeKind, type FieldChange } from '../change-kind.ts';
import { requireCode } from '../require-code.ts';
import { refreshHousehold } from '../write-membership.ts';

type Change = z.output<typeof incomeChange>;

const said = (change: Change) => change.items.map(({ item, amountFen }) => ({ item, fen: amountFen }));

async function findStatement({ trx, household }: ChangeContext, change: Change): Promise<Statement | undefined> {
  return (await listStatements(trx, household.id, new Date())).find(({ row }) => row.year === change.year && row.source === change.source);
}

async function compute({ trx, household }: ChangeContext, change: Change): Promise<number | null> {
  const formula = await getFormula(trx, household.responsible_region_code, change.year);
  const { to } = periodOf(formula, change.year);
  const { members } = await countMembersOf(trx, household.id, to);
  return netIncome(formula, { totals: totalsOf(said(change)), items: said(change) }, members).perCapitaFen;
}

/** What a source says of a year, as a whole: items it no longer names are gone from its statement, other sources are untouched. */
export const income: ChangeKind<Change> = {
  examine: async (context, change) => {
    for (const [index, { item }] of change.items.entries()) requireCode('income-item', `items.${index}.item`, item);
    if (new Set(change.items.map(({ item }) => item)).size !== change.items.length) throw refused('items', '同一项目只填一次。');
    if (change.year > Number(today().slice(0, 4))) throw refused('year', '不能晚于今年。');
    const before = await findStatement(context, change);
    const known = new Map(before?.items.map(({ item, fen }) => [item, fen]));
    const of = `income:${change.year}:${change.source}`;
    const field = (name: string, was: number | null, will: number | null): FieldChange => ({ key: `${of}/${name}`, personId: null, field: `income:${name}`, before: was, after: will });
    return [
      { key: `${of}/year`, personId: null, field: 'incomeOf', before: null, after: `${change.year} ${change.source}` },
      ...change.items.map(({ item, amountFen }) => field(item, known.get(item) ?? null, amountFen)),
      ...[...known].flatMap(([item, fen]) => (change.items.some((one) => one.item === item) ? [] : [field(item, fen, null)])),
      field('per-capita', before?.row.per_capita_fen ?? null, await compute(context, change)),
    ];
  },
  write: async (context, change) => {
    const { trx, actor, household, effectiveOn, requestId } = context;
    const before = await findStatement(context, change);
    if (before) await sql`UPDATE households.income SET superseded_at = now(), superseded_by_change = ${requestId} WHERE id = ${before.row.id}`.execute(trx);
    const order = await getSourceOrder(trx, household.responsible_region_code, today());
    const place = order.indexOf(change.source);
    const totals = totalsOf(said(change));
    const id = newId();
    await sql`INSERT INTO households.income (county_code, id, household_id, responsible_region_code, year, source, wage_fen, business_fen, property_fen, transfer_fen, cost_fen, medical_fen, insurance_fen, per_capita_fen, rank, observed_on, recorded_by, recorded_by_name, change_id)
      VALUES (${household.county_code}, ${id}, ${household.id}, ${household.responsible_region_code}, ${change.year}, ${change.source}, ${totals.wage}, ${totals.business}, ${totals.property}, ${totals.transfer}, ${totals.cost}, ${totals.medical}, ${totals.insurance},
        ${await compute(context, change)}, ${place < 0 ? order.length + 1 : place + 1}, ${effectiveOn}, ${actor.accountId}, ${actor.displayName}, ${requestId})`.execute(trx);
    for (const { item, amountFen } of change.items) await sql`INSERT INTO households.income_item (county_code, id, income_id, responsible_region_code, item_code, amount_fen) VALUES (${household.county_code}, ${newId()}, ${id}, ${household.responsible_region_code}, ${item}, ${amountFen})`.execute(trx);
    await sql`UPDATE households.household h SET (income_year, income_per_capita_fen) = (SELECT year, per_capita_fen FROM households.income i WHERE i.household_id = h.id AND i.county_code = h.county_code AND i.superseded_at IS NULL ORDER BY year DESC, rank LIMIT 1) WHERE id = ${household.id}`.execute(trx);
    await refreshHousehold(context, household.id);
    return [{ change: 'household' }];
  },
};
