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

/** The envelope of pay-outs to households. Locked, nobody else commits the same money meanwhile. */
export async function getPayoutPlan(trx: Trx, id: string, options: { lock?: boolean } = {}): Promise<PayoutPlan> {
  const { rows } = await sql<PayoutPlan>`
    SELECT p.id, p.region_code AS "regionCode", p.indicator_id AS "indicatorId", p.title, p.kind, p.state, p.households,
      coalesce((SELECT sum(b.amount_fen) FROM funds.subject_balance b WHERE b.subject_kind = 'plan' AND b.subject_id = p.id AND b.account_code = 'planned'), 0)::bigint AS "plannedFen"
    FROM funds.plan p WHERE p.id = ${id} ${options.lock ? sql`FOR UPDATE OF p` : sql``}`.execute(trx);
  const row = rows[0];
  if (!row) throw new AppError('not-found');
  return row;
}
