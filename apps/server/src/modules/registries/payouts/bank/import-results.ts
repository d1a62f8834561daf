import { readFile } from 'node:fs/promises';
import { id as idSchema, type BankOutcome, type ResponseOf, type importPayoutResults as endpoint } from '@sunlit/api-spec';
import { newId } from '@sunlit/kernel';
import { sql } from 'kysely';
import { recordAudit } from '#platform/audit/record-audit.ts';
import type { Actor } from '#platform/authorization/actor.ts';
import { authorize } from '#platform/authorization/authorize.ts';
import { today } from '#platform/clock/today.ts';
import { runCommand } from '#platform/commands/run-command.ts';
import type { Trx } from '#platform/database/transaction.ts';
import { AppError } from '#platform/errors.ts';
import type { Upload } from '#platform/http/endpoint-route.ts';
import { withoutPersonalData } from '#platform/logging/log.ts';
import { listPostings, type Posting } from '#modules/registries/funds/index.ts';
import { getBatch, listBatchLines, requireState, type BatchRow, type LineRow } from '../batches/batch-store.ts';
import { judgeRecord, type LineChange } from './apply-results.ts';
import { hashOf, keepBankFile } from './bank-file-store.ts';
import { refuseFile } from './bank-file-error.ts';
import { postPayments } from './post-payments.ts';
import { readResultFile, type BankRecord } from './read-result-file.ts';
import { referenceOf } from './write-bank-file.ts';

type Answer = ResponseOf<typeof endpoint>;
const largestFile = 50 * 1024 * 1024;

/** Takes the bank's answer for a batch: each record is judged, the lines move, the ledger follows; all in one transaction. */
export async function importResults(actor: Actor, id: string, upload: Upload): Promise<Answer> {
  if (upload.size > largestFile) throw new AppError('too-large');
  const sent = idSchema.safeParse(upload.fields['commandId'] ?? newId());
  if (!sent.success) throw new AppError('request-invalid', undefined, { fields: [{ path: 'commandId', message: '操作编号不正确。' }] });
  const content = await readFile(upload.path);
  const sha256 = hashOf(content);
  return runCommand(actor, 'payout.results', { commandId: sent.data, id, sha256 } as { commandId: string }, async (trx) => {
    const batch = await getBatch(trx, id, { lock: true });
    authorize(actor, 'payout.send', { regionCode: batch.region_code });
    requireState(batch, 'sent', 'settled');
    const audit = (details: Record<string, string | number | boolean>) => recordAudit(trx, actor, { action: 'payout.results', objectKind: 'payout-batch', objectId: id, regionCode: batch.region_code, details });
    const before = await sql<{ id: string; outcomes: Record<string, number> }>`SELECT id, outcomes FROM payouts.bank_file WHERE batch_id = ${id} AND sha256 = ${sha256} AND direction = 'in'`.execute(trx);
    if (before.rows[0]) {
      await audit({ alreadyImported: true });
      return { fileId: before.rows[0].id, alreadyImported: true, outcomes: before.rows[0].outcomes, state: batch.state };
    }
    const file = readResultFile(content);
    if (file.batch !== null && file.batch !== batch.number) refuseFile(`文件是批次 ${file.batch.slice(0, 24)} 的，不是这一批次的，没有导入。`);
    if (file.records.some((record) => record.day > today())) refuseFile('文件里有晚于今天的日期，没有导入。');
    const judged = await judge(trx, batch, file.records, file.batch === null);
    const outcomes = Object.fromEntries([...Map.groupBy(judged.records, ({ outcome }) => outcome)].map(([outcome, all]) => [outcome, all.length]));
    const fileId = await keepBankFile(trx, actor, batch, { direction: 'in', format: file.format, file_name: upload.fileName, record_count: file.records.length, total_fen: file.totalFen, outcomes, content });
    await insertRecords(trx, batch, fileId, judged.records);
    await settle(trx, actor, batch, judged);
    const left = await sql<{ sent: number }>`SELECT count(*)::int AS sent FROM payouts.line WHERE batch_id = ${id} AND state = 'sent'`.execute(trx);
    const state = left.rows[0]!.sent === 0 ? 'settled' : batch.state;
    await sql`UPDATE payouts.batch SET state = ${state}, settled_at = CASE WHEN ${state} = 'settled' THEN coalesce(settled_at, now()) END WHERE id = ${id}`.execute(trx);
    await audit({ ...outcomes, file: fileId });
    return { fileId, alreadyImported: false, outcomes, state };
  });
}

interface Judged {
  records: { record: BankRecord; outcome: BankOutcome; line: LineRow | undefined }[];
  changes: LineChange[];
  postings: ReadonlyMap<string, Posting>;
}

