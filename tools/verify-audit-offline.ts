/**
 * Recomputes an audit chain exported by `sunlit verify-audit --export FILE`. Needs nothing of Sunlit, no database and no
 * key: anyone who is given the file can run it and read it.
 *
 *   node verify-audit-offline.ts FILE [--expect-head HASH]
 *
 * leaf = sha256(0x00 · JSON array of the record's fields)
 * root = Merkle root of a seal's leaves, inner node = sha256(0x01 · left · right), an odd node rises unchanged
 * seal = sha256(previous seal · JSON [number, first, last, sealed at] · root), the first after 32 zero bytes
 */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';

interface AuditRecord {
  id: number | null;
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
interface Seal {
  number: number;
  first: number;
  last: number;
  sealedAt: string;
  merkleRoot: string;
  previousHash: string;
  hash: string;
  leaves: { sequence: number; hash: string; record: AuditRecord }[];
}

const sha256 = (...parts: (Buffer | string)[]): Buffer => parts.reduce((hash, part) => hash.update(part), createHash('sha256')).digest();

function leafOf(r: AuditRecord): string {
  return sha256(Buffer.from([0]), JSON.stringify([r.id, r.at, r.actor_id, r.actor_name, r.action, r.object_kind, r.object_id, r.region_code, r.household_id, r.reason, r.details])).toString('hex');
}

function rootOf(leaves: Buffer[]): Buffer {
  if (leaves.length === 0) return sha256('');
  let level = leaves;
  while (level.length > 1) {
    level = Array.from({ length: Math.ceil(level.length / 2) }, (_, index) => {
      const [left, right] = [level[index * 2]!, level[index * 2 + 1]];
      return right ? sha256(Buffer.from([1]), left, right) : left;
    });
  }
  return level[0]!;
}

const [file, option, expectedHead] = process.argv.slice(2);
if (!file || (option !== undefined && option !== '--expect-head')) {
  console.error('usage: verify-audit-offline.ts FILE [--expect-head HASH]');
  process.exit(2);
}
const problems: string[] = [];
let previous = Buffer.alloc(32);
let number = 0;
let sequence = 0;
let headSeen = expectedHead === undefined;
let line = 0;
for await (const text of createInterface({ input: createReadStream(file, 'utf8'), crlfDelay: Infinity })) {
  line += 1;
  if (line === 1) {
    if ((JSON.parse(text) as { format?: string }).format !== 'sunlit-audit-1') problems.push('not an audit export');
    continue;
  }
  const seal = JSON.parse(text) as Seal;
  if (seal.number !== number + 1) problems.push(`seal ${number + 1} is missing`);
  if (seal.first !== sequence + 1 || seal.leaves.length !== seal.last - seal.first + 1) problems.push(`seal ${seal.number} does not hold the records it should`);
  for (const leaf of seal.leaves) {
    if (leaf.record.id === null) problems.push(`record of sequence ${leaf.sequence} was removed`);
    else if (leafOf(leaf.record) !== leaf.hash) problems.push(`record ${leaf.record.id} was changed`);
  }
  const root = rootOf(seal.leaves.map(({ hash }) => Buffer.from(hash, 'hex')));
  const hash = sha256(previous, JSON.stringify([seal.number, seal.first, seal.last, seal.sealedAt]), root);
  if (root.toString('hex') !== seal.merkleRoot || seal.previousHash !== previous.toString('hex') || hash.toString('hex') !== seal.hash) problems.push(`seal ${seal.number} does not fit the chain`);
  if (seal.hash === expectedHead) headSeen = true;
  previous = Buffer.from(seal.hash, 'hex');
  number = seal.number;
  sequence = seal.last;
}
if (!headSeen) problems.push('the expected head is not in the chain');
console.log(`${problems.length === 0 ? 'intact' : 'NOT INTACT'}: ${sequence} records in ${number} seals, head ${number > 0 ? previous.toString('hex') : 'none'}`);
for (const problem of problems.slice(0, 100)) console.log(`  ${problem}`);
process.exit(problems.length === 0 ? 0 : 1);
