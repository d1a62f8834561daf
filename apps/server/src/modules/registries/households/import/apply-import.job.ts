import { setImmediate } from 'node:timers/promises';
import { householdsImported } from '@sunlit/api-spec';
import { recordAudit } from '#platform/audit/record-audit.ts';
import type { Actor } from '#platform/authorization/actor.ts';
import { withExclusiveLock } from '#platform/database/exclusive-lock.ts';
import { inTransaction, withCopyClient } from '#platform/database/transaction.ts';
import { publishThrough } from '#platform/events/publish.ts';
import { jobLock, type JobPayload } from '#platform/jobs/jobs.ts';
import { encryptValue } from '#platform/personal-data/cipher.ts';
import { getKeyring } from '#platform/personal-data/keyring.ts';
import { Pseudonymiser } from '#platform/personal-data/pseudonymiser.ts';
import { runTask, TaskCancelled, type TaskProgress } from '#platform/tasks/tasks.ts';
import type { PoolClient } from 'pg';
import type { HouseholdDraft } from './household-draft.ts';
import { breathHouseholds, HouseholdWriter, type WriteCounts } from './household-writer.ts';
import { getBatch, setBatch, type ImportBatch } from './import-store.ts';
import { openDrafts, removeDrafts } from './kept-drafts.ts';
import { withImportFile, type OpenImport } from './open-import.ts';
import type { Recognition } from './recognise-columns.ts';
import { RegistryTables } from './registry-tables.ts';
import { findHeads } from './registry-state.ts';
import { TokenStage } from './write-search-tokens.ts';

type ImportJob = Pick<JobPayload, 'subjectId' | 'taskId'>;

const chunkHouseholds = 1000;

class HasErrors extends Error {}

/** Where the households to write come from: kept by the checking, or read from the file again. */
interface DraftSource extends Pick<Recognition, 'template' | 'attaches'> {
  /** null: a household with errors */
  drafts: AsyncIterable<HouseholdDraft | null>;
}

/** Job `household-import-apply`: writes everything in one transaction, so that a crash at any moment leaves nothing half done. */
export async function writeImport(actor: Actor, job: ImportJob, onProgress?: (share: number) => void): Promise<void> {
  await withExclusiveLock(jobLock('household-import-apply', job.subjectId), () => writeImportOnce(actor, job, onProgress));
}

async function writeImportOnce(actor: Actor, { subjectId, taskId }: ImportJob, onProgress?: (share: number) => void): Promise<void> {
  const batch = await inTransaction(actor, (trx) => getBatch(trx, subjectId));
  if (batch.state !== 'applying') return;
  const back = (failure: string | null) => inTransaction(actor, (trx) => setBatch(trx, batch.id, { state: 'checked', failure }));
  await runTask(actor, taskId, async ({ report }) => {
    const progress: TaskProgress = {
      report: async (share, message) => {
        onProgress?.(share);
        await report(share, message);
      },
    };
    try {
      const kept = await openDrafts(batch.id);
      const counts = kept ? await apply(actor, batch, kept, progress) : await withImportFile(actor, batch, (open) => apply(actor, batch, readAgain(batch, open), progress));
      await inTransaction(actor, (trx) => recordAudit(trx, actor, { action: 'household.import.applied', objectKind: 'household-import', objectId: batch.id, regionCode: batch.region_code, details: { ...counts } }));
    } catch (error) {
      if (error instanceof HasErrors) return back('has-errors');
      await back(error instanceof TaskCancelled ? null : 'interrupted');
      throw error;
    } finally {
      // After a failure the file is read again: what was kept may have been the reason. Not being able to remove it undoes nothing.
      await removeDrafts(batch.id).catch(() => undefined);
    }
  });
}

async function apply(actor: Actor, batch: ImportBatch, source: DraftSource, progress: TaskProgress): Promise<WriteCounts> {
  return withCopyClient(actor, { snapshot: false }, async (client) => {
    // Two imports never write at once: each must see what the other wrote.
    await client.query(`SELECT pg_advisory_xact_lock(hashtext('household-import'))`);
    await client.query(`SET LOCAL work_mem = '128MB'`);
    const tables = await RegistryTables.open(client, batch.id);
    const counts = source.attaches === 'nothing' ? await writeHouseholds(client, tables, actor, batch, source, progress) : await attachRows(client, tables, batch, source);
    await client.query(
      `UPDATE households.import_batch SET state = 'applied', failure = NULL, applied_at = now(),
         report = jsonb_set(report, '{counts}', (report -> 'counts') || jsonb_build_object('newHouseholds', $2::int, 'changedHouseholds', $3::int, 'unchangedHouseholds', $4::int, 'newPersons', $5::int, 'changedPersons', $6::int)) WHERE id = $1`,
      [batch.id, counts.fresh, counts.changed, counts.unchanged, counts.newPersons, counts.changedPersons],
    );
    await publishThrough(client, actor, householdsImported, { subject: batch.id, payload: { importId: batch.id } });
    return counts;
  });
}

