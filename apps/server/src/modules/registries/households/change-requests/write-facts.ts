import { newId } from '@sunlit/kernel';
import { sql } from 'kysely';
import type { Trx } from '#platform/database/transaction.ts';
import { decryptOptional, encryptOptional } from '#platform/personal-data/cipher.ts';
import { sameValue, type WriteContext } from './change-kind.ts';

export interface DatedFields {
  labour: string | null;
  student: string | null;
  education: string | null;
  health: string[];
  residentMedicalInsured: boolean | null;
  employeeMedicalInsured: boolean | null;
}

/** What the registry knows of a person between two days. */
export interface FactSegment extends DatedFields {
  id: string | null;
  from: string;
  to: string | null;
  source: string;
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
  valid_to: string | null;
  source: string;
}

export async function readFacts(trx: Trx, personId: string): Promise<FactSegment[]> {
  const { rows } = await sql<FactRow>`SELECT * FROM households.person_fact WHERE person_id = ${personId} AND superseded_at IS NULL ORDER BY valid_from, recorded_at`.execute(trx);
  return rows.map((row) => ({
    id: row.id,
    from: row.valid_from,
    to: row.valid_to,
    source: row.source,
    labour: row.labour_code,
    student: row.student_code,
    education: row.education_code,
    health: decryptOptional('health', row.health_enc)?.split(',').filter((code) => code !== '') ?? [],
    residentMedicalInsured: row.resident_medical_insured,
    employeeMedicalInsured: row.employee_medical_insured,
  }));
}

/** What holds on a day; before the first record, what that says. */
export function factsOn(segments: readonly FactSegment[], day: string): FactSegment | undefined {
  return segments.findLast((one) => one.from <= day && (one.to === null || one.to > day)) ?? segments.find((one) => one.from > day);
}

/**
 * Cuts the segments at a day and sets fields from there on. A field is carried on into later segments as long as they say
 * what was said before: what somebody recorded for a later day stands.
 */
export function cutFacts(segments: readonly FactSegment[], day: string, set: Partial<DatedFields>): { ended: string[]; added: FactSegment[] } {
  const base = factsOn(segments, day);
  const carried = { ...set } as Record<string, DatedFields[keyof DatedFields]>;
  const ended: string[] = [];
  const added: FactSegment[] = [];
  const later = segments.filter((one) => one.to === null || one.to > day);
  const first = later[0];
  if (!first) return { ended, added: [{ labour: null, student: null, education: null, health: [], residentMedicalInsured: null, employeeMedicalInsured: null, ...base, ...set, id: null, from: day, to: null, source: 'officer' }] };
  if (first.from > day) added.push({ ...first, ...set, id: null, from: day, to: first.from, source: 'officer' });
  for (const segment of later) {
    const values = segment as unknown as Record<string, DatedFields[keyof DatedFields]>;
    const before = (base ?? segment) as unknown as Record<string, DatedFields[keyof DatedFields]>;
    for (const field of Object.keys(carried)) if (!sameValue(values[field] ?? null, before[field] ?? null)) delete carried[field];
    if (Object.keys(carried).length === 0) break;
    ended.push(segment.id!);
    if (segment.from < day) added.push({ ...segment, id: null, to: day });
    added.push({ ...segment, ...carried, id: null, from: segment.from < day ? day : segment.from, source: 'officer' });
  }
  return { ended, added };
}

export async function writeFacts({ trx, actor, household, effectiveOn, requestId }: WriteContext, personId: string, set: Partial<DatedFields>): Promise<void> {
  const { ended, added } = cutFacts(await readFacts(trx, personId), effectiveOn, set);
  await sql`UPDATE households.person_fact SET superseded_at = now(), superseded_by_change = ${requestId} WHERE id = ANY (${ended}::uuid[])`.execute(trx);
  for (const one of added) {
    await sql`INSERT INTO households.person_fact (county_code, id, person_id, responsible_region_code, labour_code, student_code, education_code, health_enc, resident_medical_insured, employee_medical_insured, valid_from, valid_to, source, recorded_by, change_id)
      VALUES (${household.county_code}, ${newId()}, ${personId}, ${household.responsible_region_code}, ${one.labour}, ${one.student}, ${one.education}, ${encryptOptional('health', one.health.join(','))},
        ${one.residentMedicalInsured}, ${one.employeeMedicalInsured}, ${one.from}, ${one.to}, ${one.source}, ${actor.accountId}, ${requestId})`.execute(trx);
  }
}
