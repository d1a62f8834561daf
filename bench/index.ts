import type { Scale } from '@sunlit/demo';
import { benchApi } from './api.ts';
import { benchCrossCheck } from './cross-check.ts';
import { benchEntryCheck } from './entry-check.ts';
import { benchFindingWriting } from './finding-writing.ts';
import { benchImport } from './import.ts';
import { benchLedger } from './ledger.ts';
import { benchLinkage } from './linkage.ts';
import { benchPayouts } from './payouts.ts';
import { benchIntake, type BenchResult } from './intake.ts';

const persons = (scale: Scale): number => (typeof scale === 'number' ? scale : { sample: 8_440, county: 60_000, city: 422_000, province: 2_500_000 }[scale]);

const benches: Record<string, (scale: Scale) => Promise<BenchResult>> = {
  api: (scale) => benchApi(persons(scale)),
  'cross-check': benchCrossCheck,
  'entry-check': (scale) => benchEntryCheck(persons(scale), scale),
  'finding-writing': (scale) => benchFindingWriting(typeof scale === 'number' ? scale : 20_000),
  import: (scale) => benchImport(persons(scale)),
  intake: (scale) => benchIntake(persons(scale)),
  ledger: benchLedger,
  linkage: (scale) => benchLinkage(persons(scale), scale),
  payouts: (scale) => benchPayouts(typeof scale === 'number' ? scale : 20_000),
};

export const benchNames: readonly string[] = Object.keys(benches);

export function runBench(name: string, scale: Scale): Promise<BenchResult> {
  const bench = benches[name];
  if (!bench) throw new Error(`There is no bench ${name}`);
  return bench(scale);
}
