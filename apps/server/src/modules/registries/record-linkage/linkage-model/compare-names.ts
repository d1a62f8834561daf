import { comparePair, comparisons, levelsOf } from './comparisons.ts';
import { encodeRecords } from './encode-records.ts';
import type { LinkageRecord } from './linkage-record.ts';

const nobody: LinkageRecord = { name: '', idNumber: null, birthDate: null, sexCode: null, relationCode: null, phone: null, householdId: '', regionCode: '000000000000' };

/** The level of agreement of one name with each of many. */
export function compareNamesOf(name: string, others: readonly string[]): (typeof comparisons.name.levels)[number][] {
  const records = [name, ...others].map((each, index) => ({ ...nobody, name: each, householdId: String(index) }));
  const encoded = encodeRecords(records, records.length);
  return others.map((_, index) => comparisons.name.levels[levelsOf(comparePair(encoded, 0, index + 1))[0]!]!);
}
