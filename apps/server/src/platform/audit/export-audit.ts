import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { sql } from 'kysely';
import { systemActor } from '../authorization/actor.ts';
import { inSnapshot, type Trx } from '../database/transaction.ts';
import type { AuditRecordRow } from './audit-hash.ts';

/** Writes the sealed chain as JSON lines, one seal with its records a line, for `tools/verify-audit-offline.ts`. */
export async function exportAudit(path: string): Promise<number> {
  return inSnapshot({ ...systemActor, permissions: new Set(['audit.read']) }, async (trx) => {
    let seals = 0;
    const lines = async function* (): AsyncGenerator<string> {
      yield `${JSON.stringify({ format: 'sunlit-audit-1', exportedAt: new Date().toISOString() })}\n`;
      for await (const seal of listSeals(trx)) {
        seals += 1;
        yield `${JSON.stringify(seal)}\n`;
      }
    };
    await pipeline(Readable.from(lines()), createWriteStream(path, { mode: 0o600 }));
    return seals;
  });
}

async function* listSeals(trx: Trx): AsyncGenerator<object> {
  for (let after = 0; ; ) {
    const { rows } = await sql<{ number: number; first_sequence: number; last_sequence: number; merkle_root: Buffer; previous_hash: Buffer; hash: Buffer; sealed_at: Date }>`
      SELECT * FROM audit.seal WHERE number > ${after} ORDER BY number LIMIT 1`.execute(trx);
    const seal = rows[0];
    if (!seal) return;
    const leaves = await sql<AuditRecordRow & { sequence: number; leaf: Buffer }>`
      SELECT l.sequence, l.hash AS leaf, r.id, to_char(r.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS at, r.actor_id, r.actor_name, r.action, r.object_kind,
             r.object_id, r.region_code, r.household_id, r.reason, r.details::text AS details
      FROM audit.leaf l LEFT JOIN audit.record r ON r.id = l.record_id WHERE l.seal_number = ${seal.number} ORDER BY l.sequence`.execute(trx);
    yield {
      number: seal.number,
      first: seal.first_sequence,
      last: seal.last_sequence,
      sealedAt: seal.sealed_at.toISOString(),
      merkleRoot: seal.merkle_root.toString('hex'),
      previousHash: seal.previous_hash.toString('hex'),
      hash: seal.hash.toString('hex'),
      leaves: leaves.rows.map(({ sequence, leaf, ...record }) => ({ sequence, hash: leaf.toString('hex'), record })),
    };
    after = seal.number;
  }
}
