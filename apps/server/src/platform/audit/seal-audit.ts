import { sql } from 'kysely';
import { systemActor } from '../authorization/actor.ts';
import { inTransaction } from '../database/transaction.ts';
import { emptyHash, leafHash, merkleRoot, sealHash, type AuditRecordRow } from './audit-hash.ts';

const batchSize = 5000;

/**
 * Chains every committed record that has no leaf yet, in the order in which they are found: a record of a long
 * transaction comes later in the chain than its id says. One sealer at a time across all processes.
 */
export async function sealAudit(): Promise<number> {
  return inTransaction({ ...systemActor, permissions: new Set(['audit.read']) }, async (trx) => {
    const lock = await sql<{ locked: boolean }>`SELECT pg_try_advisory_xact_lock(727002) AS locked`.execute(trx);
    if (!lock.rows[0]?.locked) return 0;
    const last = await sql<{ number: number; last_sequence: number; hash: Buffer; frontier: number }>`
      SELECT number, last_sequence, hash, frontier FROM audit.seal ORDER BY number DESC LIMIT 1`.execute(trx);
    const frontier = last.rows[0]?.frontier ?? 0;
    const oldest = await sql<{ xmin: number }>`SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint AS xmin`.execute(trx);
    const records = await sql<AuditRecordRow>`
      SELECT r.id, to_char(r.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS at, r.actor_id, r.actor_name, r.action, r.object_kind, r.object_id, r.region_code,
             r.household_id, r.reason, r.details::text AS details
      FROM audit.record r
      WHERE r.transaction_id >= ${frontier} AND NOT EXISTS (SELECT 1 FROM audit.leaf l WHERE l.record_id = r.id)
      ORDER BY r.id LIMIT ${batchSize}`.execute(trx);
    if (records.rows.length === 0) return 0;
    const nextFrontier = records.rows.length < batchSize ? (oldest.rows[0]?.xmin ?? frontier) : frontier;
    const number = (last.rows[0]?.number ?? 0) + 1;
    const first = (last.rows[0]?.last_sequence ?? 0) + 1;
    const leaves = records.rows.map(leafHash);
    const root = merkleRoot(leaves);
    const sealedAt = new Date().toISOString();
    const previous = last.rows[0]?.hash ?? emptyHash;
    const final = first + leaves.length - 1;
    await sql`INSERT INTO audit.leaf (sequence, record_id, seal_number, hash)
      SELECT ${first}::bigint + ordinality - 1, record_id, ${number}::bigint, hash
      FROM unnest(${records.rows.map((row) => row.id)}::bigint[], ${leaves}::bytea[]) WITH ORDINALITY AS t (record_id, hash, ordinality)`.execute(trx);
    await sql`INSERT INTO audit.seal (number, first_sequence, last_sequence, merkle_root, previous_hash, hash, frontier, sealed_at)
      VALUES (${number}, ${first}, ${final}, ${root}, ${previous}, ${sealHash(previous, number, first, final, root, sealedAt)}, ${nextFrontier}, ${sealedAt})`.execute(trx);
    return leaves.length;
  });
}

/** Seals every half second until stopped. */
export function startSealing(onError: (error: unknown) => void): () => Promise<void> {
  let stopped = false;
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> = Promise.resolve();
  const tick = async () => {
    try {
      while (!stopped && (await sealAudit()) === batchSize);
    } catch (error) {
      if (!stopped) onError(error);
    }
    if (!stopped) timer = setTimeout(() => (running = tick()), 500);
  };
  running = tick();
  return async () => {
    stopped = true;
    clearTimeout(timer);
    await running;
  };
}
