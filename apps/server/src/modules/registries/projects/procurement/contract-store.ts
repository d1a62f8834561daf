import { sql } from 'kysely';
import type { Trx } from '#platform/database/transaction.ts';
import { AppError } from '#platform/errors.ts';
import { listProjectPayments, type ProjectPayment } from '#modules/registries/funds/index.ts';

export interface ContractRow {
  county_code: string;
  id: string;
  project_id: string;
  region_code: string;
  tender_id: string | null;
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

/** Payments that stand, with the milestone each paid. */
export async function listContractPayments(trx: Trx, contract: Pick<ContractRow, 'id' | 'project_id'>): Promise<(ProjectPayment & { milestone: number; invoiceIds: string[] })[]> {
  const links = await trx.selectFrom('projects.contract_payment').select(['payment_id', 'milestone_ordinal', 'invoice_ids']).where('contract_id', '=', contract.id).execute();
  if (links.length === 0) return [];
  const byId = new Map(links.map((link) => [link.payment_id, link]));
  return (await listProjectPayments(trx, contract.project_id)).flatMap((payment) => {
    const link = byId.get(payment.id);
    return link ? [{ ...payment, milestone: link.milestone_ordinal, invoiceIds: link.invoice_ids }] : [];
  });
}
