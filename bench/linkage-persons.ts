import { idCardCheckCharacter } from '@sunlit/kernel';
import { dateOfDay, dayOfDate, demoAsOf } from '../demo/src/calendar.ts';
import { personName, surname } from '../demo/src/names.ts';
import { Random } from '../demo/src/random.ts';
import { villagesOf } from '../demo/src/divisions.ts';
import { IdentityNumbers } from '../demo/src/synthetic-identity.ts';
import { variantsOf } from '../apps/server/src/modules/registries/record-linkage/linkage-model/character-variants.ts';
import { soundOf } from '../apps/server/src/modules/registries/record-linkage/linkage-model/encode-records.ts';
import type { LinkageRecord } from '../apps/server/src/modules/registries/record-linkage/linkage-model/linkage-record.ts';

/** Records with their truth: the same person has the same number in `person`. */
export interface PersonsWithTruth {
  readonly records: LinkageRecord[];
  readonly person: Int32Array;
  readonly truePairs: number;
}

/** Characters of given names that a clerk hears and writes differently. */
const heard = '伟玮纬炜苇强墙蔷磊蕾垒军君钧均洋阳扬杨勇永咏泳杰洁捷节明铭鸣名超朝涛韬陶平萍苹屏辉晖挥徽鹏朋彭华骅桦飞菲非妃鑫欣新心馨波博伯斌彬宾滨宇羽雨禹浩昊皓凯恺楷健建剑俊峻骏浚旭绪栩宁凝龙隆林琳霖临国帼志智治致文雯闻海成城诚承程德得春椿生声升山珊根宝保福芙贵桂富芳方娜敏闽静净靖境丽莉立力艳燕雁娟涓绢霞侠秀绣英瑛莹颖影玲灵铃凌兰岚凤奉梅玫美红虹宏洪玉钰裕婷庭雪慧惠会倩茜怡宜仪佳嘉家花莲连廉珍真贞香湘祥翔月悦岳翠云芸允巧爱艾菊淑舒书琴勤清青卿';
const homophones = new Map<string, string[]>();
for (const character of new Set(heard)) homophones.set(soundOf(character), [...(homophones.get(soundOf(character)) ?? []), character]);

const doubleShare = 0.05;

/**
 * A registry as counties keep it: households of a few persons, twins, one phone for a household, helpers' phones shared by
 * many, numbers missing or mistyped anywhere; one person in twenty stands in a second household too, with the errors that
 * let double entries through.
 */
export function generatePersons(count: number): PersonsWithTruth {
  const random = new Random(20_261_031, 7);
  const identities = new IdentityNumbers();
  const villages = villagesOf(count > 600_000 ? '32' : '3208');
  const today = dayOfDate(demoAsOf);
  const records: LinkageRecord[] = [];
  const person: number[] = [];
  let persons = 0;
  let truePairs = 0;
  const phone = () => `144${String(random.between(0, 99_999_999)).padStart(8, '0')}`;
  const helperPhones = villages.map(phone);
  const slip = (record: LinkageRecord): LinkageRecord => {
    const roll = random.next();
    return roll < 0.03 ? { ...record, idNumber: null } : roll < 0.04 ? { ...record, idNumber: oneDigitWrong(record.idNumber!, random) } : record;
  };
  for (let household = 0; records.length < count; household += 1) {
    const villageIndex = random.between(0, villages.length - 1);
    const family = surname(random);
    const ownPhone = random.chance(0.08) ? helperPhones[villageIndex]! : random.chance(0.1) ? null : phone();
    const size = random.between(1, 5);
    let twin: { day: number; name: string } | undefined;
    for (let member = 0; member < size && records.length < count; member += 1) {
      const sex = random.chance(0.5) ? 'male' : 'female';
      const relation = member === 0 ? '01' : member === 1 ? '02' : member === 4 ? '05' : '03';
      const age = relation === '03' ? random.between(0, 35) : relation === '05' ? random.between(60, 92) : random.between(30, 75);
      const day = twin?.day ?? today - age * 365 - random.between(0, 364);
      // Twins share all but one character of their names.
      const name = twin ? [...twin.name].slice(0, -1).join('') + random.pick([...heard]) : personName(random, relation === '02' ? surname(random) : family, sex);
      twin = relation === '03' && !twin && random.chance(0.02) ? { day, name } : undefined;
      const record: LinkageRecord = { name, idNumber: identities.take(day, sex), birthDate: dateOfDay(day), sexCode: sex === 'male' ? '1' : '2', relationCode: relation, phone: ownPhone, householdId: String(household), regionCode: villages[villageIndex]!.code };
      records.push(slip(record));
      person.push(persons);
      if (random.chance(doubleShare / (1 + doubleShare)) && records.length < count) {
        records.push(doubled(record, { household: `double-${household}-${member}`, villageIndex, villages, helperPhones, phone, random }));
        person.push(persons);
        truePairs += 1;
      }
      persons += 1;
    }
  }
  return { records, person: Int32Array.from(person), truePairs };
}

