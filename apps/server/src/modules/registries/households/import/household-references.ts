/**
 * Which of these households others point at (findings …): taking an import back must not leave them pointing at nothing.
 * Registries import nobody who uses them; the users register here.
 */
export type HouseholdReferences = (householdIds: readonly string[]) => Promise<readonly string[]>;

const sources: HouseholdReferences[] = [];

export function registerHouseholdReferences(source: HouseholdReferences): void {
  sources.push(source);
}

export async function listReferredHouseholds(householdIds: readonly string[]): Promise<string[]> {
  if (householdIds.length === 0) return [];
  const found = await Promise.all(sources.map((source) => source(householdIds)));
  return [...new Set(found.flat())];
}
