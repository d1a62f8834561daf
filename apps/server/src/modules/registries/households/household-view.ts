import type { HouseholdView } from '@sunlit/api-spec';
import { ageOn, formatYuan, maskIdCardNumber, maskName, maskPhoneNumber } from '@sunlit/kernel';
import type { Actor } from '#platform/authorization/actor.ts';
import { labelOf, type DictionaryCode } from '#platform/configuration/dictionaries.ts';
import type { Locale } from '#platform/http/locale.ts';
import { decryptOptional } from '#platform/personal-data/cipher.ts';
import type { DatedReader } from './dated-values/read-dated-values.ts';
import type { HouseholdRow, IncomeRow, MemberRow } from './household-store.ts';

/** Names are read in full by those who work with the household and by itself, masked by everyone else. */
export function nameFor(actor: Actor, name: string): string {
  return actor.onlyHousehold !== undefined || actor.permissions.has('household.change') ? name : maskName(name);
}

export function coded(dictionary: DictionaryCode, code: string | null, locale: Locale): { code: string; label: string } | null {
  return code === null ? null : { code, label: labelOf(dictionary, code, locale) };
}

/** A member as they were called, registered and reached then. */
export function memberThen(row: MemberRow, said: DatedReader): MemberRow {
  const id = row.person_id;
  const number = said.kept(id, 'idNumber', row.id_number_enc);
  return {
    ...row,
    name: said.text(id, 'name', row.name) ?? row.name,
    id_number_enc: number,
    id_number_problem: number === row.id_number_enc ? row.id_number_problem : number ? null : 'empty',
    sex_code: said.text(id, 'sex', row.sex_code),
    birth_date: said.text(id, 'birthDate', row.birth_date),
    ethnicity: said.text(id, 'ethnicity', row.ethnicity),
    phone_enc: said.kept(id, 'phone', row.phone_enc),
  };
}

export function memberOf(actor: Actor, row: MemberRow, asOf: string, locale: Locale): HouseholdView['members'][number] {
  const idNumber = decryptOptional('id-number', row.id_number_enc);
  const phone = decryptOptional('phone', row.phone_enc);
  const health = actor.permissions.has('person.read-health') ? decryptOptional('health', row.health_enc) : null;
  return {
    personId: row.person_id,
    name: nameFor(actor, row.name),
    idNumberMasked: idNumber ? maskIdCardNumber(idNumber) : '—',
    idNumberProblem: row.id_number_problem,
    sex: coded('sex', row.sex_code, locale),
    age: row.birth_date ? ageOn(row.birth_date, asOf) : null,
    relation: coded('relation', row.relation_code, locale),
    ethnicity: row.ethnicity,
    labour: coded('labour', row.labour_code, locale),
    student: coded('student', row.student_code, locale),
    health: !actor.permissions.has('person.read-health') ? null : health ? health.split(',').map((code) => ({ code, label: labelOf('health', code, locale) })) : [],
    education: coded('education', row.education_code, locale),
    residentMedicalInsured: row.resident_medical_insured,
    employeeMedicalInsured: row.employee_medical_insured,
    phoneMasked: phone ? maskPhoneNumber(phone) : null,
    from: row.valid_from,
    to: row.valid_to,
    leftReason: row.left_reason ? labelOf('leaving', row.left_reason, locale) : null,
  };
}

/** How things stand, in one sentence an officer can read aloud. */
export function householdSentence(facts: { head: string; members: number; status: string; since: string | null; programmes: string[]; income: IncomeRow | undefined }, locale: Locale): string {
  if (locale === 'en') {
    return [
      `The household of ${facts.head} has ${facts.members} member${facts.members === 1 ? '' : 's'}`,
      facts.since ? `${facts.status} since ${facts.since}` : facts.status,
      facts.programmes.length > 0 ? `receives ${facts.programmes.join(', ')}` : 'receives no benefit on record',
      facts.income?.per_capita_fen != null ? `income per head in ${facts.income.year}: ${formatYuan(facts.income.per_capita_fen)} yuan` : undefined,
    ].filter(Boolean).join('; ').concat('.');
  }
  return [
    `${facts.head}家 ${facts.members} 口人`,
    facts.since ? `${facts.since} 起为${facts.status}` : `现为${facts.status}`,
    facts.programmes.length > 0 ? `正在享受${facts.programmes.join('、')}` : '没有登记享受的待遇',
    facts.income?.per_capita_fen != null ? `${facts.income.year} 年人均纯收入 ${formatYuan(facts.income.per_capita_fen)} 元` : undefined,
  ].filter(Boolean).join('，').concat('。');
}

export function itemOf(actor: Actor, row: HouseholdRow, name: (code: string) => { code: string; name: string; fullName: string }, locale: Locale) {
  return {
    id: row.id,
    number: row.number,
    headName: nameFor(actor, row.head_name),
    region: name(row.responsible_region_code),
    status: { code: row.status_code, label: labelOf('household-status', row.status_code, locale) },
    statusFrom: row.status_from,
    memberCount: row.member_count,
    incomePerCapitaFen: row.income_per_capita_fen,
  };
}