interface Doubling {
  household: string;
  villageIndex: number;
  villages: ReturnType<typeof villagesOf>;
  helperPhones: readonly string[];
  phone: () => string;
  random: Random;
}

function doubled(record: LinkageRecord, { household, villageIndex, villages, helperPhones, phone, random }: Doubling): LinkageRecord {
  const roll = random.next();
  const number = record.idNumber!;
  const old = number.slice(6, 8) === '19' ? number.slice(0, 6) + number.slice(8, 17) : number;
  const idNumber = roll < 0.35 ? number : roll < 0.53 ? oneDigitWrong(number, random) : roll < 0.65 ? transposed(number, random) : roll < 0.7 ? old : null;
  const moved = random.next();
  const place = moved < 0.55 ? villageIndex : moved < 0.8 ? Math.min(villages.length - 1, villageIndex + random.between(1, 6)) : random.between(0, villages.length - 1);
  const call = random.next();
  return {
    name: miswritten(record.name, random),
    idNumber,
    birthDate: idNumber === null ? miswrittenDate(record.birthDate!, random) : record.birthDate,
    sexCode: random.chance(0.005) ? (record.sexCode === '1' ? '2' : '1') : record.sexCode,
    relationCode: random.chance(0.5) ? record.relationCode : random.pick(['01', '02', '03', '05']),
    phone: call < 0.45 ? record.phone : call < 0.65 ? null : call < 0.75 ? helperPhones[place]! : phone(),
    householdId: household,
    regionCode: villages[place]!.code,
  };
}

function oneDigitWrong(number: string, random: Random): string {
  const at = random.between(0, 16);
  return number.slice(0, at) + String((Number(number[at]) + random.between(1, 9)) % 10) + number.slice(at + 1);
}

function transposed(number: string, random: Random): string {
  const places = Array.from({ length: 16 }, (_, at) => at).filter((at) => number[at] !== number[at + 1]);
  const at = random.pick(places);
  const swapped = number.slice(0, at) + number[at + 1]! + number[at]! + number.slice(at + 2);
  if (idCardCheckCharacter(swapped) === swapped[17]) throw new Error('A transposition always breaks the check character');
  return swapped;
}

function miswritten(name: string, random: Random): string {
  const characters = [...name];
  const roll = random.next();
  const at = random.between(1, characters.length - 1);
  if (roll < 0.1) characters[at] = random.pick(homophones.get(soundOf(characters[at]!)) ?? [characters[at]!]);
  else if (roll < 0.16) {
    const variants = characters.map(variantsOf);
    const place = variants.findIndex((own) => own.length > 0);
    if (place >= 0) characters[place] = random.pick(variants[place]!);
  } else if (roll < 0.19 && characters.length > 2) characters.splice(at, 1);
  else if (roll < 0.21) characters[at] = random.pick([...heard]);
  return characters.join('');
}

function miswrittenDate(date: string, random: Random): string | null {
  const roll = random.next();
  const [year, month, day] = date.split('-') as [string, string, string];
  if (roll < 0.03) return null;
  if (roll < 0.07 && Number(day) <= 12) return `${year}-${day}-${month}`;
  if (roll < 0.12) return `${Number(year) + (random.chance(0.5) ? 1 : -1)}-${month}-${day}`;
  if (roll < 0.16) return `${year}-${month}-${String((Number(day) % 28) + 1).padStart(2, '0')}`;
  return date;
}
