import type { IncomeStatement, IncomeYear, ResponseOf, getIncomeLedger as endpoint } from '@sunlit/api-spec';
import type { Actor } from '#platform/authorization/actor.ts';
import { authorize } from '#platform/authorization/authorize.ts';
import { today } from '#platform/clock/today.ts';
import { dictionary } from '#platform/configuration/dictionaries.ts';
import { bothLanguages } from '#platform/configuration/english-texts.ts';
import { inTransaction, type Trx } from '#platform/database/transaction.ts';
import { AppError } from '#platform/errors.ts';
import type { Locale } from '#platform/http/locale.ts';
import { resolveHousehold, type HouseholdRow } from '../household-store.ts';
import { coded } from '../household-view.ts';
import { recordPartView } from '../record-part-view.ts';
import { findDivergenceLimit, getFormula, type DatedFormula } from './income-policy.ts';
import { countMembersOf, listStatements, type Statement } from './income-store.ts';
import { incomeKinds, netIncome, periodOf } from './net-income.ts';

/** Income by year and source, each figure with its working, and where two sources are too far apart. */
export async function viewIncomeLedger(actor: Actor, id: string, query: { knownAt?: string | undefined }, locale: Locale): Promise<ResponseOf<typeof endpoint>> {
  authorize(actor, 'household.read');
  return inTransaction(actor, async (trx) => {
    const household = await resolveHousehold(trx, id, today());
    if (!household) throw new AppError('not-found');
    await recordPartView(trx, actor, household);
    const statements = await listStatements(trx, household.id, query.knownAt ? new Date(query.knownAt) : new Date());
    const years: IncomeYear[] = [];
    for (const [year, own] of Map.groupBy(statements, ({ row }) => row.year)) years.push(await yearView(trx, household, year, own, locale));
    return { years };
  });
}

async function yearView(trx: Trx, household: HouseholdRow, year: number, own: readonly Statement[], locale: Locale): Promise<IncomeYear> {
  const formula = await getFormula(trx, household.responsible_region_code, year);
  const period = periodOf(formula, year);
  const { members, on } = await countMembersOf(trx, household.id, period.to);
  const statements = own.map((statement) => statementView(statement, formula, members, on, locale));
  const limit = await findDivergenceLimit(trx, household.responsible_region_code, period.to);
  return { year, period, formula: { basis: bothLanguages(formula.basis), validFrom: formula.validFrom }, statements, divergences: limit ? divergencesOf(statements, limit) : [] };
}

function statementView({ row, totals, items }: Statement, formula: DatedFormula, members: number, membersOn: string, locale: Locale): IncomeStatement {
  const net = netIncome(formula, { totals, items }, members);
  const kindOf = (code: string) => coded('income-kind', code, locale)!;
  const itemOf = ({ item, fen }: { item: string; fen: number }) => ({ item: coded('income-item', item, locale)!, fen });
  return {
    source: coded('income-source', row.source, locale)!,
    observedOn: row.observed_on,
    recordedAt: row.recorded_at.toISOString(),
    recordedBy: row.recorded_by_name,
    totals: incomeKinds.map((kind) => ({ kind: kindOf(kind), fen: totals[kind] })),
    items: items.map(itemOf),
    statedPerCapitaFen: row.source === 'import' ? row.per_capita_fen : null,
    working: { terms: net.terms.map(({ kind, sign, fen }) => ({ kind: kindOf(kind), sign, fen })), excluded: net.excluded.map(itemOf), netFen: net.netFen, members, membersOn, perCapitaFen: net.perCapitaFen },
  };
}

/** What a source says the net income per head is: in its own words where it has any. */
const perCapitaOf = (statement: IncomeStatement): number | null => statement.statedPerCapitaFen ?? statement.working.perCapitaFen;

function divergencesOf(statements: readonly IncomeStatement[], limit: { percent: number; amountFen: number }): IncomeYear['divergences'] {
  const perCapita = { zh: '人均纯收入', en: 'Net income per head' };
  const figures = [
    { of: perCapita, fenOf: perCapitaOf },
    ...dictionary('income-kind').map(({ code, zh, en }) => ({ of: { zh, en }, fenOf: ({ totals }: IncomeStatement) => totals.find(({ kind }) => kind.code === code)?.fen ?? null })),
  ];
  // Against the source that speaks first: what the others say among themselves decides nothing.
  const [leading, ...others] = statements;
  return others.flatMap((other) =>
    figures.flatMap(({ of, fenOf }) => {
      const [first, second] = [fenOf(leading!), fenOf(other)];
      if (first === null || second === null) return [];
      const differenceFen = Math.abs(first - second);
      const far = differenceFen > limit.amountFen && differenceFen * 100 > Math.max(Math.abs(first), Math.abs(second)) * limit.percent;
      return far ? [{ of, sources: [leading!.source, other.source] as [typeof other.source, typeof other.source], fen: [first, second] as [number, number], differenceFen }] : [];
    }),
  );
}
