import type { PayoutLine, RegionSummary } from '@sunlit/api-spec';
import type { Actor } from '#platform/authorization/actor.ts';
import { nameFor } from '#modules/registries/households/index.ts';
import { maskedAccount } from '../payee-words.ts';
import type { LineRow } from './batch-store.ts';

export function lineView(actor: Actor, row: LineRow, name: (code: string) => RegionSummary): PayoutLine {
  return {
    id: row.id,
    batchId: row.batch_id,
    ordinal: row.ordinal,
    householdId: row.household_id,
    region: name(row.region_code),
    payee: nameFor(actor, row.payee_name),
    accountMasked: maskedAccount(row.account_enc) ?? '',
    standardFen: row.standard_fen,
    units: row.units,
    months: row.months,
    amountFen: row.amount_fen,
    state: row.state,
    bankCode: row.bank_code,
    bankText: row.bank_text,
    paidOn: row.paid_on,
    heldUntil: row.held_until,
    reissuesId: row.reissues_id,
  };
}
