import type { Trx } from '#platform/database/transaction.ts';
import type { FieldChange } from './change-kind.ts';
import { getConflictRules } from './change-procedure.ts';
import { baseOf, listOpenChanges, type ChangeRow } from './change-request-store.ts';

export interface OpenConflict {
  request: ChangeRow;
  rule: 'same-field' | 'same-person' | 'same-household';
  effect: 'block' | 'warn' | 'log';
}

const ruleNames = { 'same-field': 'sameField', 'same-person': 'samePerson', 'same-household': 'sameHousehold' } as const;

/** Open requests about the same household, each with the nearest of the three rules and what the region lets it do. */
export async function listOpenConflicts(trx: Trx, of: { householdId: string; regionCode: string; fields: readonly FieldChange[]; except?: string }): Promise<OpenConflict[]> {
  const open = await listOpenChanges(trx, of.householdId, of.except);
  if (open.length === 0) return [];
  const rules = await getConflictRules(trx, of.regionCode);
  const keys = new Set(of.fields.map(({ key }) => key));
  const persons = new Set(of.fields.flatMap(({ personId }) => personId ?? []));
  return open.map((request) => {
    const theirs = baseOf(request);
    const rule = request.field_keys.some((key) => keys.has(key)) ? 'same-field' : theirs.some(({ personId }) => personId !== null && persons.has(personId)) ? 'same-person' : 'same-household';
    return { request, rule, effect: rules[ruleNames[rule]] };
  });
}
