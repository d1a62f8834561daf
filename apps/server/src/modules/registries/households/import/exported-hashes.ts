import { sql } from 'kysely';
import type { Actor } from '#platform/authorization/actor.ts';
import { today } from '#platform/clock/today.ts';
import { inTransaction } from '#platform/database/transaction.ts';
import { getKeyring } from '#platform/personal-data/keyring.ts';
import { Pseudonymiser } from '#platform/personal-data/pseudonymiser.ts';
import { regionDirectory } from '#modules/organisation/index.ts';
import { assembleHousehold } from './assemble-household.ts';
import { CodeReader } from './code-reader.ts';
import { readRemembered } from './import-store.ts';
import { RowReader } from './read-row.ts';
import { recogniseColumns } from './recognise-columns.ts';
import { RegionResolver } from './region-resolver.ts';

export interface ExportedHousehold {
  id: string;
  version: number;
  rows: readonly (readonly string[])[];
}

/**
 * Reads what is given out as an import would read it and notes the result with the household: the same rows coming back
 * are known to change nothing, as long as nobody changed the household meanwhile.
 */
export async function exportedHashes(actor: Actor, titles: readonly string[]): Promise<(households: readonly ExportedHousehold[]) => Promise<void>> {
  const remembered = await inTransaction(actor, (trx) => readRemembered(trx, actor.regionCode));
  let refused = false;
  const reader = new RowReader({
    recognition: recogniseColumns(titles.map((title, index) => ({ index, title })), remembered.columns),
    regions: new RegionResolver(await regionDirectory(), actor.regionCode),
    codes: new CodeReader(remembered.codes),
    pseudonymiser: new Pseudonymiser(getKeyring().pseudonymKey),
    asOf: today(),
    scope: actor.regionCode,
    onProblem: () => undefined,
    onUnknownCode: () => void (refused = true),
  });
  return async (households) => {
    const known = households.flatMap(({ id, version, rows }) => {
      refused = false;
      const read = rows.map((cells, index) => reader.read({ rowNumber: index + 1, cells: [...cells] }));
      if (refused || read.some(({ failed }) => failed)) return [];
      return [{ id, version, hash: assembleHousehold(read, () => undefined).draft.hash }];
    });
    if (known.length === 0) return;
    await inTransaction(actor, (trx) =>
      sql`UPDATE households.household h SET exported_hash = k.hash, exported_version = k.version
        FROM unnest(${known.map(({ id }) => id)}::uuid[], ${known.map(({ version }) => version)}::int[], ${known.map(({ hash }) => hash)}::bytea[]) AS k (id, version, hash) WHERE h.id = k.id`.execute(trx),
    );
  };
}
