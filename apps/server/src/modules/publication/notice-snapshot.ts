import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { sql } from 'kysely';
import type { Actor } from '#platform/authorization/actor.ts';
import { inSnapshot, type Trx } from '#platform/database/transaction.ts';
import type { NoticeRow } from './notice-store.ts';
import { scanNotice } from './scan-notice.ts';
import { mergeLeaks, scanText, type Leak } from './scan-text.ts';

export interface NoticeSnapshot {
  files: { leaking_notices: string };
  rows: { leaking_notices: number };
}

/** So many notices are read at a time. */
const portion = 500;

type Standing = Pick<NoticeRow, 'id' | 'county_code' | 'region_code' | 'number' | 'note' | 'contact'> & { starts_on: string; ends_on: string; entries: Record<string, string>[]; file_names: string[]; file_leaks: Leak[] };

/**
 * Notices that stand on a day, searched again with what is known today: a number that a pattern of before let through, or
 * that came in another way than through the lock. What a second person saw in a picture is not looked at again.
 */
export async function writeNoticeSnapshot(actor: Actor, asOf: string, folder: string): Promise<NoticeSnapshot> {
  const lines = await inSnapshot(actor, async (trx) => {
    const found: string[] = [];
    for (let after: string | undefined; ; ) {
      const rows = await listStandingOn(trx, asOf, after);
      for (const row of rows) for (const leak of leaksOf(row)) found.push([row.id, row.county_code, row.region_code, row.number, row.starts_on, row.ends_on, leak.kind, leak.count].join(','));
      if (rows.length < portion) return found;
      after = rows.at(-1)!.id;
    }
  });
  const path = join(folder, 'leaking_notices.csv');
  await writeFile(path, ['notice_id,county_code,region_code,number,starts_on,ends_on,leak_kind,places', ...lines, ''].join('\n'), { mode: 0o600 });
  return { files: { leaking_notices: path }, rows: { leaking_notices: lines.length } };
}

function leaksOf(row: Standing): Leak[] {
  // words of illness in a file were looked at by a person, who let it stand
  const ofFiles = row.file_leaks.filter(({ kind }) => kind !== 'illness');
  return mergeLeaks([...scanNotice(row, row.entries.map((field_values) => ({ field_values }))), ...row.file_names.flatMap(scanText), ...ofFiles]);
}

async function listStandingOn(trx: Trx, on: string, after: string | undefined): Promise<Standing[]> {
  const { rows } = await sql<Standing>`
    SELECT n.id, n.county_code, n.region_code, n.number, n.note, n.contact, n.starts_on, n.ends_on,
      coalesce((SELECT jsonb_agg(e.field_values) FROM publication.entry e WHERE e.notice_id = n.id), '[]') AS entries,
      coalesce((SELECT jsonb_agg(a.file_name) FROM publication.attachment a WHERE a.notice_id = n.id AND a.state <> 'removed'), '[]') AS file_names,
      coalesce((SELECT jsonb_agg(l) FROM publication.attachment a, jsonb_array_elements(a.leaks) l WHERE a.notice_id = n.id AND a.state <> 'removed'), '[]') AS file_leaks
    FROM publication.notice n WHERE n.state = 'published' AND n.starts_on <= ${on}::date AND n.ends_on >= ${on}::date ${after ? sql`AND n.id > ${after}::uuid` : sql``} ORDER BY n.id LIMIT ${portion}`.execute(trx);
  return rows;
}
