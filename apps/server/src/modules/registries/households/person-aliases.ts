import type { Trx } from '#platform/database/transaction.ts';
import { findPerson, type PersonRow } from './household-store.ts';

/** Which records stand for one person since people merged them. Record linkage knows; it stands above and registers here. */
export interface PersonAliases {
  /** the record that stands for a merged one today */
  findKept: (trx: Trx, personId: string) => Promise<string | undefined>;
  /** every merged record within the actor's region, with the one that stands for it today */
  listAll: (trx: Trx) => Promise<{ personId: string; keptId: string }[]>;
}

let aliases: PersonAliases | undefined;

export function registerPersonAliases(source: PersonAliases): void {
  aliases = source;
}

/**
 * The record asked for, behind the one that stands for it today; the same one when it was not merged, or when the other lies
 * outside of what the actor may see.
 */
export async function listStandingRecords(trx: Trx, personId: string): Promise<PersonRow[]> {
  const kept = await aliases?.findKept(trx, personId);
  const found = [kept === undefined ? undefined : await findPerson(trx, kept), await findPerson(trx, personId)];
  return found.filter((one) => one !== undefined);
}

/** Records that are one person with any of these: themselves, what stands for them, and what was merged into that. */
export async function withMergedRecords(trx: Trx, personIds: readonly string[]): Promise<string[]> {
  const all = (await aliases?.listAll(trx)) ?? [];
  if (all.length === 0) return [...personIds];
  const keptOf = new Map(all.map(({ personId, keptId }) => [personId, keptId]));
  const standing = new Set(personIds.map((id) => keptOf.get(id) ?? id));
  return [...new Set([...personIds, ...standing, ...all.flatMap(({ personId, keptId }) => (standing.has(keptId) ? [personId] : []))])];
}
