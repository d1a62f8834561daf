import type { ChangeView } from '@sunlit/api-spec';
import { sql } from 'kysely';
import { recordAudit } from '#platform/audit/record-audit.ts';
import type { Actor } from '#platform/authorization/actor.ts';
import { authorize } from '#platform/authorization/authorize.ts';
import { inTransaction, type Trx } from '#platform/database/transaction.ts';
import { AppError } from '#platform/errors.ts';
import { inLocale } from '#platform/http/english.ts';
import type { Locale } from '#platform/http/locale.ts';
import { findHousehold, type HouseholdRow } from '../household-store.ts';
import { mayAnswer } from './answer-change.ts';
import { fieldView } from './change-field-words.ts';
import { listChangeHints } from './change-hints.ts';
import { kindOf } from './change-kinds.ts';
import { changeWorkflow } from './change-procedure.ts';
import { baseOf, changeOf, conflictOf, findChange, type ChangeRow } from './change-request-store.ts';
import { compareWithRegistry, whyNotDecide } from './decide-change.ts';
import { reversibleKinds } from './kinds/reversal.ts';
import { changeItemView } from './list-change-requests.ts';
import { listOpenConflicts } from './open-conflicts.ts';
import { personNamer } from './person-namer.ts';
import { conflictView, decidersView } from './preview-change.ts';

/** One request with all it takes to decide it: old, new, what changed meanwhile, and what would not add up afterwards. */
export async function viewChangeRequest(actor: Actor, id: string, locale: Locale): Promise<ChangeView> {
  authorize(actor, 'household.read');
  const itemOf = await changeItemView(actor, locale);
  const { row, view } = await inTransaction(actor, async (trx) => {
    const row = await findChange(trx, id);
    const household = row && (await findHousehold(trx, row.household_id));
    if (!row || !household) throw new AppError('not-found');
    await recordAudit(trx, actor, { action: 'change.view', objectKind: 'change-request', objectId: id, householdId: row.household_id, regionCode: row.responsible_region_code });
    const open = row.closed_at === null;
    const change = changeOf(row);
    const fields = baseOf(row);
    const nameOf = await personNamer(trx, actor, [...fields, { personId: row.person_id }]);
    const standing = open ? await compareWithRegistry(row, () => kindOf(change).examine({ trx, actor, household, effectiveOn: row.effective_on }, change)) : { meanwhile: [], problems: [] };
    const meanwhile = new Map(standing.meanwhile.map((field) => [field.key, field.before]));
    const conflicts = open ? await listOpenConflicts(trx, { householdId: row.household_id, regionCode: row.responsible_region_code, fields, except: row.id }) : [];
    const view = {
      ...itemOf({ ...row, number: household.number, head_name: household.head_name, person_name: null }),
      person: row.person_id ? { id: row.person_id, name: nameOf(row.person_id) ?? '' } : null,
      reason: row.reason,
      fields: fields.map((field) => fieldView(actor, field, nameOf, meanwhile.get(field.key), locale)),
      problems: [...new Set([...standing.problems, ...(open ? conflictOf(row).problems : [])])].map((problem) => inLocale(problem, locale)),
      conflicts: conflicts.map((one) => conflictView(one, locale)),
      householdVersion: { proposed: row.household_version, now: household.version },
      deciders: decidersView({ verifiers: row.verifier_roles, approvers: row.approver_roles }),
      steps: await stepsOf(trx, id),
      attachments: await attachmentsOf(trx, id),
      actions: actionsOf(actor, row, household),
    };
    return { row, view };
  });
  return { ...view, hints: row.closed_at === null && view.problems.length === 0 ? [...(await listChangeHints(actor, row.household_id, changeOf(row)))] : [] };
}

function actionsOf(actor: Actor, row: ChangeRow, household: HouseholdRow): ChangeView['actions'] {
  if (actor.ownHouseholds.includes(household.id)) return [];
  const workflow = changeWorkflow(row.workflow_code);
  const decides = (['verify', 'approve', 'reject'] as const).filter((action) => workflow.find(row.state, action) && actor.permissions.has('household.approve') && whyNotDecide(actor, row, action) === undefined);
  const answers = (['rebase', 'withdraw'] as const).filter((action) => workflow.find(row.state, action) && actor.permissions.has('household.propose') && mayAnswer(actor, row, action));
  const attaches = row.closed_at === null && actor.permissions.has('household.propose') ? (['attach'] as const) : [];
  const reverses = row.state === 'applied' && reversibleKinds.includes(row.kind) && actor.permissions.has('household.propose') ? (['reverse'] as const) : [];
  return [...decides, ...answers, ...attaches, ...reverses];
}

async function stepsOf(trx: Trx, id: string): Promise<ChangeView['steps']> {
  const { rows } = await sql<{ action: string; to_state: string; reason: string; by_name: string; at: Date }>`SELECT action, to_state, reason, by_name, at FROM households.change_request_step WHERE request_id = ${id} ORDER BY at, id`.execute(trx);
  return rows.map((row) => ({ action: row.action, to: row.to_state, reason: row.reason, by: row.by_name, at: row.at.toISOString() }));
}

async function attachmentsOf(trx: Trx, id: string): Promise<ChangeView['attachments']> {
  const rows = await trx.selectFrom('households.change_request_attachment').selectAll().where('request_id', '=', id).orderBy('added_at').execute();
  return rows.map((row) => ({ id: row.id, fileName: row.file_name, size: Number(row.size_bytes), addedBy: row.added_by_name, addedAt: row.added_at.toISOString() }));
}
