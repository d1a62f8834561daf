import { sql } from 'kysely';
import type { Actor } from '#platform/authorization/actor.ts';
import type { Trx } from '#platform/database/transaction.ts';
import { nameFor } from '../household-view.ts';

/** Names of the people that fields are about, as this reader may see them. */
export async function personNamer(trx: Trx, actor: Actor, of: readonly { personId: string | null }[]): Promise<(personId: string) => string | null> {
  const ids = [...new Set(of.flatMap(({ personId }) => personId ?? []))];
  const { rows } = await sql<{ id: string; name: string }>`SELECT id, name FROM households.person WHERE id = ANY (${ids}::uuid[])`.execute(trx);
  const names = new Map(rows.map((row) => [row.id, nameFor(actor, row.name)]));
  return (personId) => names.get(personId) ?? null;
}
