import type { PermissionCode, ProjectAction, ResponseOf, getProject as endpoint } from '@sunlit/api-spec';
import { daysBetween } from '@sunlit/kernel';
import type { Actor } from '#platform/authorization/actor.ts';
import { authorize } from '#platform/authorization/authorize.ts';
import { today } from '#platform/clock/today.ts';
import { inTransaction, type Trx } from '#platform/database/transaction.ts';
import { AppError } from '#platform/errors.ts';
import { listProjectPayments } from '#modules/registries/funds/index.ts';
import { documentTitle, targetTitle } from '../project-catalogue.ts';
import { missingForStep } from '../pool/missing-for-step.ts';
import { projectWorkflow, stateTitle } from '../pool/project-workflow.ts';
import { listVotes } from '../pool/village-votes.ts';
import { findListedProject, loadProjectContext, projectItemOf, type ListedProject } from './project-rows.ts';

type View = ResponseOf<typeof endpoint>;

/** What each waiting step still lacks is told before anybody tries it. */
const stepThatNeeds: Record<string, ProjectAction | undefined> = { draft: 'declare', declared: 'review', published: 'approve', completed: 'accept' };
const mostShown = 200;

export async function viewProject(actor: Actor, id: string): Promise<View> {
  authorize(actor, 'project.read');
  return inTransaction(actor, async (trx) => {
    const row = await findListedProject(trx, id);
    if (!row) throw new AppError('not-found');
    const context = await loadProjectContext(trx, [row], today());
    const next = stepThatNeeds[row.state];
    const stages = await readStages(trx, id);
    const linked = await trx.selectFrom('projects.linked_household').select(({ fn }) => fn.countAll<number>().as('count')).where('project_id', '=', id).executeTakeFirstOrThrow();
    return {
      ...projectItemOf(context, row),
      ...factsOf(row),
      linkedHouseholds: Number(linked.count),
      actions: projectWorkflow()
        .actionsFrom(row.state)
        .filter(({ permission }) => actor.permissions.has(permission as PermissionCode))
        .map(({ action, reasonRequired }) => ({ action: action as ProjectAction, reasonRequired })),
      missing: next ? await missingForStep(trx, row, next, today()) : [],
      stages,
      plannedPercent: Math.floor(stages.reduce((sum, one) => sum + (one.sharePercent * one.plannedPercent) / 100, 0)),
      targets: await readTargets(trx, id),
      votes: (await listVotes(trx, [id])).map(({ subjectId: _subjectId, ...vote }) => vote),
      opinions: await readOpinions(trx, id),
      steps: await readSteps(trx, id),
      progress: await readProgress(trx, id, stages),
      documents: await readDocuments(trx, id),
      payments: (await listProjectPayments(trx, id)).map((one) => ({ ...one, payee: one.payeeKind === 'household' ? '' : one.payee })),
    };
  });
}

function factsOf(row: ListedProject) {
  return {
    version: row.version,
    responsibleUnit: row.responsible_unit,
    works: row.works,
    mechanism: row.mechanism,
    households: row.households,
    rankReason: row.rank_reason,
    publishedOn: row.published_on,
    publishedUntil: row.published_until,
    approvalNumber: row.approval_number,
    approvedOn: row.approved_on,
    startedOn: row.started_on,
    completedOn: row.completed_on,
    acceptedOn: row.accepted_on,
    settledOn: row.settled_on,
    settlementFen: row.settlement_fen,
    cancelledOn: row.cancelled_on,
    recoverFen: row.recover_fen,
    declaredBy: row.declared_by_name,
  };
}

/** By the days of a stage that have passed. */
function plannedOf(startOn: string, finishBy: string): number {
  const now = today();
  if (now < startOn) return 0;
  if (now >= finishBy) return 100;
  return Math.floor((daysBetween(startOn, now) * 100) / Math.max(1, daysBetween(startOn, finishBy)));
}

async function readStages(trx: Trx, id: string): Promise<View['stages']> {
  const rows = await trx.selectFrom('projects.stage').selectAll().where('project_id', '=', id).orderBy('ordinal').execute();
  return rows.map((row) => ({ ordinal: row.ordinal, title: row.title, sharePercent: row.share_percent, startOn: row.start_on, finishBy: row.finish_by, donePercent: row.done_percent, doneOn: row.done_on, plannedPercent: plannedOf(row.start_on, row.finish_by) }));
}

async function readTargets(trx: Trx, id: string): Promise<View['targets']> {
  const rows = await trx.selectFrom('projects.target').selectAll().where('project_id', '=', id).orderBy('ordinal').execute();
  return rows.map((row) => ({ kind: targetTitle(row.kind), title: row.title, unit: row.unit, target: row.target_thousandths / 1000, actual: row.actual_thousandths === null ? null : row.actual_thousandths / 1000 }));
}

async function readOpinions(trx: Trx, id: string): Promise<View['opinions']> {
  const rows = await trx.selectFrom('projects.opinion').selectAll().where('project_id', '=', id).orderBy('given_on').limit(mostShown).execute();
  return rows.map((row) => ({ id: row.id, kind: row.kind as View['opinions'][number]['kind'], reviewer: row.reviewer, result: row.result as View['opinions'][number]['result'], score: row.score, summary: row.summary, givenOn: row.given_on, recordedBy: row.recorded_by_name }));
}

async function readSteps(trx: Trx, id: string): Promise<View['steps']> {
  const rows = await trx.selectFrom('projects.step').selectAll().where('project_id', '=', id).orderBy('at').limit(mostShown).execute();
  return rows.map((row) => ({ id: row.id, action: row.action as ProjectAction, from: stateTitle(row.from_state), to: stateTitle(row.to_state), happenedOn: row.happened_on, reason: row.reason, by: row.by_name, at: row.at.toISOString() }));
}

async function readProgress(trx: Trx, id: string, stages: View['stages']): Promise<View['progress']> {
  const rows = await trx.selectFrom('projects.progress').selectAll().where('project_id', '=', id).orderBy('at', 'desc').limit(mostShown).execute();
  return rows.map((row) => ({ id: row.id, stage: stages.find(({ ordinal }) => ordinal === row.stage_ordinal)?.title ?? '', donePercent: row.done_percent, physicalPercent: row.physical_percent, reportedOn: row.reported_on, note: row.note, by: row.by_name }));
}

async function readDocuments(trx: Trx, id: string): Promise<View['documents']> {
  const rows = await trx.selectFrom('projects.document').selectAll().where('project_id', '=', id).orderBy('added_at').limit(mostShown).execute();
  return rows.map((row) => ({ id: row.id, kind: documentTitle(row.kind_code), fileName: row.file_name, sha256: row.sha256, sizeBytes: row.size_bytes, publicState: row.public_state as View['documents'][number]['publicState'], caption: row.caption, addedBy: row.added_by_name, addedAt: row.added_at.toISOString() }));
}
