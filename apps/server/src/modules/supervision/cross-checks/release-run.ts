import { careFindingsReleased } from '@sunlit/api-spec';
import { sql } from 'kysely';
import { recordAudit } from '#platform/audit/record-audit.ts';
import type { Actor } from '#platform/authorization/actor.ts';
import { authorize } from '#platform/authorization/authorize.ts';
import { runCommand } from '#platform/commands/run-command.ts';
import { AppError } from '#platform/errors.ts';
import type { Trx } from '#platform/database/transaction.ts';
import { publish } from '#platform/events/publish.ts';
import { dueOnFor } from '../findings/index.ts';
import { getRuleLibrary } from '../rule-catalogue/index.ts';
import { findRun, listReleasedNow, listRunRules, releaseDrafts, setRunState } from './run-store.ts';

/**
 * Makes the draft hits of some rules findings that people handle. Rules about officials are released by those only who
 * may read such findings; a rule is released whole, the releaser's own household included, or the draft would tell on it.
 */
export async function releaseRun(actor: Actor, command: { commandId: string; id: string; rules: string[] }): Promise<{ released: number }> {
  const { rules: known } = await getRuleLibrary();
  return runCommand(actor, 'run.release', command, async (trx) => {
    const run = await findRun(trx, command.id, { lock: true });
    if (!run) throw new AppError('not-found');
    authorize(actor, 'run.release', { regionCode: run.region_code });
    if (run.state !== 'draft') throw new AppError('wrong-state');
    const rows = new Map((await listRunRules(trx, run.id)).map((row) => [row.rule_code, row]));
    const dueOn = await dueOnFor(trx, 'signal', run.region_code);
    let released = 0;
    await sql`SELECT set_config('sunlit.own_households', '', true)`.execute(trx);
    for (const code of new Set(command.rules)) {
      if (known.find((rule) => rule.code === code)?.visibility === 'discipline-first') authorize(actor, 'finding.read-officials');
      const row = rows.get(code);
      if (!row) throw new AppError('rule-unknown');
      if (row.state !== 'done' || row.released_at !== null) throw new AppError('wrong-state');
      const findings = await releaseDrafts(trx, run.id, code, dueOn);
      if (findings > 0 && known.find((rule) => rule.code === code)?.direction === 'should-receive-but-does-not') await tellOfCare(trx, actor, code);
      await trx.updateTable('supervision.run_rule').set({ released_at: new Date(), released_by: actor.accountId }).where('run_id', '=', run.id).where('rule_code', '=', code).execute();
      await recordAudit(trx, actor, { action: 'run.release', objectKind: 'run', objectId: run.id, regionCode: run.region_code, details: { rule: code, findings } });
      released += findings;
    }
    if (await allReleased(trx, run.id)) await setRunState(trx, run.id, 'released', { finished: true });
    return { released };
  });
}

/** Help that may be missing is told to who gives help, in portions that an event can carry. */
async function tellOfCare(trx: Trx, actor: Actor, rule: string): Promise<void> {
  const items = await listReleasedNow(trx, rule);
  for (let start = 0; start < items.length; start += 500) await publish(trx, actor, careFindingsReleased, { subject: rule, payload: { rule, items: items.slice(start, start + 500) } });
}

/** Counts the rules that the releaser may not see as well. */
async function allReleased(trx: Trx, runId: string): Promise<boolean> {
  await sql`SELECT set_config('sunlit.officials', 'on', true)`.execute(trx);
  const waiting = await trx.selectFrom('supervision.run_rule').select('rule_code').where('run_id', '=', runId).where('state', '=', 'done').where('released_at', 'is', null).executeTakeFirst();
  return waiting === undefined;
}
