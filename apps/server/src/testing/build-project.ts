import * as spec from '@sunlit/api-spec';
import { expect } from 'vitest';
import type { TestUser } from './test-app.ts';

export interface ProjectPeople {
  /** declares, runs */
  clerk: TestUser;
  /** reviews, runs */
  reviewer: TestUser;
  /** approves, accepts */
  officer: TestUser;
}

export const projectDraft = (regionCode: string, more: object = {}) => ({
  title: '帮扶车间扩建',
  regionCode,
  categoryCode: 'public-service',
  fiscalYear: 2026,
  responsibleUnit: '小堤村股份经济合作社',
  works: '新建标准车间一座，配套水电路',
  mechanism: '出租收益的六成分给村内帮扶对象',
  households: 254,
  budgetFen: 800_000_00,
  startOn: '2026-05-01',
  finishBy: '2026-09-30',
  targets: [
    { kind: 'quantity', title: '建成车间', unit: '座', target: 1 },
    { kind: 'economic', title: '年租金收入', unit: '万元', target: 5 },
    { kind: 'satisfaction', title: '群众满意度', unit: '%', target: 90 },
  ],
  stages: [
    { title: '基础施工', sharePercent: 40, startOn: '2026-05-01', finishBy: '2026-06-30' },
    { title: '主体和验收', sharePercent: 60, startOn: '2026-07-01', finishBy: '2026-09-30' },
  ],
  ...more,
});

export const carriedVote = { meeting: 'representatives', heldOn: '2026-01-15', eligible: 45, present: 38, inFavour: 36, minutesNumber: '小堤村〔2026〕3号' } as const;

export async function projectVersion(user: TestUser, id: string): Promise<number> {
  return (await user.call(spec.getProject, { params: { id } })).body.version;
}

export async function step(user: TestUser, id: string, action: spec.ProjectAction, happenedOn: string, more: object = {}) {
  return user.call(spec.takeProjectStep, { params: { id }, body: { action, happenedOn, expectedVersion: await projectVersion(user, id), ...more } });
}

/** A project that stands in the pool, by the ordinary way. */
export async function buildPooledProject(people: ProjectPeople, regionCode: string, more: object = {}): Promise<string> {
  const { clerk, reviewer, officer } = people;
  const made = await clerk.call(spec.createProject, { body: projectDraft(regionCode, more) });
  expect(made.status, made.text).toBe(200);
  const { id } = made.body;
  await clerk.call(spec.recordProjectVote, { params: { id }, body: carriedVote });
  const steps: [TestUser, spec.ProjectAction, string, object?][] = [
    [clerk, 'declare', '2026-01-20'],
    [reviewer, 'review', '2026-02-10'],
    [reviewer, 'rank', '2026-02-12', { rank: 1, reason: '带动户多、见效快' }],
    [reviewer, 'publish', '2026-02-15'],
    [officer, 'approve', '2026-03-01', { approvalNumber: '涟农〔2026〕8号' }],
  ];
  for (const [user, action, on, extra] of steps) {
    if (action === 'review') {
      for (const kind of ['expert', 'accounting-firm'] as const) {
        await reviewer.call(spec.recordOpinion, { params: { id }, body: { kind, reviewer: kind === 'expert' ? '县农业农村局专家组' : '淮安某会计师事务所', result: 'agree', score: 86, summary: '方案可行，收益测算合理', givenOn: '2026-02-05' } });
      }
    }
    const taken = await step(user, id, action, on, extra);
    expect(taken.status, `${action}: ${taken.text}`).toBe(200);
  }
  return id;
}
