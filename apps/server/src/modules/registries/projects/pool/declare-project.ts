import type { BodyOf, changeProject as changeEndpoint, createProject as createEndpoint } from '@sunlit/api-spec';
import { countyCodeOf, newId, regionLevelOf } from '@sunlit/kernel';
import { sql } from 'kysely';
import { recordAudit } from '#platform/audit/record-audit.ts';
import type { Actor } from '#platform/authorization/actor.ts';
import { authorize } from '#platform/authorization/authorize.ts';
import { runCommand } from '#platform/commands/run-command.ts';
import type { Trx } from '#platform/database/transaction.ts';
import { AppError, type FieldProblem } from '#platform/errors.ts';
import { withoutPersonalData } from '#platform/logging/log.ts';
import { findRegion } from '#modules/organisation/index.ts';
import { getCategory, projectCatalogue } from '../project-catalogue.ts';
import { getProjectRow, keysOf, requireVersion, type ProjectRow } from './project-store.ts';

type Declaration = BodyOf<typeof createEndpoint>;

/** Begins a declaration. What is not complete yet is asked for when it is handed in, not while it is written. */
export async function createProject(actor: Actor, command: Declaration): Promise<{ id: string }> {
  return runCommand(actor, 'project.create', command, (trx) => createProjectWithin(trx, actor, command));
}

async function createProjectWithin(trx: Trx, actor: Actor, command: Declaration): Promise<{ id: string }> {
  authorize(actor, 'project.declare', { regionCode: command.regionCode });
  await requireSound(trx, command);
  const id = newId();
  const { rows } = await sql<{ number: string }>`SELECT lpad(nextval('projects.project_number')::text, 6, '0') AS number`.execute(trx);
  const keys = { county_code: countyCodeOf(command.regionCode), region_code: command.regionCode };
  await trx
    .insertInto('projects.project')
    .values({ ...keys, id, number: `XM-${command.fiscalYear}-${rows[0]!.number}`, ...columnsOf(command), state: 'draft', declared_by: actor.accountId, declared_by_name: actor.displayName })
    .execute();
  await insertParts(trx, { ...keys, id }, command);
  await recordAudit(trx, actor, { action: 'project.create', objectKind: 'project', objectId: id, regionCode: command.regionCode, details: { category: command.categoryCode, budgetFen: command.budgetFen } });
  return { id };
}

/** Rewrites what is still being declared. */
export async function changeProject(actor: Actor, id: string, body: BodyOf<typeof changeEndpoint>): Promise<{ ok: true }> {
  const command = { ...body, id };
  return runCommand(actor, 'project.change', command, async (trx) => {
    const row = await getProjectRow(trx, id, { lock: true });
    authorize(actor, 'project.declare', { regionCode: row.region_code });
    requireVersion(row, command.expectedVersion);
    if (row.state !== 'draft') throw new AppError('wrong-state', '项目已经申报，内容不能再改；需要修改请先由评审方退回。');
    if (command.regionCode !== row.region_code) throw new AppError('request-invalid', undefined, { fields: [{ path: 'regionCode', message: '实施地点不能改，请另行申报。' }] });
    await requireSound(trx, command);
    await trx.updateTable('projects.project').set({ ...columnsOf(command), version: row.version + 1, changed_at: sql`now()` }).where('id', '=', id).execute();
    for (const table of ['projects.target', 'projects.stage'] as const) await trx.deleteFrom(table).where('project_id', '=', id).execute();
    await insertParts(trx, row, command);
    await recordAudit(trx, actor, { action: 'project.change', objectKind: 'project', objectId: id, regionCode: row.region_code, details: { budgetFen: command.budgetFen } });
    return { ok: true as const };
  });
}

function columnsOf(command: Declaration) {
  return {
    title: withoutPersonalData(command.title),
    category_code: command.categoryCode,
    fiscal_year: command.fiscalYear,
    responsible_unit: command.responsibleUnit,
    works: withoutPersonalData(command.works),
    mechanism: withoutPersonalData(command.mechanism),
    households: command.households,
    budget_fen: command.budgetFen,
    start_on: command.startOn,
    finish_by: command.finishBy,
  };
}

async function insertParts(trx: Trx, row: Pick<ProjectRow, 'county_code' | 'id' | 'region_code'>, command: Declaration): Promise<void> {
  const keys = keysOf(row);
  if (command.targets.length > 0) {
    await trx
      .insertInto('projects.target')
      .values(command.targets.map((one, index) => ({ ...keys, ordinal: index + 1, kind: one.kind, title: one.title, unit: one.unit, target_thousandths: Math.round(one.target * 1000) })))
      .execute();
  }
  await trx
    .insertInto('projects.stage')
    .values(command.stages.map((one, index) => ({ ...keys, ordinal: index + 1, title: one.title, share_percent: one.sharePercent, start_on: one.startOn, finish_by: one.finishBy })))
    .execute();
}

async function requireSound(trx: Trx, command: Declaration): Promise<void> {
  getCategory(command.categoryCode);
  const fields: FieldProblem[] = [];
  if (!(await findRegion(trx, command.regionCode)) || ['nation', 'province', 'city'].includes(regionLevelOf(command.regionCode))) fields.push({ path: 'regionCode', message: '请选择实施地点所在的村、乡镇或县。' });
  if (command.finishBy < command.startOn) fields.push({ path: 'finishBy', message: '完成期限不能早于开工日期。' });
  if (command.stages.reduce((sum, one) => sum + one.sharePercent, 0) !== 100) fields.push({ path: 'stages', message: '各阶段的工作量占比加起来应为 100 %。' });
  if (command.stages.some((one) => one.finishBy < one.startOn || one.startOn < command.startOn || one.finishBy > command.finishBy)) fields.push({ path: 'stages', message: '各阶段应在项目的起止日期之内，且结束不早于开始。' });
  const kinds = new Set(projectCatalogue().targetKinds.map(({ code }) => code));
  if (command.targets.some((one) => !kinds.has(one.kind))) fields.push({ path: 'targets', message: '没有这种绩效目标。' });
  if (fields.length > 0) throw new AppError('request-invalid', undefined, { fields });
}
