import { sql } from 'kysely';
import { recordAudit } from '#platform/audit/record-audit.ts';
import { systemActor } from '#platform/authorization/actor.ts';
import { today } from '#platform/clock/today.ts';
import { inTransaction } from '#platform/database/transaction.ts';
import { removeStoredFile } from '#platform/files/stored-files.ts';
import { insertStep } from './notice-store.ts';

const portion = 200;

/**
 * Takes notices down whose last day has passed, and deletes rows and files of those kept long enough (《个人信息保护法》第十九条).
 * Being late does no harm: nothing past its last day is readable anyway. The trail of every notice stays.
 */
export async function keepNotices(on: string = today()): Promise<void> {
  await inTransaction(systemActor, async (trx) => {
    const { rows } = await sql<{ county_code: string; id: string; region_code: string }>`
      UPDATE publication.notice SET state = 'ended', closed_on = ends_on, version = version + 1 WHERE state = 'published' AND ends_on < ${on}::date RETURNING county_code, id, region_code`.execute(trx);
    for (const row of rows) {
      await insertStep(trx, systemActor, row, 'end');
      await recordAudit(trx, systemActor, { action: 'notice.end', objectKind: 'notice', objectId: row.id, regionCode: row.region_code });
    }
  });
  const files = await inTransaction(systemActor, async (trx) => {
    const { rows } = await sql<{ county_code: string; id: string; region_code: string }>`
      UPDATE publication.notice SET forgotten_at = now(), version = version + 1 WHERE (county_code, id) IN (
        SELECT county_code, id FROM publication.notice WHERE forgotten_at IS NULL AND closed_on IS NOT NULL AND closed_on + retention_days < ${on}::date LIMIT ${portion}) RETURNING county_code, id, region_code`.execute(trx);
    const ids = rows.map((row) => row.id);
    if (ids.length === 0) return [];
    await sql`DELETE FROM publication.entry WHERE notice_id = ANY (${ids}::uuid[])`.execute(trx);
    const removed = await sql<{ file_id: string }>`UPDATE publication.attachment SET state = 'removed', removed_at = coalesce(removed_at, now()) WHERE notice_id = ANY (${ids}::uuid[]) RETURNING file_id`.execute(trx);
    for (const row of rows) {
      await insertStep(trx, systemActor, row, 'forget');
      await recordAudit(trx, systemActor, { action: 'notice.forget', objectKind: 'notice', objectId: row.id, regionCode: row.region_code });
    }
    return removed.rows.map((row) => row.file_id);
  });
  for (const file of files) await removeStoredFile(file);
}

