import { randomUUID } from 'node:crypto';
import { totalmem } from 'node:os';
import { DuckDBInstance } from '@duckdb/node-api';
import type { DuckDBConnection } from '@duckdb/node-api';
import type { SqlSession } from '@sunlit/rule-kit';

/** A rule-kit session over a DuckDB connection. */
export function duckdbSession(connection: DuckDBConnection): SqlSession {
  return {
    engine: 'duckdb',
    async execute(sql) {
      await connection.run(sql);
    },
    async query(sql) {
      return (await (await connection.run(sql)).getRowsJS()) as (string | null)[][];
    },
  };
}

export interface RuleDatabaseOptions {
  /** DuckDB's own limit, for example `1GB`; what does not fit spills into `temporaryFolder`. */
  readonly memoryLimit?: string;
  readonly temporaryFolder?: string;
  readonly threads?: number;
}

/** What each row takes while the largest rules run: below it, tables are read again and again from the disk. */
const bytesPerRow = 128;
const gigabyte = 1024 ** 3;

/** What this process may use: of the machine, or of the container it runs in. */
const ownMemory = (): number => Math.min(totalmem(), process.constrainedMemory() || Infinity);

/**
 * DuckDB's limit for a run over so many rows: one gigabyte carries a city; a province may take as much as it needs up to
 * a quarter of the machine, so that less has to be read again from the disk.
 */
export function ruleMemoryLimit(rows: number, machineBytes = ownMemory()): string {
  const bytes = Math.max(gigabyte, Math.min(rows * bytesPerRow, machineBytes / 4));
  return `${Math.floor(bytes / 1024 ** 2)}MiB`;
}

/**
 * A private DuckDB for one run: it ends with the run and leaves nothing behind. With a temporary folder its tables lie in a
 * file there, so that what does not fit into memory is read again instead of being spilled first: a registry of millions
 * stays linear.
 */
export async function openRuleDatabase(
  options: RuleDatabaseOptions = {},
): Promise<{ readonly connection: DuckDBConnection; close(): void }> {
  const instance = await DuckDBInstance.create(options.temporaryFolder === undefined ? ':memory:' : `${options.temporaryFolder}-${randomUUID()}.duckdb`, {
    ...(options.memoryLimit !== undefined && { memory_limit: options.memoryLimit }),
    ...(options.temporaryFolder !== undefined && { temp_directory: options.temporaryFolder }),
    ...(options.threads !== undefined && { threads: String(options.threads) }),
    preserve_insertion_order: 'false',
  });
  const connection = await instance.connect();
  return {
    connection,
    close() {
      connection.closeSync();
      instance.closeSync();
    },
  };
}
