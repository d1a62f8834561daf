import { sql } from 'kysely';
import { systemActor } from '../authorization/actor.ts';
import { inSnapshot } from '../database/transaction.ts';
import { emptyHash, leafHash, merkleRoot, sealHash, type AuditRecordRow } from './audit-hash.ts';

export interface AuditVerification {
  intact: boolean;
  sealed: number;
  unsealed: number;
  /** hash of the newest seal: note it elsewhere, and a later run proves that nothing before it changed */
  head: string | null;
  problems: string[];
}

/** Recomputes every leaf, root and link of the audit chain. `expectedHead` must be found in the chain, if given. */
export async function verifyAudit(expectedHead?: string): Promise<AuditVerification> {
  return inSnapshot({ ...systemActor, permissions: new Set(['audit.read']) }, async (trx) => {
    const problems: string[] = [];
    let sealed = 0;
    let previous = emptyHash;
    let expectedNumber = 1;
    let expectedFirst = 1;
    let headSeen = expectedHead === undefined;
    for (;;) {
      const seals = await sql<{ number: number; first_sequence: number; last_sequence: number; merkle_root: Buffer; previous_hash: Buffer; hash: Buffer; sealed_at: Date }>`
        SELECT * FROM audit.seal WHERE number >= ${expectedNumber} ORDER BY number LIMIT 500`.execute(trx);
      if (seals.rows.length === 0) break;
      for (const seal of seals.rows) {
        if (seal.number !== expectedNumber) problems.push(`seal ${expectedNumber} is missing`);
        if (seal.first_sequence !== expectedFirst) problems.push(`seal ${seal.number} does not continue at ${expectedFirst}`);
        const rows = await sql<AuditRecordRow & { sequence: number; record_id: number; hash: Buffer }>`
          SELECT l.sequence, l.record_id, l.hash, r.id, to_char(r.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS at, r.actor_id, r.actor_name, r.action, r.object_kind,
                 r.object_id, r.region_code, r.household_id, r.reason, r.details::text AS details
          FROM audit.leaf l LEFT JOIN audit.record r ON r.id = l.record_id WHERE l.seal_number = ${seal.number} ORDER BY l.sequence`.execute(trx);
        if (rows.rows.length !== seal.last_sequence - seal.first_sequence + 1) problems.push(`seal ${seal.number} has ${rows.rows.length} leaves`);
        for (const row of rows.rows) {
          if (row.id === null) problems.push(`record ${row.record_id} was removed`);
          else if (!leafHash(row).equals(row.hash)) problems.push(`record ${row.record_id} was changed`);
        }
        const root = merkleRoot(rows.rows.map((row) => row.hash));
        const hash = sealHash(previous, seal.number, seal.first_sequence, seal.last_sequence, root, seal.sealed_at.toISOString());
        if (!root.equals(seal.merkle_root) || !hash.equals(seal.hash) || !seal.previous_hash.equals(previous)) problems.push(`seal ${seal.number} does not fit the chain`);
        if (seal.hash.toString('hex') === expectedHead) headSeen = true;
        sealed += rows.rows.length;
        previous = seal.hash;
        expectedNumber = seal.number + 1;
        expectedFirst = seal.last_sequence + 1;
      }
    }
    if (!headSeen) problems.push('the expected head is not in the chain');
    const tail = await sql<{ count: number }>`SELECT count(*) AS count FROM audit.record r WHERE NOT EXISTS (SELECT 1 FROM audit.leaf l WHERE l.record_id = r.id)`.execute(trx);
    return { intact: problems.length === 0, sealed, unsealed: tail.rows[0]?.count ?? 0, head: sealed > 0 ? previous.toString('hex') : null, problems: problems.slice(0, 100) };
  });
}
