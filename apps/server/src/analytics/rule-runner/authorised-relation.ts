import type { DuckDBConnection } from '@duckdb/node-api';
import type { DatasetKind } from '@sunlit/api-spec';
import { packUuids } from '#platform/personal-data/pseudonymiser.ts';
import { keyFieldOf, snapshotColumnOf } from '../dataset-kinds/load-dataset-kinds.ts';
import { createUuidTable } from '../duckdb/append-uuids.ts';

/**
 * A kind that needs an authorisation, of authorised people only. A delivery was filtered when it came; who has taken the
 * authorisation back since, or had not given it on the day the run looks at, is left out here.
 */
export async function authorisedRelation(connection: DuckDBConnection, kind: DatasetKind, relation: string, personKeys: readonly string[]): Promise<string> {
  const table = `authorised_${kind.code.replaceAll('-', '_')}`;
  await createUuidTable(connection, table, packUuids(personKeys));
  return `(SELECT * FROM ${relation} WHERE ${snapshotColumnOf(keyFieldOf(kind))} IN (SELECT key FROM ${table}))`;
}
