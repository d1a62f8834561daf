import type { DatasetKind } from '@sunlit/api-spec';
import type { Actor } from '#platform/authorization/actor.ts';

/**
 * Pseudonyms of the people of the actor's region that a kind may be matched with: everybody in the registry, or, where
 * the kind needs an authorisation, those whose authorisation is valid.
 */
export type PersonKeySource = (actor: Actor, kind: DatasetKind) => Promise<readonly string[]>;

let source: PersonKeySource | undefined;

export function registerPersonKeySource(registered: PersonKeySource): void {
  source = registered;
}

export async function listKnownPersonKeys(actor: Actor, kind: DatasetKind): Promise<readonly string[]> {
  if (!source) throw new Error('No source of person keys is registered.');
  return source(actor, kind);
}
