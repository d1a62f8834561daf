import type { Id } from '@sunlit/kernel';
import type { ColumnMapping, RememberedMapping } from '#analytics/intake/map-columns.ts';
import type { CodeWords } from '#analytics/intake/read-field.ts';
import type { Trx } from '#platform/database/transaction.ts';

/** Whose words: one department's, for one kind of data. */
export interface MemoryOwner {
  kind: string;
  provider: string;
}

export async function readColumnMemory(trx: Trx, { kind, provider }: MemoryOwner): Promise<RememberedMapping> {
  const rows = await trx.selectFrom('data_intake.column_memory').select(['title', 'field']).where('kind', '=', kind).where('provider_code', '=', provider).execute();
  return Object.fromEntries(rows.map(({ title, field }) => [title, field]));
}

export async function readCodeMemory(trx: Trx, { kind, provider }: MemoryOwner): Promise<Record<string, CodeWords>> {
  const rows = await trx.selectFrom('data_intake.code_memory').select(['field', 'value', 'code']).where('kind', '=', kind).where('provider_code', '=', provider).execute();
  const byField = Map.groupBy(rows, ({ field }) => field);
  return Object.fromEntries([...byField].map(([field, words]) => [field, Object.fromEntries(words.map(({ value, code }) => [value, code]))]));
}

/** What an accepted delivery's columns meant, for the next file of that department; what a person said stays. */
export async function rememberColumns(trx: Trx, owner: MemoryOwner, mapping: ColumnMapping): Promise<void> {
  const rows = mapping.columns.filter(({ field }) => field !== null).map(({ title, field }) => ({ kind: owner.kind, provider_code: owner.provider, title, field }));
  if (rows.length === 0) return;
  await trx
    .insertInto('data_intake.column_memory')
    .values(rows)
    .onConflict((conflict) => conflict.columns(['kind', 'provider_code', 'title']).doUpdateSet((eb) => ({ field: eb.ref('excluded.field') })).where('data_intake.column_memory.set_by', 'is', null))
    .execute();
}

/**
 * What a person says about columns of a file. A field has one column of it: an earlier answer that gave the field to
 * another of the file's columns is forgotten.
 */
export async function rememberColumnChoices(trx: Trx, owner: MemoryOwner, choices: Readonly<Record<string, string | null>>, fileTitles: readonly string[], by: Id): Promise<void> {
  const fields = Object.values(choices).filter((field) => field !== null);
  if (fields.length > 0) {
    await trx.deleteFrom('data_intake.column_memory').where('kind', '=', owner.kind).where('provider_code', '=', owner.provider).where('field', 'in', fields).where('title', 'in', [...fileTitles]).execute();
  }
  for (const [title, field] of Object.entries(choices)) {
    await trx
      .insertInto('data_intake.column_memory')
      .values({ kind: owner.kind, provider_code: owner.provider, title, field, set_by: by })
      .onConflict((conflict) => conflict.columns(['kind', 'provider_code', 'title']).doUpdateSet({ field, set_by: by }))
      .execute();
  }
}

export async function rememberCodeChoices(trx: Trx, owner: MemoryOwner, choices: readonly { field: string; value: string; code: string }[], by: Id): Promise<void> {
  for (const { field, value, code } of choices) {
    await trx
      .insertInto('data_intake.code_memory')
      .values({ kind: owner.kind, provider_code: owner.provider, field, value, code, set_by: by })
      .onConflict((conflict) => conflict.columns(['kind', 'provider_code', 'field', 'value']).doUpdateSet({ code, set_by: by }))
      .execute();
  }
}
