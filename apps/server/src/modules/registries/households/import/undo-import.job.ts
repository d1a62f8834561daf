import { recordAudit } from '#platform/audit/record-audit.ts';
import type { Actor } from '#platform/authorization/actor.ts';
import { withExclusiveLock } from '#platform/database/exclusive-lock.ts';
import { inTransaction, withCopyClient } from '#platform/database/transaction.ts';
import { jobLock, type JobPayload } from '#platform/jobs/jobs.ts';
import { decryptValue } from '#platform/personal-data/cipher.ts';
import { runTask } from '#platform/tasks/tasks.ts';
import type { PoolClient } from 'pg';
import { listReferredHouseholds } from './household-references.ts';
import { appendProblems, getBatch, setBatch, type ImportBatch } from './import-store.ts';
import { factTables } from './registry-tables.ts';
import { TokenStage } from './write-search-tokens.ts';

type ImportJob = Pick<JobPayload, 'subjectId' | 'taskId'>;

const chunk = 2000;

/**
 * Job `household-import-undo`: takes a batch back in one transaction. Its own rows go, what it superseded is open again.
 * A household that somebody changed since, or that would vanish although a finding or another sheet is about it, is left
 * as it is and listed.
 */
export async function takeBackImport(actor: Actor, job: ImportJob): Promise<void> {
  await withExclusiveLock(jobLock('household-import-undo', job.subjectId), () => takeBackOnce(actor, job));
}

async function takeBackOnce(actor: Actor, { subjectId, taskId }: ImportJob): Promise<void> {
  const batch = await inTransaction(actor, (trx) => getBatch(trx, subjectId));
  if (batch.state !== 'undoing') return;
  await runTask(actor, taskId, async ({ report }) => {
    try {
      const blocked = await withCopyClient(actor, { snapshot: false }, (client) => takeBack(client, batch, () => report(0.5)));
      await inTransaction(actor, async (trx) => {
        await appendProblems(trx, batch.id, blocked.map((number) => ({ row: 0, column: '户编号', field: 'number', code: 'undo-blocked' as const, value: number })));
        await recordAudit(trx, actor, { action: 'household.import.undone', objectKind: 'household-import', objectId: batch.id, regionCode: batch.region_code, details: { blocked: blocked.length } });
      });
    } catch (error) {
      await inTransaction(actor, (trx) => setBatch(trx, batch.id, { state: 'applied' }));
      throw error;
    }
  });
}

async function takeBack(client: PoolClient, batch: ImportBatch, onProgress: () => Promise<void>): Promise<string[]> {
  await client.query(`SELECT pg_advisory_xact_lock(hashtext('household-import'))`);
  await client.query(`SET LOCAL work_mem = '128MB'`);
  const kept = await listNeeded(client, batch.id);
  const { rows: blocked } = await client.query<{ number: string }>(
    `SELECT h.number FROM households.import_undo u JOIN households.household h ON h.id = u.household_id AND h.county_code = u.county_code
     WHERE u.import_id = $1 AND (h.version <> u.version_after OR h.id = ANY ($2::uuid[])) ORDER BY 1`,
    [batch.id, kept],
  );
  await client.query(
    `CREATE TEMP TABLE undone ON COMMIT DROP AS SELECT u.county_code, u.household_id, u.created FROM households.import_undo u
     JOIN households.household h ON h.id = u.household_id AND h.county_code = u.county_code WHERE u.import_id = $1 AND h.version = u.version_after AND h.id <> ALL ($2::uuid[])`,
    [batch.id, kept],
  );
  await client.query('ANALYZE undone');
  await removeOwnRows(client, batch.id);
  await onProgress();
  const restored = await restoreChanged(client, batch.id);
  await client.query(`DELETE FROM households.household h USING undone d WHERE d.created AND h.id = d.household_id AND h.county_code = d.county_code`);
  const tokens = new TokenStage(client);
  await tokens.open();
  await client.query(`DELETE FROM households.search_token t USING undone d WHERE d.created AND t.household_id = d.household_id`);
  await tokens.replace(restored);
  await client.query(`DELETE FROM households.import_undo u USING undone d WHERE u.import_id = $1 AND u.household_id = d.household_id`, [batch.id]);
  await client.query(`UPDATE households.import_batch SET state = 'undone' WHERE id = $1`, [batch.id]);
  return blocked.map(({ number }) => number);
}

/** Households that this import brought and that something else is about by now. */
async function listNeeded(client: PoolClient, importId: string): Promise<string[]> {
  const created = await client.query<{ id: string }>('SELECT household_id AS id FROM households.import_undo WHERE import_id = $1 AND created', [importId]);
  const attached = await client.query<{ id: string }>(
    `SELECT DISTINCT s.household_id AS id FROM households.source_row s JOIN households.import_undo u ON u.household_id = s.household_id AND u.county_code = s.county_code
     WHERE u.import_id = $1 AND u.created AND s.import_id <> $1`,
    [importId],
  );
  const authorising = await client.query<{ id: string }>(
    `SELECT DISTINCT a.household_id AS id FROM households.authorisation a JOIN households.import_undo u ON u.household_id = a.household_id AND u.county_code = a.county_code WHERE u.import_id = $1 AND u.created`,
    [importId],
  );
  const proposed = await client.query<{ id: string }>(
    `SELECT DISTINCT c.household_id AS id FROM households.change_request c JOIN households.import_undo u ON u.household_id = c.household_id AND u.county_code = c.county_code WHERE u.import_id = $1 AND u.created`,
    [importId],
  );
  const referred = await listReferredHouseholds(created.rows.map(({ id }) => id));
  return [...referred, ...[...attached.rows, ...authorising.rows, ...proposed.rows].map(({ id }) => id)];
}

