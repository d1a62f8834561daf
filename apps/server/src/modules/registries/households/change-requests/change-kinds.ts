import type { ChangeKindCode, RegistryChange } from '@sunlit/api-spec';
import type { ChangeKind } from './change-kind.ts';
import { division } from './kinds/division.ts';
import { householdAccount, householdContact } from './kinds/household-contact.ts';
import { householdStatus } from './kinds/household-status.ts';
import { income } from './kinds/income.ts';
import { join } from './kinds/join.ts';
import { leave } from './kinds/leave.ts';
import { merge } from './kinds/merge.ts';
import { personCells } from './kinds/person-cells.ts';
import { personFacts } from './kinds/person-facts.ts';
import { personIdentity } from './kinds/person-identity.ts';
import { relations } from './kinds/relations.ts';
import { reversal } from './kinds/reversal.ts';
import { section } from './kinds/section.ts';
import { split } from './kinds/split.ts';

const kinds: { [Code in ChangeKindCode]: ChangeKind<Extract<RegistryChange, { kind: Code }>> } = {
  'person-facts': personFacts,
  'person-identity': personIdentity,
  'person-cells': personCells,
  'household-contact': householdContact,
  'household-account': householdAccount,
  'household-status': householdStatus,
  relations,
  join,
  leave,
  split,
  merge,
  income,
  section,
  division,
  reversal,
};

export const changeKindCodes = Object.keys(kinds) as ChangeKindCode[];

export function kindOf(change: RegistryChange): ChangeKind<RegistryChange> {
  return kinds[change.kind] as ChangeKind<RegistryChange>;
}
