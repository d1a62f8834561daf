import { sql } from 'kysely';
import type { Trx } from '#platform/database/transaction.ts';

export interface ProjectMoney {
  /** set aside and not yet paid */
  plannedFen: number;
  paidFen: number;
}

/** What the ledger holds for projects, by their opaque ids. */
export async function readProjectMoney(trx: Trx, projectIds: readonly string[]): Promise<Map<string, ProjectMoney>> {
  if (projectIds.length === 0) return new Map();
  const { rows } = await sql<{ id: string; planned: number; paid: number }>`
    SELECT subject_id AS id, coalesce(sum(amount_fen) FILTER (WHERE account_code = 'planned'), 0)::bigint AS planned, coalesce(sum(amount_fen) FILTER (WHERE account_code = 'paid'), 0)::bigint AS paid
    FROM funds.subject_balance WHERE subject_kind = 'project' AND subject_id = ANY (${projectIds}::uuid[]) GROUP BY subject_id`.execute(trx);
  return new Map(rows.map((row) => [row.id, { plannedFen: row.planned, paidFen: row.paid }]));
}

export interface ProjectPayment {
  id: string;
  planId: string;
  indicatorId: string;
  voucherNumber: string;
  payeeKind: string;
  payee: string;
  households: number;
  amountFen: number;
  paidOn: string;
  state: 'paid' | 'reversed';
  transactionId: string;
}

/** Payments made from the plans of a project. */
export async function listProjectPayments(trx: Trx, projectId: string): Promise<ProjectPayment[]> {
  return (await listPaymentsOfProjects(trx, [projectId])).get(projectId) ?? [];
}

/** The same for many projects at once. */
export async function listPaymentsOfProjects(trx: Trx, projectIds: readonly string[]): Promise<Map<string, ProjectPayment[]>> {
  if (projectIds.length === 0) return new Map();
  const { rows } = await sql<ProjectPayment & { projectId: string }>`
    SELECT p.project_id AS "projectId", y.id, y.plan_id AS "planId", y.indicator_id AS "indicatorId", y.voucher_number AS "voucherNumber", y.payee_kind AS "payeeKind", y.payee, y.households, y.amount_fen AS "amountFen", y.paid_on AS "paidOn", y.state, y.transaction_id AS "transactionId"
    FROM funds.payment y JOIN funds.plan p ON p.county_code = y.county_code AND p.id = y.plan_id WHERE p.project_id = ANY (${projectIds}::uuid[]) ORDER BY y.paid_on, y.id`.execute(trx);
  return Map.groupBy(rows, (row) => row.projectId);
}

interface ProjectPlan {
  id: string;
  title: string;
  indicatorId: string;
  documentNumber: string;
  amountFen: number;
  leftFen: number;
  plannedOn: string;
  finishBy: string;
  kind: string;
}

/** Plans that set money aside for a project. */
export async function listProjectPlans(trx: Trx, projectId: string): Promise<ProjectPlan[]> {
  const { rows } = await sql<ProjectPlan>`
    SELECT p.id, p.title, p.indicator_id AS "indicatorId", i.document_number AS "documentNumber", p.amount_fen AS "amountFen", p.planned_on AS "plannedOn", p.finish_by AS "finishBy", p.kind,
      coalesce((SELECT sum(b.amount_fen) FROM funds.subject_balance b WHERE b.county_code = p.county_code AND b.subject_kind = 'plan' AND b.subject_id = p.id AND b.account_code = 'planned'), 0)::bigint AS "leftFen"
    FROM funds.plan p JOIN funds.indicator i ON i.county_code = p.county_code AND i.id = p.indicator_id WHERE p.project_id = ${projectId} AND p.state = 'planned' ORDER BY p.planned_on, p.id LIMIT 200`.execute(trx);
  return rows;
}

/** Payments for projects up to a day that stand, as SQL for a snapshot: payment_id, project_id, amount_fen. `day` is SQL. */
export function standingPayments(day: string): string {
  return `SELECT y.id AS payment_id, p.project_id, y.amount_fen FROM funds.payment y JOIN funds.plan p ON p.county_code = y.county_code AND p.id = y.plan_id WHERE p.project_id IS NOT NULL AND p.kind = 'project' AND y.state = 'paid' AND y.paid_on <= ${day}`;
}