async function removeOwnRows(client: PoolClient, importId: string): Promise<void> {
  for (const table of factTables) {
    const ofHousehold = table === 'person_fact' ? `t.person_id IN (SELECT p.id FROM households.person p JOIN undone d ON d.household_id = p.household_id)` : `t.household_id IN (SELECT household_id FROM undone)`;
    await client.query(`DELETE FROM households.${table} t WHERE t.import_id = $1 AND ${ofHousehold}`, [importId]);
    await client.query(`UPDATE households.${table} t SET superseded_at = NULL, superseded_by_import = NULL WHERE t.superseded_by_import = $1 AND ${ofHousehold}`, [importId]);
  }
  const subjects = `SELECT household_id FROM undone UNION ALL SELECT p.id FROM households.person p JOIN undone d ON d.household_id = p.household_id`;
  await client.query(`DELETE FROM households.dated_value v WHERE v.import_id = $1 AND v.subject_id IN (${subjects})`, [importId]);
  await client.query(`UPDATE households.dated_value v SET superseded_at = NULL, superseded_by_import = NULL WHERE v.superseded_by_import = $1 AND v.subject_id IN (${subjects})`, [importId]);
  await client.query(`DELETE FROM households.dated_value v WHERE v.subject_id IN (SELECT household_id FROM undone WHERE created UNION ALL SELECT p.id FROM households.person p JOIN undone d ON d.household_id = p.household_id WHERE p.import_id = $1)`, [importId]);
  await client.query(`DELETE FROM households.source_row s WHERE s.import_id = $1 AND (s.household_id IS NULL OR s.household_id IN (SELECT household_id FROM undone)
    OR NOT EXISTS (SELECT 1 FROM households.import_undo u WHERE u.import_id = $1 AND u.household_id = s.household_id))`, [importId]);
  await client.query(`DELETE FROM households.person p USING undone d WHERE p.household_id = d.household_id AND p.import_id = $1`, [importId]);
}

/** Gives changed households and persons their old values back; an earlier import stays undoable after this one. */
async function restoreChanged(client: PoolClient, importId: string): Promise<string[]> {
  const { rows } = await client.query<{ household_id: string }>('SELECT household_id FROM undone WHERE NOT created');
  const ids = rows.map((row) => row.household_id);
  for (let start = 0; start < ids.length; start += chunk) {
    const part = ids.slice(start, start + chunk);
    const kept = await client.query<{ before_enc: Buffer }>('SELECT before_enc FROM households.import_undo WHERE import_id = $1 AND household_id = ANY ($2::uuid[])', [importId, part]);
    const before = kept.rows.map((row) => JSON.parse(decryptValue('undo', row.before_enc)) as { household: unknown; persons: unknown[] });
    await client.query(
      `UPDATE households.import_undo u SET version_after = h.version + 1 FROM jsonb_populate_recordset(NULL::households.household, $1::jsonb) b JOIN households.household h ON h.id = b.id AND h.county_code = b.county_code
       WHERE u.household_id = b.id AND u.import_id <> $2 AND u.version_after = b.version`,
      [JSON.stringify(before.map((one) => one.household)), importId],
    );
    await client.query(
      `UPDATE households.household h SET (number, historical_region_code, head_name, address_enc, phone_enc, bank_name, account_enc, account_key, status_code, status_from, member_count, income_year, income_per_capita_fen,
           source_import_id, source_row, import_template, imported_as_of, content_hash, version, changed_at)
         = (b.number, b.historical_region_code, b.head_name, b.address_enc, b.phone_enc, b.bank_name, b.account_enc, b.account_key, b.status_code, b.status_from, b.member_count, b.income_year, b.income_per_capita_fen,
           b.source_import_id, b.source_row, b.import_template, b.imported_as_of, b.content_hash, h.version + 1, now())
       FROM jsonb_populate_recordset(NULL::households.household, $1::jsonb) b WHERE h.id = b.id AND h.county_code = b.county_code`,
      [JSON.stringify(before.map((one) => one.household))],
    );
    await client.query(
      `UPDATE households.person p SET (name, name_key, id_number_enc, person_key, id_number_problem, document_type, birth_date, sex_code, id_region_code, ethnicity, phone_enc, content_hash)
         = (b.name, b.name_key, b.id_number_enc, b.person_key, b.id_number_problem, b.document_type, b.birth_date, b.sex_code, b.id_region_code, b.ethnicity, b.phone_enc, b.content_hash)
       FROM jsonb_populate_recordset(NULL::households.person, $1::jsonb) b WHERE p.id = b.id AND p.county_code = b.county_code`,
      [JSON.stringify(before.flatMap((one) => one.persons))],
    );
  }
  return ids;
}
