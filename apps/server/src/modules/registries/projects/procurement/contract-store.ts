import { sql } from 'kysely';
import type { Trx } from '#platform/database/transaction.ts';
import { AppError } from '#platform/errors.ts';
import { listPaymentsOfProjects, type ProjectPayment } from '#modules/registries/funds/index.ts';

export interface ContractRow {
  county_code: string;
  id: string;
  project_id: string;
  region_code: string;
  tender_id: string | null;
  /** why it was given without a tender */
  direct_reason: string | null;
  vendor_id: string;
  number: string;
  title: string;
  signed_fen: number;
  value_fen: number;
  signed_on: string;
  start_on: string;
  finish_by: string;
  retention_percent: number;
  retention_until: string;
  state: 'active' | 'completed' | 'terminated';
  ended_on: string | null;
  ended_reason: string | null;
  recorded_by: string;
}

export async function getContractRow(trx: Trx, id: string, options: { lock?: boolean } = {}): Promise<ContractRow> {
  const { rows } = await sql<ContractRow>`SELECT * FROM projects.contract WHERE id = ${id} ${options.lock ? sql`FOR UPDATE` : sql``}`.execute(trx);
  if (!rows[0]) throw new AppError('not-found');
  return rows[0];
}

/** What may be paid in all by a day: retention money only after its term. */
export function payableBy(contract: Pick<ContractRow, 'value_fen' | 'retention_percent' | 'retention_until'>, day: string): number {
  const retained = day < contract.retention_until ? Math.ceil((contract.value_fen * contract.retention_percent) / 100) : 0;
  return contract.value_fen - retained;
}

export type ContractPayment = ProjectPayment & { milestone: number; invoiceIds: string[] };

/** Payments made by a contract, also those taken back, with the milestone each paid. */
export async function listContractPayments(trx: Trx, contract: Pick<ContractRow, 'id' | 'project_id'>): Promise<ContractPayment[]> {
  return (await listPaymentsOfContracts(trx, [contract])).get(contract.id) ?? [];
}

/** The same for a page of contracts at once. */
export async function listPaymentsOfContracts(trx: Trx, contracts: readonly Pick<ContractRow, 'id' | 'project_id'>[]): Promise<Map<string, ContractPayment[]>> {
  if (contracts.length === 0) return new Map();
  const links = await trx
    .selectFrom('projects.contract_payment')
    .select(['contract_id', 'payment_id', 'milestone_ordinal', 'invoice_ids'])
    .where('contract_id', 'in', contracts.map(({ id }) => id))
    .execute();
  const byPayment = new Map(links.map((link) => [link.payment_id, link]));
  const payments = [...(await listPaymentsOfProjects(trx, [...new Set(contracts.map((one) => one.project_id))])).values()].flat();
  const found = payments.flatMap((payment) => {
    const link = byPayment.get(payment.id);
    return link ? [{ ...payment, contractId: link.contract_id, milestone: link.milestone_ordinal, invoiceIds: link.invoice_ids }] : [];
  });
  return Map.groupBy(found, (one) => one.contractId);
}

/** What of them stands. */
export function paidOf(payments: readonly ProjectPayment[] | undefined): number {
  return (payments ?? []).reduce((sum, one) => sum + (one.state === 'paid' ? one.amountFen : 0), 0);
}
