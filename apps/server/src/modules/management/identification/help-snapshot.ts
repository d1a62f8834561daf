import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { sql } from 'kysely';
import type { Actor } from '#platform/authorization/actor.ts';
import { inSnapshot } from '#platform/database/transaction.ts';
import { decryptOptional } from '#platform/personal-data/cipher.ts';
import { help } from './definitions.ts';

export interface HelpSnapshot {
  files: { identified_households: string };
  rows: { identified_households: number };
}

interface Row {
  household_id: string;
  county_code: string;
  region_code: string;
  entered_on: string;
  risks_enc: Buffer | null;
  kinds: string[];
}

/** What cross-checks may see of help, as of a day: counts and days. Which risk it is (illness is health) stays encrypted. */
export async function writeHelpSnapshot(actor: Actor, asOf: string, folder: string): Promise<HelpSnapshot> {
  const rows = await inSnapshot(actor, async (trx) => {
    const found = await sql<Row>`
      SELECT DISTINCT ON (p.household_id) p.household_id, p.county_code, p.region_code, (p.closed_at AT TIME ZONE 'Asia/Shanghai')::date AS entered_on, p.risks_enc,
        (SELECT coalesce(array_agg(m.kind), '{}') FROM identification.measure m WHERE m.household_id = p.household_id AND m.promised_on <= ${asOf}::date AND m.state <> 'dropped') AS kinds
      FROM identification.procedure p WHERE p.outcome = 'entered' AND (p.closed_at AT TIME ZONE 'Asia/Shanghai')::date <= ${asOf}::date
        AND NOT EXISTS (SELECT 1 FROM identification.procedure out WHERE out.household_id = p.household_id AND out.outcome = 'exited' AND out.closed_at > p.closed_at AND (out.closed_at AT TIME ZONE 'Asia/Shanghai')::date <= ${asOf}::date)
      ORDER BY p.household_id, p.closed_at DESC`.execute(trx);
    return found.rows;
  });
  const answers = new Map(help().measures.map((measure) => [measure.code, measure.answers]));
  const lines = rows.map((row) => {
    const kept = decryptOptional('case-form', row.risks_enc);
    const risks = kept ? (JSON.parse(kept) as string[]) : [];
    const unanswered = risks.filter((risk) => !row.kinds.some((kind) => answers.get(kind)?.includes(risk)));
    return [row.household_id, row.county_code, row.region_code, row.entered_on, risks.length, unanswered.length, row.kinds.length].join(',');
  });
  const path = join(folder, 'identified_households.csv');
  await writeFile(path, ['household_id,county_code,region_code,entered_on,risks,unanswered_risks,measures', ...lines, ''].join('\n'), { mode: 0o600 });
  return { files: { identified_households: path }, rows: { identified_households: rows.length } };
}
