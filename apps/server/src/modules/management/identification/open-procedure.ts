import type { BodyOf, applyForHelp as publicEndpoint, openProcedure as endpoint } from '@sunlit/api-spec';
import { countyCodeOf, newId, regionLevelOf } from '@sunlit/kernel';
import { sql } from 'kysely';
import { z } from 'zod';
import { recordAudit } from '#platform/audit/record-audit.ts';
import { residentOnline, type Actor } from '#platform/authorization/actor.ts';
import { authorize } from '#platform/authorization/authorize.ts';
import { thisMoment, today } from '#platform/clock/today.ts';
import { runCommand } from '#platform/commands/run-command.ts';
import { findPolicy } from '#platform/configuration/policies.ts';
import { inTransaction, type Trx } from '#platform/database/transaction.ts';
import { AppError } from '#platform/errors.ts';
import { encryptOptional, encryptValue } from '#platform/personal-data/cipher.ts';
import { findRegion } from '#modules/organisation/index.ts';
import { findHousehold } from '#modules/registries/households/index.ts';
import { procedureInForce } from './definitions.ts';
import { dueOnFor, insertStep, type ProcedureRow } from './procedure-store.ts';
import { requireDisinterest } from './require-disinterest.ts';

export interface Clue {
  purpose: 'entry' | 'exit';
  regionCode: string;
  channel: ProcedureRow['channel'];
  eventOn: string;
  told: string;
  householdId?: string | undefined;
  speakerName?: string | undefined;
  speakerPhone?: string | undefined;
  source?: { kind: string; id: string };
}

export interface OpenedProcedure {
  id: string;
  number: string;
  dueOn: string | null;
}

/** Opens a procedure in the caller's transaction. Nothing follows from a clue by itself: a person visits. */
export async function insertProcedure(trx: Trx, actor: Actor, clue: Clue): Promise<OpenedProcedure> {
  const opened = await tryInsertProcedure(trx, actor, clue);
  if (!opened) throw new AppError('already-exists', '这一户已有正在办理的识别或退出事项，请在那一件里继续。');
  return opened;
}

/** The same; nothing when the household has a procedure under way, or the source has opened one before. */
export async function tryInsertProcedure(trx: Trx, actor: Actor, clue: Clue): Promise<OpenedProcedure | undefined> {
  const procedure = procedureInForce(clue.purpose, today());
  const { code, initial } = procedure.definition;
  const id = newId();
  const county = countyCodeOf(clue.regionCode);
  const dueOn = await dueOnFor(trx, procedure, initial, clue.regionCode);
  const speaker = clue.speakerName || clue.speakerPhone ? JSON.stringify({ name: clue.speakerName, phone: clue.speakerPhone }) : null;
  const { rows } = await sql<{ number: string }>`
    INSERT INTO identification.procedure (county_code, id, number, definition, purpose, region_code, household_id, channel, event_on, told_enc, speaker_enc, source_kind, source_id, state, due_on, opened_by, opened_by_name, opened_at)
    VALUES (${county}, ${id}, 'SB-' || to_char(now(), 'YYYY') || '-' || lpad(nextval('identification.procedure_number')::text, 6, '0'), ${code}, ${clue.purpose}, ${clue.regionCode}, ${clue.householdId ?? null}, ${clue.channel}, ${clue.eventOn},
      ${encryptValue('case-form', clue.told)}, ${encryptOptional('speaker', speaker)}, ${clue.source?.kind ?? null}, ${clue.source?.id ?? null}, ${initial}, ${dueOn}, ${actor.accountId}, ${actor.displayName}, ${thisMoment()})
    ON CONFLICT DO NOTHING RETURNING number`.execute(trx);
  if (!rows[0]) return undefined;
  await insertStep(trx, actor, { county_code: county, id, region_code: clue.regionCode }, { action: 'open', from: initial, to: initial });
  await recordAudit(trx, actor, { action: 'identification.open', objectKind: 'procedure', objectId: id, regionCode: clue.regionCode, householdId: clue.householdId ?? null, details: { definition: code, channel: clue.channel } });
  return { id, number: rows[0].number, dueOn };
}

const refuse = (path: string, message: string): never => {
  throw new AppError('request-invalid', undefined, { fields: [{ path, message }] });
};

export async function openProcedure(actor: Actor, body: BodyOf<typeof endpoint>): Promise<OpenedProcedure> {
  if (body.eventOn > today()) refuse('eventOn', '不能晚于今天。');
  if (body.purpose === 'exit' && !body.householdId) refuse('householdId', '请选择是哪一户。');
  return runCommand(actor, 'identification.open', body, async (trx) => {
    const household = body.householdId ? await findHousehold(trx, body.householdId) : undefined;
    if (body.householdId && !household) refuse('householdId', '没有找到这一户。');
    const regionCode = household?.responsible_region_code ?? body.regionCode;
    authorize(actor, 'identification.record', { regionCode });
    if (regionLevelOf(regionCode) !== 'village' || !(await findRegion(trx, regionCode))) refuse('regionCode', '请选择到村（社区）。');
    if (household && body.purpose === 'exit') {
      await requireDisinterest(trx, actor, household.id);
      const monitored = procedureInForce('exit', today()).definition.classes.some((one) => one.status === household.status_code);
      if (!monitored) refuse('householdId', '这一户现在不是监测对象，不需要办理风险消除。');
    }
    return insertProcedure(trx, actor, { ...body, regionCode });
  });
}

/** From the public site, without an account: for oneself or for somebody who cannot. */
export async function applyOnline(body: BodyOf<typeof publicEndpoint>): Promise<{ number: string }> {
  const actor = residentOnline(body.regionCode);
  const region = await inTransaction(actor, (trx) => findRegion(trx, body.regionCode));
  if (!region || region.level !== 'village' || region.validTo !== null) throw refuse('regionCode', '请选择到村（社区）。');
  return runCommand(actor, 'identification.apply-online', body, async (trx) => {
    const most = await findPolicy(trx, 'identification.online-per-day', body.regionCode, today(), z.number().int().positive());
    const { rows } = await sql<{ count: number }>`SELECT count(*)::int AS count FROM identification.procedure WHERE region_code = ${body.regionCode} AND channel = 'online' AND opened_at > now() - interval '1 day'`.execute(trx);
    if (most && rows[0]!.count >= most.value) throw new AppError('wrong-state', '今天这个村的网上申请已经很多，请打电话或当面向村里申请。');
    const { number } = await insertProcedure(trx, actor, { purpose: 'entry', regionCode: body.regionCode, channel: 'online', eventOn: today(), told: body.told, speakerName: body.speakerName, speakerPhone: body.speakerPhone });
    return { number };
  });
}
