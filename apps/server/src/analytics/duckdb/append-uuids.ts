import { DuckDBDataChunk, DuckDBUUIDValue, UUID, type DuckDBConnection } from '@duckdb/node-api';

const chunkRows = 2048;

/** Creates a temporary table with one UUID column `key` from packed 16-byte values, in their order. */
export async function createUuidTable(connection: DuckDBConnection, table: string, packed: Buffer): Promise<void> {
  await connection.run(`CREATE TEMP TABLE ${table} (key UUID)`);
  const appender = await connection.createAppender(table);
  for (let start = 0; start < packed.length; start += chunkRows * 16) {
    const count = Math.min(chunkRows, (packed.length - start) / 16);
    const chunk = DuckDBDataChunk.create([UUID], count);
    chunk.setColumnValues(0, Array.from({ length: count }, (_, index) => uuidValue(packed, start + index * 16)));
    appender.appendDataChunk(chunk);
  }
  appender.closeSync();
}

/** DuckDB keeps a UUID as a signed integer with the first bit turned, so that it sorts as text does. */
function uuidValue(packed: Buffer, offset: number): DuckDBUUIDValue {
  const high = BigInt.asIntN(64, packed.readBigUInt64BE(offset) ^ 0x8000000000000000n);
  return DuckDBUUIDValue.fromStoredHugeInt((high << 64n) | packed.readBigUInt64BE(offset + 8));
}
