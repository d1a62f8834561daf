import type { BodyOf, MeasureView, confirmMeasure as confirmEndpoint, deliverMeasure as deliverEndpoint, dropMeasure as dropEndpoint, promiseMeasure as promiseEndpoint } from '@sunlit/api-spec';
import { newId } from '@sunlit/kernel';
import { sql } from 'kysely';
import { recordAudit } from '#platform/audit/record-audit.ts';
import type { Actor } from '#platform/authorization/actor.ts';
import { authorize } from '#platform/authorization/authorize.ts';
import { today } from '#platform/clock/today.ts';
import { runCommand, type CommandEnvelope } from '#platform/commands/run-command.ts';
import type { Trx } from '#platform/database/transaction.ts';
import { AppError } from '#platform/errors.ts';
import { decryptValue, encryptOptional } from '#platform/personal-data/cipher.ts';
import { withoutPersonalData } from '#platform/logging/log.ts';
import { help, titled } from './definitions.ts';
import { getProcedureRow, updateProcedure, type ProcedureRow } from './procedure-store.ts';
import { requireDisinterest } from './require-disinterest.ts';

const done = { ok: true as const };

export interface MeasureRow {
  id: string;
  kind: string;
  risk_enc: Buffer | null;
  what: string;
  responsible: string;
  promised_on: string;
  due_on: string;
  state: MeasureView['state'];
  delivered_on: string | null;
  delivered: string | null;
  confirmed_on: string | null;
  confirmed: string | null;
  helped: boolean | null;
  dropped_reason: string | null;
}

const refuse = (path: string, message: string): never => {
  throw new AppError('request-invalid', undefined, { fields: [{ path, message }] });
};

export async function listMeasures(trx: Trx, procedureId: string): Promise<MeasureRow[]> {
  const { rows } = await sql<MeasureRow>`SELECT * FROM identification.measure WHERE procedure_id = ${procedureId} ORDER BY due_on, id`.execute(trx);
  return rows;
}

export function measureView(row: MeasureRow): MeasureView {
  const risk = row.risk_enc === null ? null : decryptValue('case-form', row.risk_enc);
  return {
    id: row.id,
    kind: titled(help().measures, row.kind),
    risk: risk === null ? null : titled(help().risks, risk),
    what: withoutPersonalData(row.what),
    responsible: row.responsible,
    promisedOn: row.promised_on,
    dueOn: row.due_on,
    isOverdue: row.state === 'promised' && row.due_on < today(),
    state: row.state,
    deliveredOn: row.delivered_on,
    delivered: row.delivered,
    confirmedOn: row.confirmed_on,
    confirmed: row.confirmed,
    helped: row.helped,
    droppedReason: row.dropped_reason,
  };
}

/** Promises help against a risk. It need not wait for a decision: help that is urgent comes first. */
export async function promiseMeasure(actor: Actor, id: string, body: BodyOf<typeof promiseEndpoint>): Promise<{ id: string }> {
  const kind = help().measures.find((one) => one.code === body.kind);
  if (!kind) throw refuse('kind', '不在可选范围内。');
  if (body.risk !== undefined && !help().risks.some((one) => one.code === body.risk)) refuse('risk', '不在可选范围内。');
  if (body.risk !== undefined && !kind.answers.includes(body.risk)) refuse('kind', '这种措施与所选的风险不对应，请换一种，或换一个风险。');
  if (body.dueOn < today()) refuse('dueOn', '不能早于今天。');
  return change(actor, id, 'promise', body, 'identification.work', async (trx, row) => {
    if (row.household_id === null) throw new AppError('wrong-state', '还没有确定是哪一户。');
    const measureId = newId();
    await sql`INSERT INTO identification.measure (county_code, id, procedure_id, household_id, region_code, kind, risk_enc, what, responsible, promised_on, due_on, made_by, made_by_name)
      VALUES (${row.county_code}, ${measureId}, ${id}, ${row.household_id}, ${row.region_code}, ${body.kind}, ${encryptOptional('case-form', body.risk)}, ${body.what}, ${body.responsible}, ${today()}, ${body.dueOn}, ${actor.accountId}, ${actor.displayName})`.execute(trx);
    return { id: measureId };
  });
}

