import type { householdChanged, RegistryChange } from '@sunlit/api-spec';
import type { z } from 'zod';
import type { Actor } from '#platform/authorization/actor.ts';
import type { Trx } from '#platform/database/transaction.ts';
import { AppError } from '#platform/errors.ts';
import type { HouseholdRow } from '../household-store.ts';

export type ChangeValue = string | number | boolean | string[] | null;

/** One field that a proposal sets: what the registry says of the effective day, and what it would say. */
export interface FieldChange {
  /** two proposals about one field share it; never a personal value */
  key: string;
  personId: string | null;
  field: string;
  before: ChangeValue;
  after: ChangeValue;
}

export interface ChangeContext {
  trx: Trx;
  actor: Actor;
  household: HouseholdRow;
  effectiveOn: string;
}

export interface WriteContext extends ChangeContext {
  requestId: string;
  reason: string;
}

/** What other modules are told afterwards. */
export type Told = Omit<z.input<typeof householdChanged.payload>, 'householdId'> & { householdId?: string };

/** One kind of change: what it looks at, and how it is written once somebody approved it. */
export interface ChangeKind<Change extends RegistryChange> {
  /** Reads only; refuses what cannot be, whoever asks. Called again when the change is approved. */
  examine: (context: ChangeContext, change: Change) => Promise<FieldChange[]>;
  /** Writes upon what `examine` has just seen, in the same transaction with the household locked. */
  write: (context: WriteContext, change: Change) => Promise<Told[]>;
}

export const fieldOf = (personId: string | null, field: string, before: ChangeValue, after: ChangeValue): FieldChange => ({ key: `${personId ?? 'household'}/${field}`, personId, field, before, after });

export const refused = (field: string, message: string): AppError => new AppError('request-invalid', undefined, { fields: [{ path: `change.${field}`, message }] });

export function sameValue(left: ChangeValue, right: ChangeValue): boolean {
  return JSON.stringify(Array.isArray(left) ? left.toSorted() : left) === JSON.stringify(Array.isArray(right) ? right.toSorted() : right);
}
