import { DuckDBDataChunk, UUID, type DuckDBConnection } from '@duckdb/node-api';
import { writeUuids } from './packed-uuids.ts';

const chunkRows = 2048;

/** Creates a temporary table with one UUID column `key` from packed 16-byte values, in their order. */
export async function createUuidTable(connection: DuckDBConnection, table: string, packed: Buffer): Promise<void> {
  await connection.run(`CREATE TEMP TABLE ${table} (key UUID)`);
  const appender = await connection.createAppender(table);
  for (let start = 0; start < packed.length; start += chunkRows * 16) {
    const count = Math.min(chunkRows, (packed.length - start) / 16);
    const chunk = DuckDBDataChunk.create([UUID], count);
    writeUuids(chunk.getColumnVector(0), packed, start, count);
    appender.appendDataChunk(chunk);
  }
  appender.closeSync();
}
