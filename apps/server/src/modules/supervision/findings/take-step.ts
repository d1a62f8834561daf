import { newId } from '@sunlit/kernel';
import { sql } from 'kysely';
import { recordAudit } from '#platform/audit/record-audit.ts';
import type { Actor } from '#platform/authorization/actor.ts';
import { authorize } from '#platform/authorization/authorize.ts';
import type { Trx } from '#platform/database/transaction.ts';
import { AppError } from '#platform/errors.ts';
import { findPayment } from '#modules/registries/payouts/index.ts';
import { findFinding, insertStep, type FindingRow } from './finding-store.ts';
import { dueOnFor, findingWorkflow } from './finding-workflow.ts';

export interface Step {
  action: 'start-verification' | 'request-answer' | 'decide' | 'follow-up' | 'close';
  expectedVersion: number;
  reason: string;
}

/** Who handled the payment that did not arrive: they neither look into it nor decide about it. */
export async function listOfficersConcerned(trx: Trx, row: Pick<FindingRow, 'subject_kind' | 'subject_id'>): Promise<readonly string[]> {
  return row.subject_kind === 'payment' ? ((await findPayment(trx, row.subject_id))?.officers ?? []) : [];
}

/** Locks the finding and makes sure that this person may handle it. */
export async function requireFinding(trx: Trx, actor: Actor, id: string, permission: 'finding.assign' | 'finding.verify' | 'finding.decide'): Promise<FindingRow> {
  const row = await findFinding(trx, id, { lock: true });
  if (!row) throw new AppError('not-found');
  if (row.household_id && actor.ownHouseholds.includes(row.household_id)) throw new AppError('conflict-of-interest');
  authorize(actor, permission, { regionCode: row.responsible_region_code });
  if (permission !== 'finding.assign' && (await listOfficersConcerned(trx, row)).includes(actor.accountId)) throw new AppError('conflict-of-interest', '这笔发放是您经办的，须由他人核实和决定。');
  if (permission === 'finding.verify' && row.assignee_id !== actor.accountId) throw new AppError('not-permitted', '这条疑点已派给别人，或还没有派单；请由承办人办理。');
  return row;
}

/** Moves a finding along its workflow, with deadline, record and audit. Other columns may change in the same step. */
export async function moveFinding(trx: Trx, actor: Actor, row: FindingRow, step: Step, changes: Record<string, unknown> = {}): Promise<void> {
  if (row.version !== step.expectedVersion) throw new AppError('version-conflict');
  const transition = findingWorkflow().find(row.state, step.action);
  if (!transition) throw new AppError('wrong-state');
  const set = sql.join(Object.entries({ ...changes, state: transition.to, due_on: await dueOnFor(trx, transition.to, row.responsible_region_code) }).map(([column, value]) => sql`${sql.ref(column)} = ${value}`));
  await sql`UPDATE supervision.finding SET ${set}, version = version + 1, changed_at = now() WHERE id = ${row.id} AND county_code = ${row.county_code}`.execute(trx);
  await insertStep(trx, row, { id: newId(), byId: actor.accountId, byName: actor.displayName, action: step.action, from: row.state, to: transition.to, reason: step.reason });
  await recordAudit(trx, actor, { action: `finding.${step.action}`, objectKind: 'finding', objectId: row.id, regionCode: row.responsible_region_code, householdId: row.household_id, details: { to: transition.to, ...(row.visibility === 'ordinary' ? {} : { confidential: true }) } });
}
