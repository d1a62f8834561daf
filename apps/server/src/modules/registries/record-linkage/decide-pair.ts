import type { BodyOf, decideLinkagePair as endpoint } from '@sunlit/api-spec';
import { newId } from '@sunlit/kernel';
import { sql } from 'kysely';
import { recordAudit } from '#platform/audit/record-audit.ts';
import type { Actor } from '#platform/authorization/actor.ts';
import { authorize } from '#platform/authorization/authorize.ts';
import { runCommand } from '#platform/commands/run-command.ts';
import type { Trx } from '#platform/database/transaction.ts';
import { AppError } from '#platform/errors.ts';
import { withoutPersonalData } from '#platform/logging/log.ts';
import { listPersonCards } from '#modules/registries/households/index.ts';
import { findKeptPerson, findPair, type PairRow } from './pair-store.ts';

const mergedBefore = '其中一条记录已经合并过，请先撤销原来的合并。';

/**
 * A person decides. Same: the other id becomes an alias of the kept one; both records stay whole, with their households,
 * findings, enrolments and payments, so that taking the merge back loses nothing.
 */
export async function decidePair(actor: Actor, id: string, command: BodyOf<typeof endpoint>): Promise<{ ok: true }> {
  return runCommand(actor, 'record-linkage.decide', { ...command, id } as typeof command, async (trx) => {
    const pair = await findPair(trx, id, { lock: true });
    if (!pair) throw new AppError('not-found');
    authorize(actor, 'household.change', { regionCode: pair.responsible_region_code });
    const cards = await listPersonCards(trx, [pair.person_a, pair.person_b]);
    // Nobody decides who the members of their own household are.
    if (cards.some(({ household_id }) => actor.ownHouseholds.includes(household_id))) throw new AppError('conflict-of-interest');
    const decided = pair.state === 'same' || pair.state === 'different';
    if ((command.decision === 'reopened') === (pair.state === 'open') || (decided && command.decision !== 'reopened')) throw new AppError('wrong-state');
    if (command.decision === 'same') await merge(trx, pair, command.keptPersonId!);
    if (pair.state === 'same') await sql`UPDATE linkage.alias SET ended_at = now() WHERE pair_id = ${id} AND ended_at IS NULL`.execute(trx);
    await sql`UPDATE linkage.pair SET state = ${command.decision === 'reopened' ? 'open' : command.decision} WHERE id = ${id}`.execute(trx);
    await sql`INSERT INTO linkage.decision (id, pair_id, decision, kept_person, reason, decided_by, decided_by_name)
      VALUES (${newId()}, ${id}, ${command.decision}, ${command.keptPersonId ?? null}, ${withoutPersonalData(command.reason)}, ${actor.accountId}, ${actor.displayName})`.execute(trx);
    for (const card of cards) await recordAudit(trx, actor, { action: `record-linkage.${command.decision}`, objectKind: 'linkage-pair', objectId: id, householdId: card.household_id, regionCode: pair.responsible_region_code, reason: command.reason });
    return { ok: true as const };
  });
}

async function merge(trx: Trx, pair: PairRow, keptPerson: string): Promise<void> {
  const merged = keptPerson === pair.person_a ? pair.person_b : keptPerson === pair.person_b ? pair.person_a : undefined;
  if (merged === undefined) throw new AppError('request-invalid', undefined, { fields: [{ path: 'keptPersonId', message: '只能保留这两条记录中的一条。' }] });
  // One id stands for one person: no second alias, and no circle.
  if ((await findKeptPerson(trx, merged)) !== undefined || (await findKeptPerson(trx, keptPerson)) === merged) throw new AppError('wrong-state', mergedBefore);
  // A merge that only a division above can see counts too.
  const { numAffectedRows } = await sql`INSERT INTO linkage.alias (person_id, kept_person, pair_id, responsible_region_code) VALUES (${merged}, ${keptPerson}, ${pair.id}, ${pair.responsible_region_code})
    ON CONFLICT (person_id) WHERE ended_at IS NULL DO NOTHING`.execute(trx);
  if (numAffectedRows !== 1n) throw new AppError('wrong-state', mergedBefore);
}
