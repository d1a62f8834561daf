import { idMissing, type EncodedRecords } from './encode-records.ts';
import { comparisonNames, sharedPhoneHouseholds, type ComparisonName } from './comparisons.ts';

/**
 * Two records become a pair when one rule gives both the same key; the union of the rules finds those whose number, name,
 * date or village was miswritten, as long as not all were.
 */
export interface BlockingRule {
  readonly name: string;
  /** comparisons that the rule itself decides: it cannot teach their weights */
  readonly decides: readonly ComparisonName[];
  /** key of a record, exact below 2^53; 0 puts it into no block */
  readonly key: (records: EncodedRecords, index: number) => number;
}

/** The first nine digits of an identity number as a small code, so that all seventeen fit into one exact key. */
const highCodes = new WeakMap<EncodedRecords, Map<number, number>>();
function highCode(r: EncodedRecords, index: number): number {
  let codes = highCodes.get(r);
  if (!codes) highCodes.set(r, (codes = new Map()));
  let code = codes.get(r.idHigh[index]!);
  if (code === undefined) codes.set(r.idHigh[index]!, (code = codes.size + 1));
  return code;
}

const year = (birth: number) => Math.floor(birth / 10_000);

export const blockingRules: readonly BlockingRule[] = [
  { name: 'id-number', decides: ['id-number', 'birth-date', 'sex'], key: (r, i) => (r.idState[i] === idMissing ? 0 : highCode(r, i) * 1e8 + r.idLow[i]!) },
  { name: 'name-and-birth-date', decides: ['name', 'birth-date'], key: (r, i) => (r.birth[i] === 0 || r.sound[i] === 0 ? 0 : r.sound[i]! * 2 ** 25 + r.birth[i]!) },
  { name: 'name-and-village', decides: ['name', 'place'], key: (r, i) => (r.sound[i] === 0 ? 0 : r.sound[i]! * 2 ** 25 + r.village[i]!) },
  { name: 'birth-date-and-village', decides: ['birth-date', 'sex', 'place'], key: (r, i) => (r.birth[i] === 0 ? 0 : (r.village[i]! * 3 + r.sex[i]!) * 2 ** 25 + r.birth[i]!) },
  { name: 'end-of-id-number', decides: ['id-number', 'birth-date', 'sex'], key: (r, i) => (r.idState[i] === idMissing ? 0 : r.idLow[i]! + 1) },
  { name: 'surname-and-birth-date', decides: ['name', 'birth-date', 'sex'], key: (r, i) => (r.birth[i] === 0 || r.surname[i] === 0 ? 0 : (r.surname[i]! * 3 + r.sex[i]!) * 2 ** 25 + r.birth[i]!) },
  { name: 'name-and-birth-year', decides: ['name', 'birth-date'], key: (r, i) => (r.birth[i] === 0 || r.sound[i] === 0 ? 0 : r.sound[i]! * 2 ** 12 + year(r.birth[i]!)) },
  { name: 'name-and-birthday', decides: ['name', 'birth-date'], key: (r, i) => (r.birth[i] === 0 || r.sound[i] === 0 ? 0 : r.sound[i]! * 2 ** 14 + (r.birth[i]! % 10_000)) },
  // Relatives of somebody entered twice make up most of these pairs: nothing can be learned from them.
  { name: 'phone-and-surname', decides: comparisonNames, key: (r, i) => (r.phone[i] === 0 || r.phoneUse[r.phone[i]!]! > sharedPhoneHouseholds ? 0 : r.phone[i]! * 2 ** 16 + r.surname[i]!) },
];

/** A block of more records than this says nothing about anybody; it is left out and counted. */
export const largestBlock = 1_000;

/** The keys of all records under every rule. */
export function blockKeys(records: EncodedRecords): Float64Array[] {
  return blockingRules.map(({ key }) => {
    const keys = new Float64Array(records.count);
    for (let index = 0; index < records.count; index += 1) keys[index] = key(records, index);
    return keys;
  });
}

/** Calls `pair` for every two records with the same key; gives the number of records in blocks that were too large. */
export function eachPair(keys: Float64Array, pair: (a: number, b: number) => void): number {
  // Counting sort into buckets by a hash of the key; inside a bucket the keys themselves are compared.
  const buckets = 2 ** Math.max(8, Math.ceil(Math.log2(keys.length + 1)) + 1);
  const starts = new Int32Array(buckets + 1);
  const hashes = new Int32Array(keys.length);
  for (let index = 0; index < keys.length; index += 1) {
    const key = keys[index]!;
    if (key === 0) continue;
    const hash = (Math.imul(key | 0, 0x9e3779b1) ^ Math.imul((key / 2 ** 32) | 0, 0x85ebca6b)) >>> 0;
    hashes[index] = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d) >>> (32 - Math.log2(buckets));
    starts[hashes[index]! + 1]! += 1;
  }
  for (let bucket = 0; bucket < buckets; bucket += 1) starts[bucket + 1]! += starts[bucket]!;
  const filled = starts.slice();
  const order = new Int32Array(starts[buckets]!);
  for (let index = 0; index < keys.length; index += 1) if (keys[index] !== 0) order[filled[hashes[index]!]!++] = index;
  let tooLarge = 0;
  for (let bucket = 0; bucket < buckets; bucket += 1) if (starts[bucket + 1]! - starts[bucket]! > 1) tooLarge += pairsOfBucket(keys, order.subarray(starts[bucket], starts[bucket + 1]), pair);
  return tooLarge;
}

function pairsOfBucket(keys: Float64Array, members: Int32Array, pair: (a: number, b: number) => void): number {
  if (members.length > 16) members.sort((a, b) => keys[a]! - keys[b]! || a - b);
  let tooLarge = 0;
  for (let from = 0; from < members.length; from += 1) {
    const key = keys[members[from]!]!;
    if (members.length > 16) {
      let to = from + 1;
      while (to < members.length && keys[members[to]!] === key) to += 1;
      if (to - from > largestBlock) {
        tooLarge += to - from;
        from = to - 1;
        continue;
      }
    }
    for (let to = from + 1; to < members.length; to += 1) {
      if (keys[members[to]!] === key) pair(members[from]!, members[to]!);
      else if (members.length > 16) break;
    }
  }
  return tooLarge;
}
