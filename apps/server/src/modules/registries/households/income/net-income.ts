export const incomeKinds = ['wage', 'business', 'property', 'transfer', 'cost', 'medical', 'insurance'] as const;
export type IncomeKind = (typeof incomeKinds)[number];

export interface IncomeFormula {
  counted: readonly IncomeKind[];
  subtracted: readonly IncomeKind[];
  /** items that do not count, such as one-off relief */
  excluded: readonly string[];
  /** month in which the accounting year begins; later than January it begins the year before */
  periodStartMonth: number;
}

export interface IncomeAmounts {
  totals: Readonly<Record<IncomeKind, number>>;
  items: readonly { item: string; fen: number }[];
}

export interface NetIncome {
  terms: { kind: IncomeKind; sign: '+' | '-'; fen: number }[];
  excluded: { item: string; fen: number }[];
  netFen: number;
  perCapitaFen: number | null;
}

export const kindOfItem = (item: string): IncomeKind => item.split('-')[0] as IncomeKind;

export function totalsOf(items: readonly { item: string; fen: number }[]): Record<IncomeKind, number> {
  const totals = Object.fromEntries(incomeKinds.map((kind) => [kind, 0])) as Record<IncomeKind, number>;
  for (const { item, fen } of items) totals[kindOfItem(item)] += fen;
  return totals;
}

/** Net income per head by a formula, with its working: the same amounts, formula and members always give the same figure. */
export function netIncome(formula: IncomeFormula, { totals, items }: IncomeAmounts, members: number): NetIncome {
  const excluded = items.filter(({ item }) => formula.excluded.includes(item));
  const left = (kind: IncomeKind): number => excluded.reduce((sum, { item, fen }) => (kindOfItem(item) === kind ? sum + fen : sum), 0);
  const terms = [
    ...formula.counted.map((kind) => ({ kind, sign: '+' as const, fen: totals[kind] - left(kind) })),
    ...formula.subtracted.map((kind) => ({ kind, sign: '-' as const, fen: totals[kind] - left(kind) })),
  ];
  const netFen = terms.reduce((sum, { sign, fen }) => (sign === '+' ? sum + fen : sum - fen), 0);
  return { terms, excluded: [...excluded], netFen, perCapitaFen: members > 0 ? Math.round(netFen / members) : null };
}

/** First and last day of an accounting year. */
export function periodOf({ periodStartMonth: month }: Pick<IncomeFormula, 'periodStartMonth'>, year: number): { from: string; to: string } {
  const from = `${month === 1 ? year : year - 1}-${String(month).padStart(2, '0')}-01`;
  const next = new Date(Date.UTC(Number(from.slice(0, 4)) + 1, month - 1, 1) - 86_400_000);
  return { from, to: next.toISOString().slice(0, 10) };
}
