import type { Actor } from '#platform/authorization/actor.ts';
import type { Trx } from '#platform/database/transaction.ts';
import { AppError } from '#platform/errors.ts';
import { listHouseholdsSharingMembers } from '#modules/registries/households/index.ts';

/**
 * Nobody handles their own household, nor one that somebody of their own household belongs or belonged to: a parent, a child
 * who married, a brother who split off. What the registry does not know, the person states with their name.
 */
export async function requireDisinterest(trx: Trx, actor: Actor, householdId: string | null): Promise<void> {
  if (householdId === null || !(await isConcerned(trx, actor, householdId))) return;
  throw new AppError('conflict-of-interest', '这是您本人或亲属的户，须由他人办理。');
}

export async function isConcerned(trx: Trx, actor: Actor, householdId: string): Promise<boolean> {
  if (actor.ownHouseholds.length === 0) return false;
  if (actor.ownHouseholds.includes(householdId)) return true;
  return (await listHouseholdsSharingMembers(trx, actor.ownHouseholds)).includes(householdId);
}