function readAgain(batch: ImportBatch, open: OpenImport): DraftSource {
  const listener = {
    scattered: new Set(batch.report?.scattered ?? []),
    onScattered: () => {
      throw new Error('The file is not the one that was checked.');
    },
    onProblem: () => undefined,
    onUnknownCode: () => undefined,
  };
  const read = async function* (): AsyncGenerator<HouseholdDraft | null> {
    for await (const { draft, failed } of open.read(listener)) yield failed ? null : draft;
  };
  return { template: open.recognition.template, attaches: open.recognition.attaches, drafts: read() };
}

async function* goodHouseholds(batch: ImportBatch, source: DraftSource): AsyncGenerator<HouseholdDraft> {
  for await (const draft of source.drafts) {
    if (draft) yield draft;
    else if (batch.mode === 'all-or-nothing') throw new HasErrors();
  }
}

async function writeHouseholds(client: PoolClient, tables: RegistryTables, actor: Actor, batch: ImportBatch, source: DraftSource, progress: TaskProgress): Promise<WriteCounts> {
  const tokens = new TokenStage(client);
  await tokens.open();
  const writer = new HouseholdWriter({
    client, tables, batch, actor, template: source.template, pseudonymiser: new Pseudonymiser(getKeyring().pseudonymKey),
    onNew: (place, draft) => tokens.add(place, { number: draft.number, members: draft.persons.map(({ name, idNumber, personKey }) => ({ name, personKey, lastFour: idNumber?.slice(-4) ?? null })) }),
  });
  const total = Math.max(1, batch.report?.counts.rows ?? 1);
  let rows = 0;
  let chunk: HouseholdDraft[] = [];
  // The next households are read and prepared while the database writes the last ones.
  let writing: Promise<void> = Promise.resolve();
  const flush = async () => {
    const ready = chunk;
    chunk = [];
    await writer.prepare(ready);
    await writing;
    writing = tables.flush().then(() => tokens.flush());
    // noticed at the next `await writing`
    writing.catch(() => undefined);
    await progress.report(Math.min(0.9, (rows / total) * 0.9), String(rows));
  };
  try {
    for await (const draft of goodHouseholds(batch, source)) {
      chunk.push(draft);
      rows += draft.persons.length;
      if (chunk.length % breathHouseholds === 0) await setImmediate();
      if (chunk.length >= chunkHouseholds) await flush();
    }
    await flush();
  } finally {
    // the connection is rolled back only when nothing uses it any more
    await writing;
  }
  await tokens.write();
  await tokens.replace(writer.changedIds);
  return writer.counts;
}

/** Sheets without persons of their own: every row is kept, encrypted, with the household or village it is about. */
async function attachRows(client: PoolClient, tables: RegistryTables, batch: ImportBatch, source: DraftSource): Promise<WriteCounts> {
  const { template, attaches } = source;
  const counts: WriteCounts = { fresh: 0, changed: 0, unchanged: 0, newPersons: 0, changedPersons: 0 };
  let chunk: HouseholdDraft[] = [];
  const flush = async () => {
    const heads = attaches === 'household' ? await findHeads(client, chunk) : new Map<string, { id: string }>();
    const kept = await client.query<{ key: string }>(
      `SELECT DISTINCT k.region || '|' || k.number AS key FROM unnest($1::text[], $2::text[], $3::uuid[], $4::bytea[]) AS k (region, number, id, hash)
       JOIN households.source_row s ON s.responsible_region_code = k.region AND s.household_id IS NOT DISTINCT FROM k.id AND s.template = $5 AND s.content_hash = k.hash`,
      [chunk.map((one) => one.regionCode), chunk.map((one) => one.number), chunk.map((one) => heads.get(`${one.regionCode}|${one.number}`)?.id ?? null), chunk.map((one) => one.hash), template],
    );
    const same = new Set(kept.rows.map(({ key }) => key));
    for (const draft of chunk) {
      const key = `${draft.regionCode}|${draft.number}`;
      const household = heads.get(key)?.id ?? null;
      if (attaches === 'household' && household === null) {
        if (batch.mode === 'all-or-nothing') throw new HasErrors();
        continue;
      }
      if (same.has(key)) {
        counts.unchanged += 1;
        continue;
      }
      counts.changed += 1;
      for (const { row, unmapped } of draft.persons) {
        tables.insert('source_row', [draft.countyCode, batch.id, household, null, draft.regionCode, row, template, unmapped ? encryptValue('source-row', JSON.stringify(unmapped)) : null, draft.hash]);
      }
    }
    await tables.flush();
    chunk = [];
  };
  for await (const draft of goodHouseholds(batch, source)) if (chunk.push(draft) >= chunkHouseholds) await flush();
  await flush();
  return counts;
}
