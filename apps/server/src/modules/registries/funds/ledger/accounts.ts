/**
 * Accounts of every indicator. Where money comes from is credit (negative): `source` from outside the platform, `received`
 * from the book above, `brought-forward` from last year. Where it is or went is debit: `in-transit`, `available`,
 * `planned`, `paid`, `passed-on`, `carried-forward`. The database refuses the other sign.
 */
export const ledgerAccounts = ['source', 'received', 'brought-forward', 'in-transit', 'available', 'planned', 'paid', 'passed-on', 'carried-forward'] as const;

export type LedgerAccount = (typeof ledgerAccounts)[number];

export const postingKinds = ['source', 'allocation', 'arrival', 'recall', 'plan', 'payment', 'carry-over', 'reversal'] as const;

export type PostingKind = (typeof postingKinds)[number];

/** The tranche a line belongs to; it never changes book, fund or year. */
export interface Tranche {
  bookCode: string;
  indicatorId: string;
  fundCode: string;
  fiscalYear: number;
}

export interface LedgerLine extends Tranche {
  account: LedgerAccount;
  /** fen; a debit is positive, a credit negative */
  amountFen: number;
  planId?: string | null;
  projectId?: string | null;
  householdId?: string | null;
}

/** Moves an amount within one tranche: two lines that cancel out. */
export function move(tranche: Tranche, amountFen: number, from: LedgerAccount, to: LedgerAccount, subject: Pick<LedgerLine, 'planId' | 'projectId' | 'householdId'> = {}): LedgerLine[] {
  const { bookCode, indicatorId, fundCode, fiscalYear } = tranche;
  const base = { bookCode, indicatorId, fundCode, fiscalYear, ...subject };
  return [
    { ...base, account: to, amountFen },
    { ...base, account: from, amountFen: -amountFen },
  ];
}
