import { householdChanged, type BodyOf, type changeHouseholdStatus as statusEndpoint, type changePerson as personEndpoint, type endMembership as leaveEndpoint } from '@sunlit/api-spec';
import { newId, parsePhoneNumber } from '@sunlit/kernel';
import { sql } from 'kysely';
import { recordAudit } from '#platform/audit/record-audit.ts';
import type { Actor } from '#platform/authorization/actor.ts';
import { authorize } from '#platform/authorization/authorize.ts';
import { runCommand } from '#platform/commands/run-command.ts';
import { dictionary, type DictionaryCode } from '#platform/configuration/dictionaries.ts';
import type { Trx } from '#platform/database/transaction.ts';
import { AppError } from '#platform/errors.ts';
import { publish } from '#platform/events/publish.ts';
import { encryptOptional } from '#platform/personal-data/cipher.ts';
import { applyHouseholdStatus } from './apply-household-status.ts';
import { findHousehold, findPerson, raiseVersion, type PersonRow } from './household-store.ts';

const done = { ok: true as const };

export function requireCode(code: DictionaryCode, path: string, value: string | null | undefined): void {
  if (value != null && !dictionary(code).some((entry) => entry.code === value)) throw new AppError('request-invalid', undefined, { fields: [{ path, message: '不在可选范围内。' }] });
}

async function requirePerson(trx: Trx, actor: Actor, personId: string): Promise<PersonRow> {
  const person = await findPerson(trx, personId);
  if (!person) throw new AppError('not-found');
  authorize(actor, 'household.change', { regionCode: person.responsible_region_code });
  if (actor.ownHouseholds.includes(person.household_id)) throw new AppError('conflict-of-interest');
  return person;
}

interface FactRow {
  id: string;
  labour_code: string | null;
  student_code: string | null;
  education_code: string | null;
  health_enc: Buffer | null;
  resident_medical_insured: boolean | null;
  employee_medical_insured: boolean | null;
  valid_from: string;
}

/** Corrects facts from a day on. The old row stays, superseded: what was known before can still be read. */
export async function changePerson(actor: Actor, personId: string, command: BodyOf<typeof personEndpoint>): Promise<typeof done> {
  requireCode('labour', 'labour', command.labour);
  requireCode('student', 'student', command.student);
  requireCode('education', 'education', command.education);
  for (const value of command.health ?? []) requireCode('health', 'health', value);
  return runCommand(actor, 'person.change', { ...command, personId } as typeof command & { personId: string }, async (trx) => {
    const person = await requirePerson(trx, actor, personId);
    if (!(await raiseVersion(trx, person.household_id, command.expectedVersion))) throw new AppError('version-conflict');
    if (command.phone !== undefined) {
      const phone = command.phone === null || command.phone === '' ? null : parsePhoneNumber(command.phone);
      if (phone && !phone.ok) throw new AppError('request-invalid', undefined, { fields: [{ path: 'phone', message: '手机号码应为 11 位数字。' }] });
      await sql`UPDATE households.person SET phone_enc = ${encryptOptional('phone', phone?.value)} WHERE id = ${personId}`.execute(trx);
    }
    const { rows } = await sql<FactRow>`SELECT * FROM households.person_fact WHERE person_id = ${personId} AND superseded_at IS NULL AND (valid_to IS NULL OR valid_to > ${command.effectiveFrom}::date) ORDER BY valid_from`.execute(trx);
    const base = rows.filter((row) => row.valid_from <= command.effectiveFrom).at(-1) ?? rows[0];
    const pick = <Value>(given: Value | undefined, old: Value | null | undefined): Value | null => (given === undefined ? (old ?? null) : given);
    await sql`UPDATE households.person_fact SET superseded_at = now() WHERE person_id = ${personId} AND superseded_at IS NULL AND (valid_to IS NULL OR valid_to > ${command.effectiveFrom}::date)`.execute(trx);
    if (base && base.valid_from < command.effectiveFrom) {
      await sql`INSERT INTO households.person_fact (county_code, id, person_id, responsible_region_code, labour_code, student_code, education_code, health_enc, resident_medical_insured, employee_medical_insured, valid_from, valid_to, source, recorded_by)
        SELECT county_code, ${newId()}::uuid, person_id, responsible_region_code, labour_code, student_code, education_code, health_enc, resident_medical_insured, employee_medical_insured, valid_from, ${command.effectiveFrom}::date, source, ${actor.accountId}::uuid
        FROM households.person_fact WHERE id = ${base.id} AND county_code = ${person.county_code}`.execute(trx);
    }
    await sql`INSERT INTO households.person_fact (county_code, id, person_id, responsible_region_code, labour_code, student_code, education_code, health_enc, resident_medical_insured, employee_medical_insured, valid_from, source, recorded_by)
      VALUES (${person.county_code}, ${newId()}, ${personId}, ${person.responsible_region_code}, ${pick(command.labour, base?.labour_code)}, ${pick(command.student, base?.student_code)}, ${pick(command.education, base?.education_code)},
        ${command.health === undefined ? (base?.health_enc ?? null) : encryptOptional('health', command.health.join(','))},
        ${pick(command.residentMedicalInsured, base?.resident_medical_insured)}, ${pick(command.employeeMedicalInsured, base?.employee_medical_insured)}, ${command.effectiveFrom}, 'officer', ${actor.accountId})`.execute(trx);
    await recordAudit(trx, actor, { action: 'person.change', objectKind: 'person', objectId: personId, householdId: person.household_id, regionCode: person.responsible_region_code, reason: command.reason });
    await publish(trx, actor, householdChanged, { subject: person.household_id, payload: { householdId: person.household_id, change: 'person' } });
    return done;
  });
}

