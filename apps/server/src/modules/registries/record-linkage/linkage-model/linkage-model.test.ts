import { idCardCheckCharacter } from '@sunlit/kernel';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { blockKeys, eachPair } from './blocking.ts';
import { foldVariants } from './character-variants.ts';
import { comparePair, comparisonNames, comparisons, levelsOf, type ComparisonName } from './comparisons.ts';
import { encodeRecords } from './encode-records.ts';
import { expectedErrors } from './expected-errors.ts';
import { idNumberVariants } from './id-number-variants.ts';
import type { LinkageRecord } from './linkage-record.ts';
import { explainPair, linkRecords } from './link-records.ts';

const idNumber = (first17: string) => first17 + idCardCheckCharacter(first17);
const own = idNumber('39990019600315001');
const base: LinkageRecord = { name: '王丽华', idNumber: own, birthDate: '1960-03-15', sexCode: '2', relationCode: '01', phone: '14400000001', householdId: 'a', regionCode: '320826101201' };
const other: LinkageRecord = { ...base, householdId: 'b' };
const without = { idNumber: null } as const;

function levels(first: Partial<LinkageRecord>, second: Partial<LinkageRecord>, more: LinkageRecord[] = []): Record<ComparisonName, string> {
  const records = [{ ...base, ...first }, { ...other, ...second }, ...more];
  const found = levelsOf(comparePair(encodeRecords(records, records.length), 0, 1));
  return Object.fromEntries(comparisonNames.map((name, index) => [name, comparisons[name].levels[found[index]!]])) as Record<ComparisonName, string>;
}

describe('names', () => {
  it.each([
    ['王丽华', '王 丽华', 'same'],
    ['阿依古丽·买买提', '阿依古丽•买买提', 'same'],
    ['王丽华', '王麗華', 'variant'],
    ['陈群', '陳羣', 'variant'],
    ['王丽华', '王莉华', 'homophone'],
    ['张玮', '章伟', 'homophone'],
    ['王丽华', '王丽', 'one-character'],
    ['王丽华', '王华丽', 'one-character'],
    ['王丽华', '王丽芳', 'one-character'],
    ['王丽华', '李丽华', 'other'],
    ['王丽', '王芳', 'other'],
    ['喆', '哲', 'homophone'],
    ['', '王丽', 'missing'],
  ])('%s and %s: %s', (first, second, level) => expect(levels({ name: first }, { name: second }).name).toBe(level));

  it('keeps apart what became a name of its own', () => {
    expect(foldVariants('王喆')).toBe('王喆');
    expect(foldVariants('張麗')).toBe('张丽');
  });
});

describe('identity numbers', () => {
  const transposed = `${own.slice(0, 12)}${own[13]}${own[12]}${own.slice(14)}`;
  it.each([
    [own, own, 'same'],
    [own, `${own.slice(0, 6)}${own.slice(8, 17)}`, 'same'],
    [own, transposed, 'transposed'],
    [own, `${own.slice(0, 15)}${(Number(own[15]) + 1) % 10}${own.slice(16)}`, 'one-digit'],
    [own, `${own.slice(0, 17)}${own[17] === '1' ? '2' : '1'}`, 'one-digit'],
    // A twin's number differs in one digit and is valid: not a slip of the pen.
    [own, idNumber('39990019600315003'), 'other-both-valid'],
    [own, '39990019600315', 'missing'],
    [own, '3.9990019600315E+17', 'missing'],
    [own, null, 'missing'],
  ])('%s and %s: %s', (first, second, level) => expect(levels({ idNumber: first }, { idNumber: second })['id-number']).toBe(level));

  it('a slip of the pen can be taken back: the number meant is always among the variants', () => {
    const numbers = fc.tuple(fc.date({ min: new Date('1900-01-01'), max: new Date('2026-01-01'), noInvalidDate: true }), fc.integer({ min: 0, max: 999 })).map(([date, serial]) => idNumber(`399900${date.toISOString().slice(0, 10).replaceAll('-', '')}${String(serial).padStart(3, '0')}`));
    fc.assert(
      fc.property(numbers, fc.nat(16), fc.integer({ min: 1, max: 9 }), fc.nat(15), (number, at, by, swap) => {
        const slipped = number.slice(0, at) + String((Number(number[at]) + by) % 10) + number.slice(at + 1);
        expect(idNumberVariants(slipped).map(({ value }) => value)).toContain(number);
        const swapped = number.slice(0, swap) + number[swap + 1]! + number[swap]! + number.slice(swap + 2);
        expect(idNumberVariants(swapped).map(({ value }) => value)).toContain(number);
        expect(idNumberVariants(number)).toEqual([{ value: number, kind: 'as-written' }]);
        expect(idNumberVariants(slipped).length).toBeLessThan(60);
      }),
      { numRuns: 300 },
    );
  });
});

describe('the rest', () => {
  it.each([
    ['1960-03-15', '1960-03-15', 'same'],
    ['1960-03-05', '1960-05-03', 'close'],
    ['1960-03-15', '1961-03-15', 'close'],
    ['1960-03-15', '1960-03-18', 'close'],
    ['1960-03-15', '1960-11-28', 'same-year'],
    ['1960-03-15', '1971-10-28', 'other'],
    ['1960-03-15', null, 'missing'],
  ])('born %s and %s: %s', (first, second, level) => expect(levels({ ...without, birthDate: first }, { ...without, birthDate: second })['birth-date']).toBe(level));

  it.each([
    ['01', '01', 'same'],
    ['03', '01', 'possible'],
    ['07', '05', 'contradictory'],
    ['09', '01', 'missing'],
  ])('relations %s and %s: %s', (first, second, level) => expect(levels({ relationCode: first }, { relationCode: second }).relation).toBe(level));

  it('a phone says nothing when a helper lends it to many, when relatives with other names share it, or in one household', () => {
    expect(levels({}, {}).phone).toBe('same');
    expect(levels({}, { phone: '14400000002' }).phone).toBe('other');
    expect(levels({}, {}, ['c', 'd', 'e'].map((householdId) => ({ ...base, householdId }))).phone).toBe('shared');
    expect(levels({}, { name: '王丽芳' }).phone).toBe('shared');
    expect(levels({}, { householdId: 'a' })).toMatchObject({ phone: 'shared', place: 'same-household', relation: 'missing' });
  });

  it.each([
    ['320826101202', 'same-town'],
    ['320826102201', 'same-county'],
    ['320804101201', 'elsewhere'],
  ])('a place in %s: %s', (regionCode, level) => expect(levels({}, { regionCode }).place).toBe(level));
});

