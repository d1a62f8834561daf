import type { BodyOf, ResponseOf, createPayoutBatch as endpoint } from '@sunlit/api-spec';
import { countyCodeOf, newId } from '@sunlit/kernel';
import { sql } from 'kysely';
import { recordAudit } from '#platform/audit/record-audit.ts';
import type { Actor } from '#platform/authorization/actor.ts';
import { authorize } from '#platform/authorization/authorize.ts';
import { today } from '#platform/clock/today.ts';
import { runCommand } from '#platform/commands/run-command.ts';
import type { Trx } from '#platform/database/transaction.ts';
import { AppError } from '#platform/errors.ts';
import { makeEntitlementList, monthsOf, type Entitlement } from '../entitlements/entitlement-list.ts';
import type { KeptStandard } from '../entitlements/payout-standard.ts';
import { sumOf } from '../entitlements/list-entitlements.ts';
import { insertLines, type BatchRow, type NewLine } from './batch-store.ts';
import { requireEnvelope } from './envelope.ts';

const refused = (path: string, message: string) => new AppError('request-invalid', undefined, { fields: [{ path, message }] });

/** Everybody who can be paid for the months, against one plan: as a whole or not at all. */
export async function createBatch(actor: Actor, command: BodyOf<typeof endpoint>): Promise<ResponseOf<typeof endpoint>> {
  return runCommand(actor, 'payout.prepare', command, async (trx) => {
    authorize(actor, 'payout.prepare', { regionCode: command.regionCode });
    if (command.asOf > today()) throw refused('asOf', `不能晚于今天（${today()}）。`);
    if (command.payDay < today()) throw refused('payDay', `不能早于今天（${today()}）。`);
    const { standard, entitlements } = await makeEntitlementList(trx, command);
    const payable = entitlements.filter((one) => one.obstacle === null);
    if (payable.length === 0) throw new AppError('wrong-state', '没有可以发放的人，没有生成批次。');
    const batch = await insertBatch(trx, actor, { ...command, kind: 'monthly', standard, sums: sumOf(payable) });
    await insertLines(trx, payable.map((one, index) => lineOf(batch.id, index + 1, one, standard, command.months)));
    await claim(trx, batch.id, payable, monthsOf(command));
    await recordAudit(trx, actor, { action: 'payout.prepare', objectKind: 'payout-batch', objectId: batch.id, regionCode: command.regionCode, details: { plan: command.planId, programme: command.programmeCode, month: command.month, lines: payable.length, amountFen: batch.totalFen } });
    return { id: batch.id, number: batch.number, lines: payable.length, totalFen: batch.totalFen };
  });
}

export interface NewBatch extends Pick<BodyOf<typeof endpoint>, 'planId' | 'programmeCode' | 'month' | 'months' | 'regionCode' | 'asOf' | 'payDay'> {
  kind: BatchRow['kind'];
  standard: KeptStandard;
  sums: { lines: number; households: number; totalFen: number };
}

/** Writes the head of a batch that fits its envelope. */
export async function insertBatch(trx: Trx, actor: Actor, batch: NewBatch): Promise<{ id: string; number: string; totalFen: number }> {
  const { lines, households, totalFen } = batch.sums;
  await requireEnvelope(trx, batch.planId, { regionCode: batch.regionCode, households, totalFen });
  const id = newId();
  const number = `FF${batch.month.replace('-', '')}-${id.slice(-6).toUpperCase()}`;
  await sql`
    INSERT INTO payouts.batch (county_code, id, number, region_code, plan_id, kind, programme_code, month, months, as_of, pay_day, standard, line_count, household_count, total_fen, made_by, made_by_name)
    VALUES (${countyCodeOf(batch.regionCode)}, ${id}, ${number}, ${batch.regionCode}, ${batch.planId}, ${batch.kind}, ${batch.programmeCode}, ${batch.month}, ${batch.months}, ${batch.asOf}, ${batch.payDay}, ${JSON.stringify(batch.standard)}::jsonb,
      ${lines}, ${households}, ${totalFen}, ${actor.accountId}, ${actor.displayName})`.execute(trx);
  return { id, number, totalFen };
}

/** An entitlement without an obstacle has a payee and an account. */
export function lineOf(batchId: string, ordinal: number, one: Entitlement, standard: KeptStandard, months: number, reissuesId: string | null = null): NewLine {
  const { enrolment } = one;
  return {
    county_code: countyCodeOf(enrolment.region_code),
    id: newId(),
    batch_id: batchId,
    ordinal,
    region_code: enrolment.region_code,
    enrolment_id: enrolment.enrolment_id,
    household_id: enrolment.household_id,
    person_id: enrolment.person_id!,
    payee_key: enrolment.person_key!,
    payee_name: enrolment.name!,
    bank_name: enrolment.bank_name,
    account_enc: enrolment.account_enc!,
    account_key: enrolment.account_key,
    units: one.units,
    months,
    standard_fen: standard.amountFen,
    amount_fen: one.amountFen,
    reissues_id: reissuesId,
  };
}

/** Two lists made at once for the same month: the second is refused, not halved. */
async function claim(trx: Trx, batchId: string, payable: readonly Entitlement[], months: readonly string[]): Promise<void> {
  const { rows } = await sql<{ enrolment_id: string }>`
    INSERT INTO payouts.claim (county_code, enrolment_id, month, region_code, batch_id)
    SELECT county, enrolment, month, region, ${batchId}::uuid
    FROM unnest(${payable.map((one) => countyCodeOf(one.enrolment.region_code))}::text[], ${payable.map((one) => one.enrolment.enrolment_id)}::uuid[], ${payable.map((one) => one.enrolment.region_code)}::text[]) AS t (county, enrolment, region)
    CROSS JOIN unnest(${[...months]}::text[]) AS m (month)
    ON CONFLICT DO NOTHING RETURNING enrolment_id`.execute(trx);
  if (rows.length !== payable.length * months.length) throw new AppError('version-conflict', '有人同时为同一月份编制了批次，请重新查看清单后再生成。');
}
