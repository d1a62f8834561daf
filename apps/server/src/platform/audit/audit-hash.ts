import { createHash } from 'node:crypto';

/** The columns of a record that its leaf hash covers, in this order. */
export interface AuditRecordRow {
  id: number;
  at: string;
  actor_id: string;
  actor_name: string;
  action: string;
  object_kind: string;
  object_id: string;
  region_code: string;
  household_id: string | null;
  reason: string | null;
  details: string;
}

const sha256 = (...parts: (Buffer | string)[]): Buffer => {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest();
};

export function leafHash(row: AuditRecordRow): Buffer {
  return sha256(
    Buffer.from([0]),
    JSON.stringify([row.id, row.at, row.actor_id, row.actor_name, row.action, row.object_kind, row.object_id, row.region_code, row.household_id, row.reason, row.details]),
  );
}

/** Merkle root; inner nodes are prefixed so that a leaf can never pass for a node (RFC 6962). */
export function merkleRoot(leaves: readonly Buffer[]): Buffer {
  let level = [...leaves];
  if (level.length === 0) return sha256('');
  while (level.length > 1) {
    const next: Buffer[] = [];
    for (let index = 0; index < level.length; index += 2) {
      const left = level[index]!;
      const right = level[index + 1];
      next.push(right ? sha256(Buffer.from([1]), left, right) : left);
    }
    level = next;
  }
  return level[0]!;
}

export function sealHash(previous: Buffer, number: number, first: number, last: number, root: Buffer, sealedAt: string): Buffer {
  return sha256(previous, JSON.stringify([number, first, last, sealedAt]), root);
}

export const emptyHash: Buffer = Buffer.alloc(32);
