import { ancestorsOf } from '@sunlit/kernel';
import { sql } from 'kysely';
import type { Trx } from '#platform/database/transaction.ts';
import { AppError } from '#platform/errors.ts';

interface PayoutPlan {
  id: string;
  regionCode: string;
  indicatorId: string;
  title: string;
  kind: string;
  state: string;
  /** how many households it was made for */
  households: number;
  /** what is set aside and not yet paid */
  plannedFen: number;
}

const columns = sql`p.id, p.region_code AS "regionCode", p.indicator_id AS "indicatorId", p.title, p.kind, p.state, p.households,
  coalesce((SELECT sum(b.amount_fen) FROM funds.subject_balance b WHERE b.subject_kind = 'plan' AND b.subject_id = p.id AND b.account_code = 'planned'), 0)::bigint AS "plannedFen"`;
const mostOffered = 200;

/** Plans of direct benefits that could pay households of a division, newest first: of the division itself or above it, within the actor's region. */
export async function listPayoutPlans(trx: Trx, regionCode: string): Promise<PayoutPlan[]> {
  const { rows } = await sql<PayoutPlan>`
    SELECT ${columns} FROM funds.plan p WHERE p.kind = 'direct-benefit' AND p.state = 'planned' AND p.region_code = ANY (${[regionCode, ...ancestorsOf(regionCode)]}) ORDER BY p.planned_on DESC, p.id DESC LIMIT ${mostOffered}`.execute(trx);
  return rows;
}

/** The envelope of pay-outs to households. Locked, nobody else commits the same money meanwhile. */
export async function getPayoutPlan(trx: Trx, id: string, options: { lock?: boolean } = {}): Promise<PayoutPlan> {
  const plan = await findPayoutPlan(trx, id, options);
  if (!plan) throw new AppError('not-found');
  return plan;
}

/** Undefined also where the plan lies above the actor's region. */
export async function findPayoutPlan(trx: Trx, id: string, options: { lock?: boolean } = {}): Promise<PayoutPlan | undefined> {
  const { rows } = await sql<PayoutPlan>`
    SELECT ${columns} FROM funds.plan p WHERE p.id = ${id} ${options.lock ? sql`FOR UPDATE OF p` : sql``}`.execute(trx);
  return rows[0];
}
