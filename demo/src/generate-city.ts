import { closeSync, mkdirSync, openSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { fillBackground, stranger } from './background.ts';
import { buildHousehold } from './build-household.ts';
import { demoAsOf, registeredOn } from './calendar.ts';
import { habits, openDepartmentFiles } from './department-files.ts';
import type { DepartmentFile } from './department-files.ts';
import { villagesOf, type Village } from './divisions.ts';
import { emitHouseholdFacts } from './household-facts.ts';
import type { Emit, Exceptions } from './household-facts.ts';
import { BenefitRoll } from './benefit-roll.ts';
import { generateFunds, type CadreWithFirm } from './generate-funds.ts';
import { generatePayouts, monthlyCounty } from './generate-payouts.ts';
import { openHouseholdFile } from './household-file.ts';
import { ordinalOf } from './household.ts';
import type { Household } from './household.ts';
import { spreadCases } from './spread-cases.ts';
import type { PlantedCase } from './planted-case.ts';
import { Random } from './random.ts';
import { planOf } from './scale.ts';
import type { Scale } from './scale.ts';
import { IdentityNumbers, syntheticIdPrefix } from './synthetic-identity.ts';
import type { TruthLine } from './truth.ts';

export interface GenerateCityOptions {
  readonly scale: Scale;
  readonly seed: number;
  readonly outFolder: string;
  readonly onProgress?: (progress: { readonly households: number; readonly of: number }) => void;
}

export interface CityManifest {
  /** every person and number in these files is made up */
  readonly synthetic: true;
  readonly syntheticIdPrefix: string;
  readonly seed: number;
  readonly scale: Scale;
  readonly asOf: string;
  /** since when the registry holds them: the year's benefits are paid by it */
  readonly registeredOn: string;
  readonly households: number;
  readonly persons: number;
  readonly householdFile: string;
  /** a village's later table, which names somebody again who is registered already */
  readonly laterFile: { readonly file: string; readonly registeredOn: string; readonly rows: number };
  readonly departmentFiles: readonly { readonly kind: string; readonly file: string; readonly rows: number }[];
  readonly funds: { readonly file: string; readonly truth: string; readonly steps: number };
  readonly payouts: { readonly file: string; readonly truth: string; readonly steps: number };
  readonly truth: { readonly file: string; readonly planted: number; readonly lookAlikes: number };
}

/** Writes a made-up city as the county and its departments would send it. Same seed and scale, same bytes. */
export async function generateCity(options: GenerateCityOptions): Promise<CityManifest> {
  const { scale, seed, outFolder } = options;
  mkdirSync(outFolder, { recursive: true });
  const plan = planOf(scale);
  const villages = villagesOf(plan.codePrefix);
  const identities = new IdentityNumbers();
  const files = openDepartmentFiles(outFolder, plan.spreadsheets);
  const householdFile = openHouseholdFile(outFolder);
  const laterFile = openHouseholdFile(outFolder, 'households-later.csv');
  const truth = openTruth(join(outFolder, 'truth.jsonl'));
  const cases = spreadCases(plan, new Random(seed, -1));
  const targets = new Map(
    Object.entries(habits).map(([kind, { cityRows }]) => [kind, Math.round(cityRows * plan.share)]),
  );
  const backgroundRandom = new Random(seed, -2);
  const emit = emitterOf(files);
  const numbers = new Map<string, number>();
  const roll = new BenefitRoll();

  const build = (index: number): Household => {
    const village = villages[Math.floor((index * villages.length) / plan.households)];
    if (!village) throw new Error('There are no divisions for this scale');
    const position = (numbers.get(village.code) ?? 0) + 1;
    numbers.set(village.code, position);
    const needs =
      cases.get(index)?.needs ?? cases.get(index - 1)?.partnerNeeds ?? {};
    return buildHousehold(index, `${village.code}${String(position).padStart(4, '0')}`, village, needs, {
      random: new Random(seed, index),
      identities,
    });
  };

  let next = build(0);
  for (let index = 0; index < plan.households; index += 1) {
    const household = next;
    if (index + 1 < plan.households) next = build(index + 1);
    const random = new Random(seed + 1, index);
    const exceptions: Exceptions = { skip: new Set(), paidUntil: new Map(), failsFrom: new Map(), alsoDestitute: new Set() };
    const planted = cases.get(index);
    if (planted)
      plant(
        planted,
        household,
        next,
        random,
        exceptions,
        emit,
        truth.write,
        () => stranger(random, identities).idNumber,
        roll,
      );
    householdFile.write(household, random, exceptions.alsoDestitute);
    const again = laterFile.rows === 0 && !planted && !cases.get(index - 1)?.partnerNeeds && roll.isOrdinary(household) ? registeredAgain(household) : undefined;
    if (again) {
      roll.doubt('twice-in-month', household, household.persons.find(({ idNumber }) => idNumber === again.persons[0]!.idNumber));
      roll.doubt('twice-in-month', again, again.persons[0]);
      laterFile.write(again, random, new Set());
      roll.add(again, new Set());
    }
    roll.add(household, exceptions.alsoDestitute);
    emitHouseholdFacts(household, random, exceptions, emit);
    if (index % 50 === 49 || index + 1 === plan.households) {
      fillBackground(files, targets, (index + 1) / plan.households, backgroundRandom, identities, villages, emit);
    }
    if (index % 2000 === 1999) {
      options.onProgress?.({ households: index + 1, of: plan.households });
      // lets a caller's timers and signals in
      await new Promise((resolve) => setImmediate(resolve));
    }
  }
  const cadres = cadresWithFirms(villages, backgroundRandom, identities, emit);
  await householdFile.close();
  await laterFile.close();
  for (const file of files.values()) await file.close();
  const manifest: CityManifest = {
    synthetic: true,
    syntheticIdPrefix,
    seed,
    scale,
    asOf: demoAsOf,
    registeredOn,
    households: plan.households,
    persons: householdFile.rows,
    householdFile: householdFile.name,
    laterFile: { file: laterFile.name, registeredOn: laterRegisteredOn, rows: laterFile.rows },
    departmentFiles: [...files.values()].map(({ kind, name, rows }) => ({ kind, file: name, rows })),
    funds: generateFunds({ seed, outFolder, share: plan.share, villages, householdsOf: numbers, cadres }),
    payouts: generatePayouts({ outFolder, roll }),
    truth: { file: 'truth.jsonl', ...truth.close() },
  };
  writeFileSync(join(outFolder, 'manifest.json'), `${JSON.stringify(manifest, null, 2)}\n`);
  return manifest;
}

const laterRegisteredOn = '2026-10-20';

/** A grown-up who moved out and was taken in as a household of their own, while the old one still counts them: where lists are made every month. */
function registeredAgain(household: Household): Household | undefined {
  const member = household.persons.find(({ relation, age, student, disability }) => relation !== '户主' && age >= 22 && age < 60 && student === undefined && disability === undefined);
  if (!member || household.village.countyCode !== monthlyCounty) return undefined;
  const number = `${household.village.code}9001`;
  const account = `62${number}9`;
  return { ...household, number, account, persons: [{ ...member, relation: '户主', account }] };
}

/** Two cadres in office who represent firms: one of the first village, one of the last county. */
function cadresWithFirms(villages: readonly Village[], random: Random, identities: IdentityNumbers, emit: Emit): CadreWithFirm[] {
  const own = villages.filter(({ code }) => code.startsWith('3208'));
  return [own[0], own.at(-1)].flatMap((village) => {
    if (!village) return [];
    const { idNumber, name } = stranger(random, identities, 35, 55);
    emit('village-cadre', { id_number: idNumber, name, village_code: village.code, post: 'director', from_date: '2021-01-15', to_date: '', filed: '是' });
    return [{ idNumber, village }];
  });
}

function emitterOf(files: ReadonlyMap<string, DepartmentFile>): Emit {
  return (kind, row) => {
    const file = files.get(kind);
    if (!file) throw new Error(`No department sends ${kind}`);
    const position = String(file.rows + 1).padStart(9, '0');
    if (kind === 'medical-settlement') file.write({ ...row, settlement_number: `JS2026${position}` });
    else if (kind === 'disaster') file.write({ ...row, record_number: `ZQ2026${position}` });
    else if (kind === 'real-estate') {
      // 28 places: division, cadastral zone and district, kind of right and plot, building and unit.
      file.write({ unit_number: `320800${position.slice(0, 6)}GB00${position.slice(6)}F00010001`, ...row });
    } else file.write(row);
  };
}

function plant(
  planted: PlantedCase,
  household: Household,
  partner: Household,
  random: Random,
  exceptions: Exceptions,
  emit: Emit,
  write: (line: TruthLine) => void,
  strangerId: () => string,
  roll: BenefitRoll,
): void {
  const { rule, label, note } = planted;
  planted.plant({
    household,
    partner,
    random,
    exceptions,
    emit,
    strangerId,
    expect(expected, about, period = '') {
      const home = about.household ?? household;
      const householdNumbers = (about.households ?? [home]).map(({ number }) => number);
      write({
        label: 'planted',
        rule: expected,
        note,
        householdNumbers,
        personOrdinal: about.person ? ordinalOf(home, about.person) : null,
        period,
      });
    },
    doubt: (doubt, about) => roll.doubt(doubt, about.household ?? household, about.person),
  });
  if (label === 'look-alike')
    write({ label, rule, note, householdNumbers: [household.number], personOrdinal: null, period: '' });
}

function openTruth(path: string) {
  const descriptor = openSync(path, 'w');
  let planted = 0;
  let lookAlikes = 0;
  return {
    write(line: TruthLine) {
      if (line.label === 'planted') planted += 1;
      else lookAlikes += 1;
      writeSync(descriptor, `${JSON.stringify(line)}\n`);
    },
    close() {
      closeSync(descriptor);
      return { planted, lookAlikes };
    },
  };
}
