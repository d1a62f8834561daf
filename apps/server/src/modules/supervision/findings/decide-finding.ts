import type { BodyOf, decideFinding as decideEndpoint } from '@sunlit/api-spec';
import { newId } from '@sunlit/kernel';
import type { Actor } from '#platform/authorization/actor.ts';
import { runCommand } from '#platform/commands/run-command.ts';
import { AppError } from '#platform/errors.ts';
import { getRule, getRuleLibrary, tallyDecision } from '../rule-catalogue/index.ts';
import { listEvidence } from './finding-store.ts';
import { moveFinding, requireFinding } from './take-step.ts';

/**
 * A named person decides, after hearing the household: confirmed, excused (by which excuse) or wrong data. Nothing is
 * stopped by it; wrong data becomes a task of the department that delivered it. Where the household could not be heard,
 * the reason must be said (PIPL art. 24: no decision by automation alone).
 */
export async function decideFinding(actor: Actor, id: string, command: BodyOf<typeof decideEndpoint>): Promise<{ ok: true }> {
  return runCommand(actor, 'finding.decide', { ...command, id } as typeof command & { id: string }, async (trx) => {
    const row = await requireFinding(trx, actor, id, 'finding.decide');
    const rule = await getRule(row.rule_code);
    if (command.outcome === 'excused' && !rule.knownExcuses.some((excuse) => excuse.code === command.excuse) && command.excuse !== 'other') {
      throw new AppError('request-invalid', undefined, { fields: [{ path: 'excuse', message: '请选择是哪一种正当原因。' }] });
    }
    const heard = await trx.selectFrom('supervision.finding_answer').select('id').where('finding_id', '=', id).executeTakeFirst();
    if (!heard && command.outcome === 'confirmed' && (command.withoutAnswerReason ?? '').trim().length < 5) {
      throw new AppError('request-invalid', undefined, { fields: [{ path: 'withoutAnswerReason', message: '还没有记录户方的说明。认定属实之前须听取说明；确实无法听取的，请写明原因。' }] });
    }
    const reason = command.withoutAnswerReason ? `${command.reason}（未听取说明的原因：${command.withoutAnswerReason}）` : command.reason;
    await moveFinding(trx, actor, row, { action: 'decide', expectedVersion: command.expectedVersion, reason }, {
      outcome: command.outcome,
      outcome_excuse: command.outcome === 'excused' ? command.excuse : null,
      outcome_reason: command.reason,
      decided_by: actor.accountId,
      decided_at: new Date(),
    });
    await tallyDecision(trx, row.rule_code, row.county_code, command.outcome === 'confirmed');
    if (command.outcome === 'wrong-data') {
      const { kinds } = await getRuleLibrary();
      const dataset = (await listEvidence(trx, id)).find((one) => kinds.has(one.dataset))?.dataset;
      await trx
        .insertInto('supervision.correction_task')
        .values({
          id: newId(),
          finding_id: id,
          responsible_region_code: row.responsible_region_code,
          dataset_kind: dataset ?? null,
          provider_code: dataset ? kinds.get(dataset)!.provider : 'data-bureau',
          note: command.reason,
          created_by: actor.accountId,
        })
        .execute();
    }
    return { ok: true as const };
  });
}
