import type { ProjectAction } from '@sunlit/api-spec';
import { findPolicy } from '#platform/configuration/policies.ts';
import type { Trx } from '#platform/database/transaction.ts';
import { AppError } from '#platform/errors.ts';
import { documentTitle, getCategory, projectCatalogue } from '../project-catalogue.ts';
import { admissionSchema } from '../project-policy-kinds.ts';
import type { ProjectRow } from './project-store.ts';
import { listVotes } from './village-votes.ts';

/** What still keeps a project from the next step, in words for whoever must bring it. */
export async function missingForStep(trx: Trx, row: ProjectRow, action: ProjectAction, today: string): Promise<string[]> {
  switch (action) {
    case 'declare':
      return missingForPool(trx, row, today);
    case 'review':
      return missingReviews(trx, row, today);
    case 'approve':
      return row.published_until !== null && today <= row.published_until ? [`公示到 ${row.published_until} 才满期，期满没有异议才能批准入库`] : [];
    case 'complete':
      return row.physical_percent < 100 ? [`工程进度是 ${row.physical_percent} %，全部完成才能报完工`] : [];
    case 'accept':
      return (await missingDocuments(trx, row)).map((title) => `缺少必备材料：${title}`);
    default:
      return [];
  }
}

async function missingForPool(trx: Trx, row: ProjectRow, today: string): Promise<string[]> {
  const policy = await admissionOf(trx, row, today);
  const targets = await trx.selectFrom('projects.target').select('kind').where('project_id', '=', row.id).execute();
  const groups = new Map(projectCatalogue().targetKinds.map(({ code, group }) => [code, group]));
  const has = (group: string) => targets.some(({ kind }) => groups.get(kind) === group);
  const missing: string[] = [];
  if (targets.length < policy.leastTargets) missing.push(`绩效目标至少 ${policy.leastTargets} 项，现有 ${targets.length} 项；没有绩效目标的项目不能入库`);
  if (!has('output')) missing.push('缺少产出类绩效目标');
  if (!has('benefit')) missing.push('缺少效益类绩效目标');
  if (!(await listVotes(trx, [row.id])).some(({ carried }) => carried)) missing.push('缺少村民会议或村民代表会议通过的决议');
  return missing;
}

async function missingReviews(trx: Trx, row: ProjectRow, today: string): Promise<string[]> {
  const policy = await admissionOf(trx, row, today);
  // Opinions from before the project was sent back do not count for what it says now.
  const since = await trx.selectFrom('projects.step').select('at').where('project_id', '=', row.id).where('action', '=', 'declare').orderBy('at', 'desc').limit(1).executeTakeFirst();
  const opinions = await trx.selectFrom('projects.opinion').select(['kind', 'result', 'score']).where('project_id', '=', row.id).where('recorded_at', '>=', since?.at ?? new Date(0)).execute();
  const of = (kind: string) => opinions.filter((one) => one.kind === kind).length;
  const missing: string[] = [];
  if (of('expert') < policy.expertReviews) missing.push(`专家评审意见应有 ${policy.expertReviews} 份，现有 ${of('expert')} 份`);
  if (of('accounting-firm') < policy.accountingReviews) missing.push(`会计机构评审意见应有 ${policy.accountingReviews} 份，现有 ${of('accounting-firm')} 份`);
  if (opinions.some(({ result }) => result === 'disagree')) missing.push('有评审意见不同意，应退回修改或不予通过');
  const score = opinions.length === 0 ? 0 : opinions.reduce((sum, one) => sum + one.score, 0) / opinions.length;
  if (opinions.length > 0 && score < policy.leastScore) missing.push(`评审平均分 ${score.toFixed(1)}，低于 ${policy.leastScore} 分`);
  return missing;
}

/** Titles of the papers that the category asks for and that nobody has added. */
export async function missingDocuments(trx: Trx, row: Pick<ProjectRow, 'id' | 'category_code'>): Promise<string[]> {
  const present = new Set((await trx.selectFrom('projects.document').select('kind_code').distinct().where('project_id', '=', row.id).execute()).map((one) => one.kind_code));
  return getCategory(row.category_code).required.filter((code) => !present.has(code)).map((code) => documentTitle(code).title.zh);
}

async function admissionOf(trx: Trx, row: ProjectRow, today: string) {
  const policy = await findPolicy(trx, 'project.admission', row.region_code, today, admissionSchema);
  if (!policy) throw new AppError('not-ready', '没有“项目入库条件”这项政策参数，不能判断能否入库。');
  return policy.value;
}
