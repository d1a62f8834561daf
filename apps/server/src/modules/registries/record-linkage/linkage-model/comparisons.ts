import { comparedCharacters, idMissing, idValid, type EncodedRecords } from './encode-records.ts';

/**
 * What is compared, each with its levels in the order of the pattern's digits. A neutral level says nothing: it has no
 * weight and no part in learning.
 */
export const comparisons = {
  name: { levels: ['missing', 'same', 'variant', 'homophone', 'one-character', 'other'], neutral: ['missing'] },
  'id-number': { levels: ['missing', 'same', 'transposed', 'one-digit', 'other-both-valid', 'other'], neutral: ['missing'] },
  // Implied by an identity number that is the same or nearly so; compared only otherwise.
  'birth-date': { levels: ['missing', 'same', 'close', 'same-year', 'other'], neutral: ['missing'] },
  sex: { levels: ['missing', 'same', 'other'], neutral: ['missing'] },
  relation: { levels: ['missing', 'same', 'possible', 'contradictory'], neutral: ['missing'] },
  // One helper's number stands in many households, one family's at all its members: neither says who is who. The more
  // households use a number the less it could say, and from a few on it says nothing; so for relatives with other names.
  phone: { levels: ['missing', 'same', 'shared', 'other'], neutral: ['missing', 'shared'] },
  // Living together is what relatives do: it says nothing about being one person.
  place: { levels: ['missing', 'same-village', 'same-town', 'same-county', 'elsewhere', 'same-household'], neutral: ['missing', 'same-household'] },
} as const;

export type ComparisonName = keyof typeof comparisons;
export const comparisonNames = Object.keys(comparisons) as ComparisonName[];

/** How many digits each comparison has in a pattern, first comparison lowest. */
export const levelCounts = comparisonNames.map((name) => comparisons[name].levels.length);
export const patternCount = levelCounts.reduce((product, count) => product * count, 1);

export function levelsOf(pattern: number): number[] {
  const levels: number[] = [];
  for (const count of levelCounts) {
    levels.push(pattern % count);
    pattern = Math.floor(pattern / count);
  }
  return levels;
}

export function isNeutral(comparison: number, level: number): boolean {
  const { levels, neutral } = comparisons[comparisonNames[comparison]!];
  return (neutral as readonly string[]).includes(levels[level]!);
}

/** More households than this on one phone make it a helper's, a shop's or a village's. */
export const sharedPhoneHouseholds = 3;

/** The agreement pattern of two records, as one number. */
export function comparePair(r: EncodedRecords, a: number, b: number): number {
  const id = compareIds(r, a, b);
  const numbersAgree = id === 1 || id === 2 || id === 3;
  const birth = numbersAgree ? 0 : compareDates(r.birth[a]!, r.birth[b]!);
  const sex = numbersAgree || r.sex[a] === 0 || r.sex[b] === 0 ? 0 : r.sex[a] === r.sex[b] ? 1 : 2;
  const together = r.household[a] === r.household[b];
  const relation = together ? 0 : compareRelations(r.relation[a]!, r.relation[b]!);
  const name = compareNames(r, a, b);
  const family = together || name > 3;
  return name + 6 * (id + 6 * (birth + 5 * (sex + 3 * (relation + 4 * (comparePhones(r, a, b, family) + 4 * comparePlaces(r, a, b, together))))));
}

function compareNames(r: EncodedRecords, a: number, b: number): number {
  if (r.name[a] === 0 || r.name[b] === 0) return 0;
  if (r.name[a] === r.name[b]) return 1;
  if (r.folded[a] === r.folded[b]) return 2;
  if (r.sound[a] === r.sound[b]) return 3;
  return nearNames(r.characters, r.folded[a]! * comparedCharacters, r.folded[b]! * comparedCharacters) ? 4 : 5;
}