it('a pair looks the same from both sides', () => {
  const record = fc.record({
    name: fc.constantFrom('王丽', '王丽华', '王莉华', '李伟', '李偉', ''),
    idNumber: fc.constantFrom(own, idNumber('39990019600315003'), `${own.slice(0, 17)}#`, '399900196003150011', null),
    birthDate: fc.constantFrom('1960-03-15', '1960-05-03', '1985-12-12', null),
    sexCode: fc.constantFrom('1', '2', null),
    relationCode: fc.constantFrom('01', '03', '07', null),
    phone: fc.constantFrom('14400000001', '14400000002', null),
    householdId: fc.constantFrom('a', 'b', 'c'),
    regionCode: fc.constantFrom('320826101201', '320826101202', '320804001001'),
  });
  fc.assert(
    fc.property(fc.array(record, { minLength: 2, maxLength: 12 }), (records) => {
      const encoded = encodeRecords(records, records.length);
      expect(comparePair(encoded, 0, 1)).toBe(comparePair(encoded, 1, 0));
    }),
  );
});

it('blocks hold every two records with one key, each pair once, and none without a key', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 40 }), { maxLength: 300 }), (numbers) => {
      const keys = Float64Array.from(numbers, (number) => number * 2 ** 33);
      const pairs: string[] = [];
      eachPair(keys, (a, b) => pairs.push(`${Math.min(a, b)}-${Math.max(a, b)}`));
      const expected: string[] = [];
      for (let a = 0; a < keys.length; a += 1) for (let b = a + 1; b < keys.length; b += 1) if (keys[a] !== 0 && keys[a] === keys[b]) expected.push(`${a}-${b}`);
      expect(pairs.toSorted()).toEqual(expected.toSorted());
    }),
  );
});

describe('a small registry', () => {
  const families = '王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗';
  const given = '伟强磊军洋勇杰涛明超芳娜敏静丽艳娟霞秀英';
  const people = Array.from({ length: 400 }, (_, index): LinkageRecord => {
    const born = `${1940 + (index % 60)}-${String((index % 12) + 1).padStart(2, '0')}-${String(((index * 7) % 28) + 1).padStart(2, '0')}`;
    return { name: families[index % 20]! + given[Math.floor(index / 20)]!, idNumber: idNumber(`399900${born.replaceAll('-', '')}${String(index).padStart(3, '0')}`), birthDate: born, sexCode: String((index % 2) + 1), relationCode: '01', phone: `1440000${String(index).padStart(4, '0')}`, householdId: String(index), regionCode: `3208261012${String(index % 40).padStart(2, '0')}` };
  });
  const twice: LinkageRecord = { ...people[7]!, idNumber: null, phone: null, householdId: 'again', name: foldVariants(people[7]!.name) };
  const twin: LinkageRecord = { ...people[9]!, idNumber: idNumber(`${people[9]!.idNumber!.slice(0, 14)}777`), householdId: 'twin', name: `${people[9]!.name}芳` };
  const records = [...people, twice, twin];
  const encoded = encodeRecords(records, records.length);
  const linkage = linkRecords(encoded);
  const weightOf = (a: number, b: number) => {
    for (let index = 0; index < linkage.candidates.count; index += 1) if (linkage.candidates.a[index] === a && linkage.candidates.b[index] === b) return linkage.weights[index]!;
    return undefined;
  };

  it('finds who stands in it twice and leaves twins alone', () => {
    expect(weightOf(7, 400)).toBeGreaterThan(3);
    expect(weightOf(9, 401)).toBeLessThan(0);
    expect(linkage.weights.filter((weight) => weight > 0)).toHaveLength(1);
  });

  it('explains a weight in steps that add up, without a value of a record', () => {
    const steps = explainPair(encoded, linkage.model, 7, 400);
    expect(steps.reduce((sum, { weight }) => sum + weight, 0)).toBeCloseTo(weightOf(7, 400)!, 3);
    expect(steps.find(({ part }) => part === 'id-number')).toEqual({ part: 'id-number', level: 'missing', weight: 0 });
    expect(JSON.stringify(steps)).not.toMatch(/399900|1440000|[一-龥]/u);
  });

  it('expects fewer mistakes and more misses from a higher threshold', () => {
    const [low, high] = [expectedErrors(linkage.weights, 0.5), expectedErrors(linkage.weights, 0.99)];
    expect(high.precision).toBeGreaterThanOrEqual(low.precision);
    expect(high.recall).toBeLessThanOrEqual(low.recall);
  });

  it('has a pair for every double entry that one rule can see', () => {
    expect(blockKeys(encoded).some((keys) => keys[7] !== 0 && keys[7] === keys[400])).toBe(true);
  });
});

it('finds nothing in an empty registry and in one of one', () => {
  for (const records of [[], [base]]) expect(linkRecords(encodeRecords(records, records.length)).candidates.count).toBe(0);
});
