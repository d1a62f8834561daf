import type { BodyOf, QueryOf, ResidentRequest, ResponseOf, answerResidentRequest as answerEndpoint, listResidentRequests as listEndpoint } from '@sunlit/api-spec';
import { regionRange } from '@sunlit/kernel';
import { sql } from 'kysely';
import { recordAudit } from '#platform/audit/record-audit.ts';
import type { Actor } from '#platform/authorization/actor.ts';
import { authorize } from '#platform/authorization/authorize.ts';
import { today } from '#platform/clock/today.ts';
import { runCommand } from '#platform/commands/run-command.ts';
import { timeOrder } from '#platform/database/time-order.ts';
import { inTransaction, type Trx } from '#platform/database/transaction.ts';
import { AppError } from '#platform/errors.ts';
import { codeColumn, type ListColumn } from '#platform/http/list-route.ts';
import { countCap, page, readCursor } from '#platform/http/page.ts';
import { encryptValue } from '#platform/personal-data/cipher.ts';
import { regionNamer } from '#modules/organisation/index.ts';
import { nameFor } from '#modules/registries/households/index.ts';
import { authorizeHoldAnswer, endHoldWithin, listHoldNoticeBatches } from '#modules/registries/payouts/index.ts';
import { answerIn, findRequest, saidIn, type RequestRow } from './request-store.ts';

export async function listRequests(actor: Actor, query: QueryOf<typeof listEndpoint>): Promise<ResponseOf<typeof listEndpoint>> {
  authorize(actor, 'my-file.answer');
  const name = await regionNamer();
  return inTransaction(actor, async (trx) => {
    const range = query.regionCode ? regionRange(query.regionCode) : undefined;
    const where = sql`true ${range ? sql`AND r.region_code >= ${range.from} AND r.region_code < ${range.to}` : sql``} ${query.kind ? sql`AND r.kind = ${query.kind}` : sql``} ${query.state ? sql`AND r.state = ${query.state}` : sql``}`;
    const { beyond, direction } = timeOrder(query.sort);
    const after = readCursor(query.cursor);
    const { rows } = await sql<RequestRow & { head_name: string | null; key: string }>`
      SELECT r.*, r.made_at::text AS key, h.head_name FROM my_file.request r LEFT JOIN households.household h ON h.id = r.household_id
      WHERE ${where} ${after ? sql`AND (r.made_at, r.id) ${beyond} (${after[0]}::timestamptz, ${after[1]}::uuid)` : sql``} ORDER BY r.made_at ${direction}, r.id ${direction} LIMIT ${query.limit + 1}`.execute(trx);
    const count = await sql<{ count: number }>`SELECT count(*)::int AS count FROM (SELECT 1 FROM my_file.request r WHERE ${where} LIMIT ${countCap + 1}) AS counted`.execute(trx);
    const batches = await listHoldNoticeBatches(trx, rows.flatMap((row) => (row.subject_kind === 'hold' ? [row.subject_id!] : [])));
    const now = today();
    return page(rows, query.limit, (row) => [row.key, row.id], count.rows[0]!.count, (row) => ({
      id: row.id,
      number: row.number,
      kind: row.kind,
      householdId: row.household_id,
      householdHead: nameFor(actor, row.head_name ?? ''),
      region: name(row.region_code),
      text: saidIn(row),
      subjectId: row.subject_id,
      subjectKind: row.subject_kind,
      batchId: batches.get(row.subject_id ?? '') ?? null,
      state: row.state,
      dueOn: row.due_on,
      overdue: row.state === 'received' && row.due_on < now,
      madeAt: row.made_at.toISOString(),
      answer: answerIn(row),
      outcome: row.outcome,
      answeredBy: row.answered_by_name,
      notByYou: row.decided_by === actor.accountId,
    }));
  });
}

export const requestColumns: readonly ListColumn<ResidentRequest>[] = [
  { zh: '编号', en: 'Number', value: (item) => item.number },
  codeColumn('事项', 'Kind', (item) => item.kind, { correction: ['要求更正', 'Correction'], contest: ['不服决定', 'Contests a decision'] }),
  { zh: '区划', en: 'Division', value: (item) => item.region.fullName },
  { zh: '户主', en: 'Head', value: (item) => item.householdHead },
  { zh: '内容', en: 'Text', value: (item) => item.text },
  codeColumn('状态', 'State', (item) => item.state, { received: ['待答复', 'To answer'], answered: ['已答复', 'Answered'] }),
  { zh: '期限', en: 'Due', value: (item) => item.dueOn },
  codeColumn('处理', 'Outcome', (item) => item.outcome ?? '', { upheld: ['成立', 'Upheld'], rejected: ['不成立', 'Not upheld'] }),
  { zh: '答复', en: 'Answer', value: (item) => item.answer },
  { zh: '答复人', en: 'Answered by', value: (item) => item.answeredBy },
];

/** Never by who made the decision that is contested: the database refuses it as well. */
export async function answerRequest(actor: Actor, id: string, command: BodyOf<typeof answerEndpoint>): Promise<{ ok: true }> {
  return runCommand(actor, 'my-file.answer', { ...command, id } as typeof command & { id: string }, async (trx) => {
    const row = await findRequest(trx, id);
    if (!row) throw new AppError('not-found');
    authorize(actor, 'my-file.answer', { regionCode: row.region_code });
    if (row.state === 'answered') throw new AppError('wrong-state', '这项申请已经答复。');
    if (row.decided_by === actor.accountId) throw new AppError('conflict-of-interest', '作出决定的人不能答复对该决定的申诉，须由他人答复。');
    const outcome = row.subject_kind === 'hold' ? await answerHold(trx, actor, row, command) : null;
    await sql`UPDATE my_file.request SET state = 'answered', outcome = ${outcome}, answer_enc = ${encryptValue('resident-request', command.answer)}, answered_by = ${actor.accountId}, answered_by_name = ${actor.displayName}, answered_at = now() WHERE id = ${id}`.execute(trx);
    await recordAudit(trx, actor, { action: 'my-file.answer', objectKind: 'resident-request', objectId: id, householdId: row.household_id, regionCode: row.region_code });
    return { ok: true as const };
  });
}

/** An objection to a hold is for a checker to answer; where it is right, the hold ends with the answer. */
async function answerHold(trx: Trx, actor: Actor, row: RequestRow, command: BodyOf<typeof answerEndpoint>): Promise<'upheld' | 'rejected'> {
  if (command.outcome === undefined) throw new AppError('request-invalid', undefined, { fields: [{ path: 'outcome', message: '请写明对缓发的意见是否成立。' }] });
  const { holds } = await authorizeHoldAnswer(trx, actor, row.subject_id!);
  // the notice says why in so many words; the whole answer stands with the objection
  if (command.outcome === 'upheld' && holds) await endHoldWithin(trx, actor, { noticeId: row.subject_id!, reason: `经核实，您对缓发的意见（${row.number}）成立`, objectionNumber: row.number });
  return command.outcome;
}
