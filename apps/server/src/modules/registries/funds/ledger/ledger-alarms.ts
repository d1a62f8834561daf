import type { BodyOf, ResponseOf, listLedgerAlarms as listEndpoint, settleLedgerAlarm as settleEndpoint } from '@sunlit/api-spec';
import { newId } from '@sunlit/kernel';
import { sql } from 'kysely';
import { recordAudit } from '#platform/audit/record-audit.ts';
import { systemActor, type Actor } from '#platform/authorization/actor.ts';
import { authorize } from '#platform/authorization/authorize.ts';
import { runCommand } from '#platform/commands/run-command.ts';
import { inTransaction } from '#platform/database/transaction.ts';
import { AppError } from '#platform/errors.ts';
import { withoutPersonalData } from '#platform/logging/log.ts';
import { regionNamer } from '#modules/organisation/index.ts';

const mostAlarms = 100;

/** One open alarm per county: opened by the first difference, marked as gone when the balances agree again, never closed by itself. */
export async function keepLedgerAlarms(differences: readonly { countyCode: string }[]): Promise<void> {
  const counts = Map.groupBy(differences, (one) => one.countyCode);
  await inTransaction(systemActor, async (trx) => {
    for (const [county, found] of counts) {
      await sql`INSERT INTO funds.ledger_alarm (county_code, id, differences) VALUES (${county}, ${newId()}, ${found.length})
        ON CONFLICT (county_code) WHERE settled_at IS NULL DO UPDATE SET differences = excluded.differences, seen_at = now(), gone_at = NULL`.execute(trx);
    }
    await sql`UPDATE funds.ledger_alarm SET gone_at = now() WHERE settled_at IS NULL AND gone_at IS NULL AND NOT county_code = ANY (${[...counts.keys()]}::text[])`.execute(trx);
  });
}

export async function listLedgerAlarms(actor: Actor): Promise<ResponseOf<typeof listEndpoint>> {
  authorize(actor, 'ledger.watch');
  const name = await regionNamer();
  return inTransaction(actor, async (trx) => {
    const rows = await trx.selectFrom('funds.ledger_alarm').selectAll().orderBy(sql`settled_at IS NOT NULL`).orderBy('opened_at', 'desc').limit(mostAlarms).execute();
    return {
      open: rows.filter((row) => row.settled_at === null).length,
      items: rows.map((row) => ({ id: row.id, county: name(row.county_code), differences: row.differences, openedAt: row.opened_at.toISOString(), goneAt: row.gone_at?.toISOString() ?? null, settledAt: row.settled_at?.toISOString() ?? null, settledBy: row.settled_by_name, cause: row.cause })),
    };
  });
}

/** Says why balances did not agree, once they agree again. */
export async function settleLedgerAlarm(actor: Actor, id: string, body: BodyOf<typeof settleEndpoint>): Promise<{ ok: true }> {
  const command = { ...body, id };
  return runCommand(actor, 'ledger.settle-alarm', command, async (trx) => {
    const row = await trx.selectFrom('funds.ledger_alarm').selectAll().where('id', '=', id).forUpdate().executeTakeFirst();
    if (!row) throw new AppError('not-found');
    authorize(actor, 'ledger.watch', { regionCode: row.county_code });
    if (row.settled_at !== null) throw new AppError('wrong-state', '这项账实不符已经处理完。');
    if (row.gone_at === null) throw new AppError('wrong-state', '余额与凭证还不一致：请先查明原因并重建余额，系统核对一致以后再说明原因。');
    await trx.updateTable('funds.ledger_alarm').set({ settled_at: new Date(), settled_by: actor.accountId, settled_by_name: actor.displayName, cause: withoutPersonalData(body.cause) }).where('id', '=', id).execute();
    await recordAudit(trx, actor, { action: 'ledger.settle-alarm', objectKind: 'ledger-alarm', objectId: id, regionCode: row.county_code, reason: body.cause, details: { differences: row.differences } });
    return { ok: true as const };
  });
}