export async function deliverMeasure(actor: Actor, id: string, measureId: string, body: BodyOf<typeof deliverEndpoint>): Promise<typeof done> {
  if (body.on > today()) refuse('on', '不能晚于今天。');
  return change(actor, id, 'deliver', { ...body, measureId } as typeof body & { measureId: string }, 'identification.work', async (trx, row) => {
    await requireMeasure(trx, id, measureId, 'promised');
    if (body.on < row.event_on) refuse('on', `不能早于线索日期 ${row.event_on}。`);
    await sql`UPDATE identification.measure SET state = 'delivered', delivered_on = ${body.on}, delivered = ${body.what}, delivered_by = ${actor.accountId} WHERE id = ${measureId} AND procedure_id = ${id}`.execute(trx);
    // the first help counts: from the event to it is what is measured
    await updateProcedure(trx, id, { helped_on: row.helped_on === null || body.on < row.helped_on ? body.on : row.helped_on });
    return done;
  });
}

/** What the household itself says: help that only paper knows of is not help. */
export async function confirmMeasure(actor: Actor, id: string, measureId: string, body: BodyOf<typeof confirmEndpoint>): Promise<typeof done> {
  if (body.on > today()) refuse('on', '不能晚于今天。');
  return change(actor, id, 'confirm', { ...body, measureId } as typeof body & { measureId: string }, 'identification.work', async (trx) => {
    const measure = await requireMeasure(trx, id, measureId, 'delivered');
    if (body.on < measure.delivered_on!) refuse('on', `不能早于落实日期 ${measure.delivered_on}。`);
    await sql`UPDATE identification.measure SET state = 'confirmed', confirmed_on = ${body.on}, confirmed = ${body.said}, helped = ${body.helped}, confirmed_by = ${actor.accountId} WHERE id = ${measureId} AND procedure_id = ${id}`.execute(trx);
    return done;
  });
}

export async function dropMeasure(actor: Actor, id: string, measureId: string, body: BodyOf<typeof dropEndpoint>): Promise<typeof done> {
  return change(actor, id, 'drop', { ...body, measureId } as typeof body & { measureId: string }, 'identification.review', async (trx) => {
    await requireMeasure(trx, id, measureId, 'promised');
    await sql`UPDATE identification.measure SET state = 'dropped', dropped_reason = ${body.reason} WHERE id = ${measureId} AND procedure_id = ${id}`.execute(trx);
    return done;
  });
}

async function requireMeasure(trx: Trx, id: string, measureId: string, state: MeasureRow['state']): Promise<MeasureRow> {
  const measure = (await listMeasures(trx, id)).find((one) => one.id === measureId);
  if (!measure) throw new AppError('not-found');
  if (measure.state !== state) throw new AppError('wrong-state', '这项措施已不在这一步，请刷新后查看。');
  return measure;
}

async function change<Result>(actor: Actor, id: string, verb: string, command: CommandEnvelope, permission: 'identification.work' | 'identification.review', work: (trx: Trx, row: ProcedureRow) => Promise<Result>): Promise<Result> {
  return runCommand(actor, `identification.measure.${verb}`, { ...command, id } as CommandEnvelope, async (trx) => {
    const row = await getProcedureRow(trx, id, { lock: true });
    authorize(actor, permission, { regionCode: row.region_code });
    await requireDisinterest(trx, actor, row.household_id);
    const result = await work(trx, row);
    await recordAudit(trx, actor, { action: `identification.measure.${verb}`, objectKind: 'procedure', objectId: id, regionCode: row.region_code, householdId: row.household_id });
    return result;
  });
}