/** Same surname, and of the rest one character missing, added, in the other's place, or (from three characters) different. */
function nearNames(characters: Uint16Array, a: number, b: number): boolean {
  if (characters[a] !== characters[b]) return false;
  let lengthA = 0;
  let lengthB = 0;
  while (lengthA < comparedCharacters && characters[a + lengthA] !== 0) lengthA += 1;
  while (lengthB < comparedCharacters && characters[b + lengthB] !== 0) lengthB += 1;
  if (lengthA < lengthB) {
    [a, b, lengthA, lengthB] = [b, a, lengthB, lengthA];
  }
  if (lengthA - lengthB > 1 || lengthB < 2) return false;
  let at = 0;
  while (at < lengthB && characters[a + at] === characters[b + at]) at += 1;
  if (lengthA === lengthB) {
    let different = 0;
    for (let index = at; index < lengthA; index += 1) if (characters[a + index] !== characters[b + index]) different += 1;
    if (different === 1) return lengthA >= 3;
    return different === 2 && characters[a + at] === characters[b + at + 1] && characters[a + at + 1] === characters[b + at];
  }
  for (let index = at; index < lengthB; index += 1) if (characters[a + index + 1] !== characters[b + index]) return false;
  return true;
}

function compareIds(r: EncodedRecords, a: number, b: number): number {
  const [stateA, stateB] = [r.idState[a]!, r.idState[b]!];
  if (stateA === idMissing || stateB === idMissing) return 0;
  const same = r.idHigh[a] === r.idHigh[b] && r.idLow[a] === r.idLow[b];
  const bothValid = stateA === idValid && stateB === idValid;
  if (bothValid) return same ? 1 : 4;
  // Two doubtful numbers that agree were copied from each other; one doubtful number differs in its check character only.
  if (same) return stateA === stateB ? 1 : 3;
  const text = (index: number) => String(r.idHigh[index]).padStart(9, '0') + String(r.idLow[index]).padStart(8, '0');
  const [first, second] = [text(a), text(b)];
  let different = 0;
  let at = -1;
  for (let index = 0; index < 17; index += 1) {
    if (first[index] === second[index]) continue;
    if (different === 0) at = index;
    different += 1;
    if (different > 2) return 5;
  }
  if (different === 1) return 3;
  return first[at] === second[at + 1] && first[at + 1] === second[at] ? 2 : 5;
}

/** Dates are written by hand where there is no number: one digit wrong, day and month exchanged, a year off. */
function compareDates(a: number, b: number): number {
  if (a === 0 || b === 0) return 0;
  if (a === b) return 1;
  const [yearA, yearB] = [Math.floor(a / 10_000), Math.floor(b / 10_000)];
  const [dayA, dayB] = [a % 10_000, b % 10_000];
  if (yearA === yearB && dayA % 100 === Math.floor(dayB / 100) && Math.floor(dayA / 100) === dayB % 100) return 2;
  if (dayA === dayB && Math.abs(yearA - yearB) === 1) return 2;
  let different = 0;
  for (let [left, right] = [a, b]; left > 0 || right > 0; [left, right] = [Math.floor(left / 10), Math.floor(right / 10)]) if (left % 10 !== right % 10) different += 1;
  if (different === 1) return 2;
  return yearA === yearB ? 3 : 4;
}

/** Generation of each relation against the head's own (1 is older); who heads one household may be anybody in another. */
const generation: Record<number, number> = { 2: 0, 3: -1, 4: -1, 5: 1, 6: 2, 7: -2, 8: 0 };

function compareRelations(a: number, b: number): number {
  if (a === 0 || b === 0 || a === 9 || b === 9) return 0;
  if (a === b) return 1;
  if (a === 1 || b === 1) return 2;
  return Math.abs((generation[a] ?? 0) - (generation[b] ?? 0)) <= 1 ? 2 : 3;
}

function comparePhones(r: EncodedRecords, a: number, b: number, family: boolean): number {
  const [phoneA, phoneB] = [r.phone[a]!, r.phone[b]!];
  if (phoneA === 0 || phoneB === 0) return 0;
  if (phoneA !== phoneB) return r.phoneUse[phoneA]! > sharedPhoneHouseholds || r.phoneUse[phoneB]! > sharedPhoneHouseholds ? 2 : 3;
  return family || r.phoneUse[phoneA]! > sharedPhoneHouseholds ? 2 : 1;
}

function comparePlaces(r: EncodedRecords, a: number, b: number, together: boolean): number {
  if (together) return 5;
  if (r.village[a] === 0 || r.village[b] === 0) return 0;
  if (r.village[a] === r.village[b]) return 1;
  if (r.town[a] === r.town[b]) return 2;
  return r.county[a] === r.county[b] ? 3 : 4;
}
