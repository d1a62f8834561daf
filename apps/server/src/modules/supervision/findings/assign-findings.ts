import type { BodyOf, ResponseOf, assignFindings as assignEndpoint, listAssignees as assigneesEndpoint } from '@sunlit/api-spec';
import { ancestorsOf, isWithin, newId } from '@sunlit/kernel';
import { sql } from 'kysely';
import { recordAudit } from '#platform/audit/record-audit.ts';
import { findActor, type Actor } from '#platform/authorization/actor.ts';
import { authorize } from '#platform/authorization/authorize.ts';
import { runCommand } from '#platform/commands/run-command.ts';
import { inTransaction } from '#platform/database/transaction.ts';
import { AppError } from '#platform/errors.ts';
import { inLocale } from '#platform/http/english.ts';
import type { Locale } from '#platform/http/locale.ts';
import { findFinding, insertStep, type FindingRow } from './finding-store.ts';
import { dueOnFor, findingWorkflow } from './finding-workflow.ts';
import { listOfficersConcerned } from './take-step.ts';

/** Why this person may not take this finding; undefined when they may. */
function refusal(assignee: Actor, row: FindingRow, concerned: readonly string[]): string | undefined {
  if (!assignee.permissions.has('finding.verify')) return '此人的岗位不能核实疑点。';
  if (!isWithin(row.responsible_region_code, assignee.regionCode)) return '不在此人负责的区划内。';
  if (row.visibility !== 'ordinary' && !assignee.permissions.has('finding.read-officials')) return '涉公职人员的疑点只能派给纪检监督岗位。';
  if (row.household_id && assignee.ownHouseholds.includes(row.household_id)) return '此人与该户有关，须回避。';
  if (concerned.includes(assignee.accountId)) return '这笔发放是此人经办的，须回避。';
  return undefined;
}

export async function assignFindings(actor: Actor, command: BodyOf<typeof assignEndpoint>, locale: Locale = 'zh-CN'): Promise<ResponseOf<typeof assignEndpoint>> {
  authorize(actor, 'finding.assign');
  const assignee = await findActor(command.assigneeId);
  if (!assignee) throw new AppError('not-found', '没有这个人，或其账号已停用。');
  return runCommand(actor, 'finding.assign', command, async (trx) => {
    const visible = await sql<{ id: string }>`SELECT id FROM organisation.staff WHERE id = ${command.assigneeId} AND active`.execute(trx);
    if (visible.rows.length === 0) throw new AppError('outside-region');
    const skipped: { findingId: string; reason: string }[] = [];
    let assigned = 0;
    for (const findingId of [...new Set(command.findingIds)]) {
      const row = await findFinding(trx, findingId, { lock: true });
      const why = !row
        ? '没有找到。'
        : row.household_id && actor.ownHouseholds.includes(row.household_id)
          ? '您与该户有关，须由他人派单。'
          : !findingWorkflow().find(row.state, 'assign')
            ? '当前状态不能派单。'
            : refusal(assignee, row, await listOfficersConcerned(trx, row));
      if (!row || why) {
        skipped.push({ findingId, reason: inLocale(why ?? '', locale) });
        continue;
      }
      const dueOn = await dueOnFor(trx, 'assigned', row.responsible_region_code);
      await sql`UPDATE supervision.finding SET state = 'assigned', assignee_id = ${assignee.accountId}, due_on = ${dueOn}, version = version + 1, changed_at = now() WHERE id = ${findingId} AND county_code = ${row.county_code}`.execute(trx);
      await insertStep(trx, row, { id: newId(), byId: actor.accountId, byName: actor.displayName, action: 'assign', from: row.state, to: 'assigned', reason: [assignee.displayName, command.note].filter(Boolean).join('：') });
      await recordAudit(trx, actor, { action: 'finding.assign', objectKind: 'finding', objectId: findingId, regionCode: row.responsible_region_code, householdId: row.household_id, details: { assignee: assignee.accountId, ...(row.visibility === 'ordinary' ? {} : { confidential: true }) } });
      assigned += 1;
    }
    if (assigned === 0) await recordAudit(trx, actor, { action: 'finding.assign', objectKind: 'staff', objectId: assignee.accountId, details: { assigned: 0 } });
    return { assigned, skipped };
  });
}

/** Staff who may take a finding, the nearest to the household first. Nobody concerned or related is offered. */
export async function listAssignees(actor: Actor, findingId: string): Promise<ResponseOf<typeof assigneesEndpoint>> {
  authorize(actor, 'finding.assign');
  const candidates = await inTransaction(actor, async (trx) => {
    const row = await findFinding(trx, findingId);
    if (!row) throw new AppError('not-found');
    const { rows } = await sql<{ id: string; display_name: string; zh: string; en: string; open: number }>`
      SELECT DISTINCT ON (s.id) s.id, s.display_name, r.title_zh AS zh, r.title_en AS en,
        (SELECT count(*) FROM supervision.finding f WHERE f.assignee_id = s.id AND f.state NOT IN ('closed', 'signal')) AS open
      FROM organisation.staff s JOIN organisation.staff_role sr ON sr.staff_id = s.id JOIN organisation.role r ON r.code = sr.role_code
      WHERE s.active AND NOT s.service AND 'finding.verify' = ANY (r.permissions) AND s.region_code = ANY (${[...ancestorsOf(row.responsible_region_code), row.responsible_region_code]}) LIMIT 300`.execute(trx);
    return { row, staff: rows, concerned: await listOfficersConcerned(trx, row) };
  });
  const items: (ResponseOf<typeof assigneesEndpoint>['items'][number] & { depth: number })[] = [];
  for (const person of candidates.staff) {
    const assignee = await findActor(person.id);
    if (!assignee || refusal(assignee, candidates.row, candidates.concerned)) continue;
    items.push({ id: person.id, displayName: person.display_name, role: { zh: person.zh, en: person.en }, openFindings: person.open, depth: assignee.regionCode.replace(/(000)+$/, '').length });
  }
  items.sort((left, right) => right.depth - left.depth || left.openFindings - right.openFindings);
  return { items: items.slice(0, 100).map(({ depth: _depth, ...item }) => item) };
}
