import { DuckDBConnection } from '@duckdb/node-api';
const proto = DuckDBConnection.prototype as any;
for (const name of ['run', 'stream', 'runAndReadAll']) { const old = proto[name]; proto[name] = async function (sql: string, ...rest: unknown[]) { const t = performance.now(); const r = await old.call(this, sql, ...rest); const ms = performance.now() - t; if (ms > 30) console.error(Math.round(t), Math.round(ms), name, sql.slice(0, 90).replace(/\s+/g, ' ')); return r; }; }
const { benchIntake } = await import('./intake.ts');
console.log(JSON.stringify(await benchIntake(1_000_000)));
