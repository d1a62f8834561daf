import { idCardCheckCharacter, isCalendarDate, normaliseIdCardNumber, normaliseName, parseIdCardNumber } from '@sunlit/kernel';
import { pinyin } from 'pinyin-pro';
import { foldVariants } from './character-variants.ts';
import type { LinkageRecord } from './linkage-record.ts';

/** How far an identity number can be trusted: a wrong digit always breaks the check character. */
export const idMissing = 0;
export const idDoubtful = 1;
export const idValid = 2;

/** Characters of a name that are compared one by one. */
export const comparedCharacters = 8;

/** Records as columns of numbers, so that millions of pairs can be compared without touching text. 0 = missing. */
export interface EncodedRecords {
  readonly count: number;
  readonly name: Int32Array;
  readonly folded: Int32Array;
  readonly sound: Int32Array;
  readonly surname: Uint16Array;
  /** sounds of the characters of each distinct folded name, `comparedCharacters` each */
  readonly characters: Uint16Array;
  readonly foldedUse: Int32Array;
  readonly soundUse: Int32Array;
  readonly idState: Uint8Array;
  /** digits 1–9 and 10–17; the check character follows from them */
  readonly idHigh: Int32Array;
  readonly idLow: Int32Array;
  /** YYYYMMDD */
  readonly birth: Int32Array;
  readonly sex: Uint8Array;
  readonly relation: Uint8Array;
  readonly phone: Int32Array;
  /** households that use each phone */
  readonly phoneUse: Int32Array;
  readonly household: Int32Array;
  readonly village: Int32Array;
  readonly town: Int32Array;
  readonly county: Int32Array;
}

interface NameCodes {
  name: number;
  folded: number;
  sound: number;
  surname: number;
}

class Codes {
  readonly #codes = new Map<string, number>();
  of(text: string): number {
    const known = this.#codes.get(text);
    if (known !== undefined) return known;
    this.#codes.set(text, this.#codes.size + 1);
    return this.#codes.size;
  }
}

const sounds = new Map<string, string>();
/** Pinyin without tone of one character; a character without a reading sounds like itself. */
export function soundOf(character: string): string {
  let sound = sounds.get(character);
  if (sound === undefined) sounds.set(character, (sound = pinyin(character, { toneType: 'none', v: true }).toLowerCase() || character));
  return sound;
}

const notName = /[·•.\s]/gu;

export function encodeRecords(records: Iterable<LinkageRecord>, count: number): EncodedRecords {
  const ints = () => new Int32Array(count);
  const out = { name: ints(), folded: ints(), sound: ints(), surname: new Uint16Array(count), idState: new Uint8Array(count), idHigh: ints(), idLow: ints(), birth: ints(), sex: new Uint8Array(count), relation: new Uint8Array(count), phone: ints(), household: ints(), village: ints(), town: ints(), county: ints() };
  const codes = { folded: new Codes(), sound: new Codes(), character: new Codes(), phone: new Codes(), household: new Codes(), village: new Codes() };
  /** names repeat: each is read once, by how it came and by how it is written without dots and spaces */
  const names = new Map<string, NameCodes>();
  const writings = new Map<string, NameCodes>([['', { name: 0, folded: 0, sound: 0, surname: 0 }]]);
  const characters: number[] = Array.from({ length: comparedCharacters }, () => 0);
  const foldedUse: number[] = [0];
  const soundUse: number[] = [0];
  const phoneHouseholds = new Set<number>();
  const phoneUse: number[] = [0];
  const readName = (text: string): NameCodes => {
    const written = normaliseName(text).replace(notName, '');
    const known = writings.get(written);
    if (known) return known;
    const standard = foldVariants(written);
    const spoken = [...standard].map(soundOf);
    const folded = codes.folded.of(standard);
    if (folded * comparedCharacters === characters.length) for (let at = 0; at < comparedCharacters; at += 1) characters.push(at < spoken.length ? codes.character.of(spoken[at]!) : 0);
    const name = { name: writings.size, folded, sound: codes.sound.of(spoken.join(' ')), surname: characters[folded * comparedCharacters]! };
    writings.set(written, name);
    return name;
  };
  let index = 0;
  for (const record of records) {
    let name = names.get(record.name);
    if (!name) names.set(record.name, (name = readName(record.name)));
    out.name[index] = name.name;
    out.folded[index] = name.folded;
    out.sound[index] = name.sound;
    out.surname[index] = name.surname;
    foldedUse[name.folded] = (foldedUse[name.folded] ?? 0) + 1;
    soundUse[name.sound] = (soundUse[name.sound] ?? 0) + 1;
    const id = readId(record.idNumber);
    out.idState[index] = id.state;
    out.idHigh[index] = id.high;
    out.idLow[index] = id.low;
    out.birth[index] = record.birthDate ? Number(record.birthDate.replaceAll('-', '')) : id.birth;
    out.sex[index] = Number(record.sexCode ?? 0) || id.sex;
    out.relation[index] = Number(record.relationCode ?? 0) || 0;
    const household = codes.household.of(record.householdId);
    out.household[index] = household;
    if (record.phone) {
      const phone = codes.phone.of(record.phone);
      out.phone[index] = phone;
      const use = phone * 2 ** 24 + household;
      if (!phoneHouseholds.has(use)) {
        phoneHouseholds.add(use);
        phoneUse[phone] = (phoneUse[phone] ?? 0) + 1;
      }
    }
    out.village[index] = codes.village.of(record.regionCode);
    out.town[index] = Number(record.regionCode.slice(0, 9));
    out.county[index] = Number(record.regionCode.slice(0, 6));
    index += 1;
  }
  if (index !== count) throw new RangeError(`Expected ${count} records, got ${index}`);
  return { count, ...out, characters: Uint16Array.from(characters), foldedUse: Int32Array.from(foldedUse), soundUse: Int32Array.from(soundUse), phoneUse: Int32Array.from(phoneUse) };
}

const nothing = { state: idMissing, high: 0, low: 0, birth: 0, sex: 0 };

function readId(text: string | null): { state: number; high: number; low: number; birth: number; sex: number } {
  if (!text) return nothing;
  const plain = /^\d{17}[\dX]$/u.test(text) && idCardCheckCharacter(text) === text[17] && isCalendarDate(`${text.slice(6, 10)}-${text.slice(10, 12)}-${text.slice(12, 14)}`);
  if (plain) return { state: idValid, high: Number(text.slice(0, 9)), low: Number(text.slice(9, 17)), birth: Number(text.slice(6, 14)), sex: Number(text[16]) % 2 === 1 ? 1 : 2 };
  const parsed = parseIdCardNumber(text);
  if (parsed.ok) return { state: idValid, high: Number(parsed.value.slice(0, 9)), low: Number(parsed.value.slice(9, 17)), birth: Number(parsed.birthDate.replaceAll('-', '')), sex: Number(parsed.sexCode) };
  const written = normaliseIdCardNumber(text);
  const first17 = /^\d{15}$/u.test(written) ? `${written.slice(0, 6)}19${written.slice(6)}` : written.slice(0, 17);
  // Digits that a spreadsheet lost cannot be compared.
  if (parsed.problem === 'lost-digits' || !/^\d{17}$/u.test(first17)) return nothing;
  return { state: idDoubtful, high: Number(first17.slice(0, 9)), low: Number(first17.slice(9)), birth: 0, sex: 0 };
}