/** A person leaves the household on a day. The membership is closed, never removed. */
export async function endMembership(actor: Actor, personId: string, command: BodyOf<typeof leaveEndpoint>): Promise<typeof done> {
  return runCommand(actor, 'person.leave', { ...command, personId } as typeof command & { personId: string }, async (trx) => {
    const person = await requirePerson(trx, actor, personId);
    const { rows } = await sql<{ id: string; valid_from: string }>`SELECT id, valid_from FROM households.membership WHERE person_id = ${personId} AND superseded_at IS NULL AND valid_to IS NULL FOR UPDATE`.execute(trx);
    const open = rows[0];
    if (!open) throw new AppError('wrong-state', '此人已不在户内。');
    if (open.valid_from > command.on) throw new AppError('request-invalid', undefined, { fields: [{ path: 'on', message: `不能早于入户日期 ${open.valid_from}。` }] });
    await sql`UPDATE households.membership SET superseded_at = now() WHERE id = ${open.id}`.execute(trx);
    await sql`INSERT INTO households.membership (county_code, id, household_id, person_id, responsible_region_code, relation_code, valid_from, valid_to, left_reason)
      SELECT county_code, ${newId()}::uuid, household_id, person_id, responsible_region_code, relation_code, valid_from, ${command.on}::date, ${command.reason} FROM households.membership WHERE id = ${open.id}`.execute(trx);
    await sql`UPDATE households.household SET member_count = greatest(member_count - 1, 0), version = version + 1, changed_at = now() WHERE id = ${person.household_id}`.execute(trx);
    await recordAudit(trx, actor, { action: 'person.leave', objectKind: 'person', objectId: personId, householdId: person.household_id, regionCode: person.responsible_region_code, reason: command.note || command.reason });
    await publish(trx, actor, householdChanged, { subject: person.household_id, payload: { householdId: person.household_id, change: 'member-left' } });
    return done;
  });
}

export async function changeHouseholdStatus(actor: Actor, householdId: string, command: BodyOf<typeof statusEndpoint>): Promise<typeof done> {
  requireCode('household-status', 'status', command.status);
  return runCommand(actor, 'household.status', { ...command, householdId } as typeof command & { householdId: string }, async (trx) => {
    const household = await findHousehold(trx, householdId);
    if (!household) throw new AppError('not-found');
    authorize(actor, 'household.change', { regionCode: household.responsible_region_code });
    if (actor.ownHouseholds.includes(householdId)) throw new AppError('conflict-of-interest');
    await applyHouseholdStatus(trx, actor, household, command);
    return done;
  });
}
