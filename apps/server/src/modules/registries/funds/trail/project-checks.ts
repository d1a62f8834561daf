import type { Trx } from '#platform/database/transaction.ts';

/**
 * What the registry of projects asks before money is set aside for a project or paid for it. The ledger knows projects as
 * opaque ids; who knows more registers here.
 */
export interface ProjectChecks {
  beforePlan: (trx: Trx, plan: { projectId: string; placeCode: string; plannedOn: string; amountFen: number }) => Promise<void>;
  beforePayment: (trx: Trx, payment: { projectId: string; payeeKind: string; payee: string; amountFen: number; paidOn: string }) => Promise<void>;
}

let checks: ProjectChecks | undefined;

export function registerProjectChecks(registered: ProjectChecks): void {
  checks = registered;
}

export function projectChecks(): ProjectChecks | undefined {
  return checks;
}
