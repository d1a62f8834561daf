import { DuckDBUUIDVector } from '@duckdb/node-api';

/**
 * Writes packed 16-byte UUIDs into the first items of a vector, without an object for each. DuckDB keeps a UUID as a
 * little-endian signed integer with the first bit turned, so that it sorts as text does.
 */
export function writeUuids(vector: unknown, packed: Buffer, start: number, count: number): void {
  if (!(vector instanceof DuckDBUUIDVector)) throw new TypeError('Not a UUID column');
  const view = vector['dataView'];
  const source = new DataView(packed.buffer, packed.byteOffset + start);
  for (let place = 0; place < count * 16; place += 16) {
    view.setUint32(place, source.getUint32(place + 12), true);
    view.setUint32(place + 4, source.getUint32(place + 8), true);
    view.setUint32(place + 8, source.getUint32(place + 4), true);
    view.setUint32(place + 12, (source.getUint32(place) ^ 0x80000000) >>> 0, true);
  }
  vector.flush();
}
