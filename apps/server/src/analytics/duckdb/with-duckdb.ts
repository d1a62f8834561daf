import { DuckDBInstance, type DuckDBConnection } from '@duckdb/node-api';

export interface DuckDbOptions {
  /** private folder for what does not fit into memory; personal data may lie there, so it goes when the work ends */
  readonly workFolder: string;
  readonly memoryLimitMiB?: number;
  readonly threads?: number;
}

/** Gives a database in memory for one piece of work. It reads and writes files, but never loads or fetches code. */
export async function withDuckDb<Result>(
  options: DuckDbOptions,
  work: (connection: DuckDBConnection) => Promise<Result>,
): Promise<Result> {
  const instance = await DuckDBInstance.create(':memory:', {
    temp_directory: options.workFolder,
    memory_limit: `${options.memoryLimitMiB ?? 1024}MiB`,
    threads: String(options.threads ?? 2),
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
  });
  const connection = await instance.connect();
  try {
    return await work(connection);
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}
