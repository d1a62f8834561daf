import type { BodyOf, askFromMyFile as endpoint } from '@sunlit/api-spec';
import { newId } from '@sunlit/kernel';
import { sql } from 'kysely';
import { recordAudit } from '#platform/audit/record-audit.ts';
import { addWorkingDays, loadCalendar } from '#platform/calendar/working-days.ts';
import { today } from '#platform/clock/today.ts';
import { runCommand } from '#platform/commands/run-command.ts';
import type { Trx } from '#platform/database/transaction.ts';
import { AppError } from '#platform/errors.ts';
import { encryptValue } from '#platform/personal-data/cipher.ts';
import { lodgeHouseholdAppeal } from '#modules/management/identification/index.ts';
import { findHoldDecider, getSentPayment } from '#modules/registries/payouts/index.ts';
import { listHouseholdDecisions } from '#modules/supervision/findings/index.ts';
import { termOf } from './my-file-terms.ts';
import { residentActor, type Visit } from './resident-actor.ts';
import { stateNotReceived } from './say-not-received.ts';

const mostOpen = 20;

/** What a resident asks or says about their own file. It stops nothing by itself and ends with an answer, within the term. */
export async function askRequest(visit: Visit, command: BodyOf<typeof endpoint>): Promise<{ number: string }> {
  if (command.kind === 'appeal') {
    const { commandId, subjectId, text } = command;
    if (!subjectId) throw new AppError('request-invalid', undefined, { fields: [{ path: 'subjectId', message: '请选择要申诉的决定。' }] });
    return lodgeHouseholdAppeal(residentActor(visit, ['identification.record']), visit.householdId, { commandId, stepId: subjectId, text });
  }
  const actor = residentActor(visit);
  if (command.kind === 'not-received') {
    const said = { householdId: visit.householdId, regionCode: visit.regionCode, text: command.text, channel: 'online' as const };
    return runCommand(actor, 'my-file.not-received', command, async (trx) => {
      const { number } = await stateNotReceived(trx, actor, await getSentPayment(trx, command.subjectId, visit.householdId), said);
      return { number };
    });
  }
  return runCommand(actor, 'my-file.ask', command, async (trx) => {
    const open = await sql<{ count: number }>`SELECT count(*)::int AS count FROM my_file.request WHERE household_id = ANY (${visit.householdIds}::uuid[]) AND state = 'received'`.execute(trx);
    if (open.rows[0]!.count >= mostOpen) throw new AppError('wrong-state', '已有很多申请在办，请等答复后再提；急事请打电话或到村里当面说。');
    let contested: Contested | undefined;
    if (command.kind === 'contest') {
      contested = await findContested(trx, visit.householdId, command.subjectId);
      if (!contested) throw new AppError('request-invalid', undefined, { fields: [{ path: 'subjectId', message: '请选择要申诉的决定。' }] });
    }
    const id = newId();
    const dueOn = addWorkingDays(await loadCalendar(trx), today(), await termOf(trx, 'answerWorkingDays', visit.regionCode));
    const { rows } = await sql<{ number: string }>`
      INSERT INTO my_file.request (id, number, household_id, person_id, region_code, kind, subject_id, subject_kind, decided_by, text_enc, due_on)
      VALUES (${id}, 'SQ-' || to_char(now(), 'YYYY') || '-' || lpad(nextval('my_file.request_number')::text, 6, '0'), ${visit.householdId}, ${visit.personId}, ${visit.regionCode}, ${command.kind},
        ${contested ? command.subjectId! : null}, ${contested?.kind ?? null}, ${contested?.decidedBy ?? null}, ${encryptValue('resident-request', command.text)}, ${dueOn}) RETURNING number`.execute(trx);
    await recordAudit(trx, actor, { action: 'my-file.ask', objectKind: 'resident-request', objectId: id, householdId: visit.householdId, regionCode: visit.regionCode, details: { kind: command.kind } });
    return { number: rows[0]!.number };
  });
}

interface Contested {
  kind: 'finding' | 'hold';
  /** never who answers */
  decidedBy: string;
}

/** Who decided about a finding of the household, or to hold its payment. */
async function findContested(trx: Trx, householdId: string, subjectId: string | undefined): Promise<Contested | undefined> {
  if (subjectId === undefined) return undefined;
  const decision = (await listHouseholdDecisions(trx, householdId, 'zh-CN')).find(({ id, decidedOn }) => id === subjectId && decidedOn !== null);
  const decidedBy = decision ? decision.decidedById : await findHoldDecider(trx, subjectId, householdId);
  return decidedBy ? { kind: decision ? 'finding' : 'hold', decidedBy } : undefined;
}