/** A statement of the account also holds what is of other batches: that is left for them. */
async function judge(trx: Trx, batch: BatchRow, records: readonly BankRecord[], isStatement: boolean): Promise<Judged> {
  const byReference = new Map((await listBatchLines(trx, batch.id)).map((line) => [referenceOf(line.id), line]));
  const successors = await findSuccessors(trx, batch.id);
  const elsewhere = isStatement ? await findElsewhere(trx, records.map((record) => record.reference).filter((reference) => !byReference.has(reference))) : new Set<string>();
  const postings = await listPostings(trx, [...byReference.values(), ...successors.values()].flatMap((line) => line.transaction_id ?? []));
  const states = new Map<string, LineRow['state']>();
  const changes = new Map<string, LineChange>();
  const judged: Judged['records'] = [];
  for (const record of records) {
    if (elsewhere.has(record.reference)) continue;
    const line = byReference.get(record.reference);
    const { outcome, changes: own } = judgeRecord(record, line, (one) => states.get(one.id) ?? one.state, (lineId) => successors.get(lineId));
    for (const change of own) {
      states.set(change.line.id, change.state);
      changes.set(change.line.id, change);
    }
    // a person had taken the posting back before: the line comes back all the same, the ledger stays as they left it
    const takenBack = outcome === 'returned' && postings.get(line?.transaction_id ?? '')?.reversed === true;
    judged.push({ record, outcome: takenBack ? 'returned-after-reversal' : outcome, line });
  }
  return { records: judged, changes: [...changes.values()], postings };
}

/** The last of the lines that were issued instead of one of these, locked: nobody sends it meanwhile. */
async function findSuccessors(trx: Trx, batchId: string): Promise<Map<string, LineRow>> {
  const { rows } = await sql<LineRow & { first_id: string }>`
    WITH RECURSIVE chain (first_id, id) AS (
      SELECT l.id, n.id FROM payouts.line l JOIN payouts.line n ON n.reissues_id = l.id AND n.state <> 'withdrawn' WHERE l.batch_id = ${batchId} AND l.state = 're-issued'
      UNION ALL SELECT c.first_id, n.id FROM chain c JOIN payouts.line n ON n.reissues_id = c.id AND n.state <> 'withdrawn')
    SELECT c.first_id, l.* FROM chain c JOIN payouts.line l ON l.id = c.id WHERE l.state <> 're-issued' FOR UPDATE OF l`.execute(trx);
  return new Map(rows.map((row) => [row.first_id, row]));
}

async function findElsewhere(trx: Trx, references: readonly string[]): Promise<Set<string>> {
  const ids = references.filter((reference) => /^[0-9a-f]{32}$/.test(reference));
  const { rows } = await sql<{ id: string }>`SELECT id FROM payouts.line WHERE id = ANY (${ids}::uuid[])`.execute(trx);
  return new Set(rows.map((row) => referenceOf(row.id)));
}

/** What a bank writes may hold a number that belongs to nobody's eyes, or characters no database stores. */
const kept = (text: string, most: number) => withoutPersonalData(text.replace(/\p{Cc}/gu, ' ').trim()).slice(0, most);

async function insertRecords(trx: Trx, batch: BatchRow, fileId: string, records: Judged['records']): Promise<void> {
  await sql`
    INSERT INTO payouts.bank_record (county_code, file_id, ordinal, region_code, batch_id, line_id, reference, outcome, amount_fen, bank_code, bank_text, day)
    SELECT ${batch.county_code}, ${fileId}::uuid, ordinal, ${batch.region_code}, ${batch.id}::uuid, line, reference, outcome, amount, code, text, day
    FROM unnest(${records.map(({ line }) => line?.id ?? null)}::uuid[], ${records.map(({ record, line }) => (line ? referenceOf(line.id) : kept(record.reference, 40)))}::text[], ${records.map(({ outcome }) => outcome)}::text[], ${records.map(({ record }) => record.amountFen)}::bigint[],
      ${records.map(({ record }) => kept(record.code, 20))}::text[], ${records.map(({ record }) => kept(record.text, 200))}::text[], ${records.map(({ record }) => record.day)}::date[]) WITH ORDINALITY AS t (line, reference, outcome, amount, code, text, day, ordinal)`.execute(trx);
}

async function settle(trx: Trx, actor: Actor, batch: BatchRow, { changes, postings }: Judged): Promise<void> {
  if (changes.length === 0) return;
  await sql`
    UPDATE payouts.line l SET state = t.state, bank_code = t.code, bank_text = t.text, paid_on = t.paid_on
    FROM unnest(${changes.map(({ line }) => line.id)}::uuid[], ${changes.map(({ state }) => state)}::text[], ${changes.map(({ record }) => kept(record.code, 20))}::text[], ${changes.map(({ record }) => kept(record.text, 200))}::text[],
      ${changes.map(({ state, record }) => (state === 'paid' ? record.day : null))}::date[]) AS t (id, state, code, text, paid_on) WHERE l.id = t.id`.execute(trx);
  const files = await sql<{ count: number }>`SELECT count(*)::int AS count FROM payouts.bank_file WHERE batch_id = ${batch.id} AND direction = 'in'`.execute(trx);
  await postPayments(trx, actor, batch, {
    voucher: `${batch.number}-${files.rows[0]!.count}`,
    paid: changes.filter(({ line, state }) => state === 'paid' && line.transaction_id === null).map(({ line }) => line),
    returned: changes.filter(({ line, state }) => state !== 'paid' && line.transaction_id !== null).map(({ line }) => line),
    day: changes.reduce((latest, { record }) => (record.day > latest ? record.day : latest), ''),
    postings,
    reason: '银行退回',
  });
}
