import type { ResponseOf, getCockpit } from '@sunlit/api-spec';
import { z } from 'zod';
import { findPolicy } from '#platform/configuration/policies.ts';
import type { Trx } from '#platform/database/transaction.ts';
import { countVillagesWithStaff } from '#modules/organisation/index.ts';
import { countEnrolledHouseholds, countSupportedHouseholds } from '#modules/registries/households/index.ts';
import { countTimelyProjects } from '#modules/registries/projects/index.ts';
import { listCatalogue } from '../rule-catalogue/index.ts';
import { listHouseholdsInDoubt, settledByMonth, type MonthlyShare } from './finding-figures.ts';

type Indicator = ResponseOf<typeof getCockpit>['indicators'][number];

const share = (part: number, whole: number): number | null => (whole === 0 ? null : part / whole);
const ofMonths = (months: readonly MonthlyShare[]) => ({
  value: share(months.reduce((sum, one) => sum + one.settled, 0), months.reduce((sum, one) => sum + one.all, 0)),
  trend: months.map((one) => ({ month: one.month, value: share(one.settled, one.all) })),
});

/**
 * The six precisions, each as one figure with its definition. What cannot be measured from the registers in use is null
 * and says so: an invented figure would be worse than none.
 */
export async function sixPrecisions(trx: Trx, regionCode: string, on: string): Promise<Indicator[]> {
  const line = await findPolicy(trx, 'line.monitoring-year', regionCode, on, z.number().int());
  const paymentRules = (await listCatalogue()).filter((rule) => rule.code.startsWith('F')).map((rule) => rule.code);
  const months = lastMonths(on, 6);
  const enrolled = await countEnrolledHouseholds(trx, regionCode, on);
  const doubted = await countEnrolledHouseholds(trx, regionCode, on, await listHouseholdsInDoubt(trx, regionCode));
  const supported = await countSupportedHouseholds(trx, regionCode, line?.value ?? 0);
  const staffed = await countVillagesWithStaff(trx, supported.villages);
  const projects = await countTimelyProjects(trx, regionCode, on);
  const payments = ofMonths(await settledByMonth(trx, regionCode, paymentRules, undefined, months));
  const help = ofMonths(await settledByMonth(trx, regionCode, undefined, 'should-receive-but-does-not', months));
  return [
    {
      code: 'targets',
      title: { zh: '扶持对象精准', en: 'The right households' },
      value: share(enrolled - doubted, enrolled),
      unit: '%',
      definition: { zh: '正在享受救助待遇的户中，没有在办或已属实的“不该享受”疑点的户所占比例。', en: 'Of households that receive assistance, the share without an open or confirmed finding that they should not.' },
      trend: [],
    },
    {
      code: 'projects',
      title: { zh: '项目安排精准', en: 'The right projects' },
      value: share(projects.inTime, projects.due),
      unit: '%',
      definition: { zh: '已入库、到了计划完成日期或已经完工的项目中，按期完工的比例；终止的不算。', en: 'Of pooled projects whose planned end has come or that are done, the share completed by it; cancelled ones do not count.' },
      trend: [],
    },
    {
      code: 'funds',
      title: { zh: '资金使用精准', en: 'The right use of money' },
      value: payments.value,
      unit: '%',
      definition: { zh: '近六个月决定为属实的发放类疑点中，已经跟踪落实或办结的比例。', en: 'Of payment findings confirmed within six months, the share followed up or closed.' },
      trend: payments.trend,
    },
    {
      code: 'measures',
      title: { zh: '措施到户精准', en: 'Help reaches the household' },
      value: help.value,
      unit: '%',
      definition: { zh: '近六个月决定为属实的“应享未享”疑点中，已经跟踪落实或办结的比例。', en: 'Of help found to be owed within six months, the share that has arrived and is closed.' },
      trend: help.trend,
    },
    {
      code: 'people',
      title: { zh: '因村派人精准', en: 'The right people in the village' },
      value: share(staffed, supported.villages.length),
      unit: '%',
      definition: { zh: '有脱贫户或监测户的村中，有在岗的信息员、帮扶责任人或第一书记账号的村所占比例。', en: 'Of villages with supported households, the share with an active clerk, helper or first secretary.' },
      trend: [],
    },
    {
      code: 'results',
      title: { zh: '脱贫成效精准', en: 'Lasting results' },
      value: line ? share(supported.aboveLine, supported.withIncome) : null,
      unit: '%',
      definition: { zh: '有收入记录的脱贫户和监测户中，人均年纯收入不低于防返贫监测线的户所占比例。', en: 'Of supported households with an income on record, the share at or above the monitoring line.' },
      trend: [],
    },
  ];
}

/** `YYYY-MM` of the last months, the oldest first, the present one included. */
function lastMonths(on: string, count: number): string[] {
  const [year = 0, month = 1] = on.split('-').map(Number);
  return Array.from({ length: count }, (_, index) => {
    const number = year * 12 + month - 1 - (count - 1 - index);
    return `${Math.floor(number / 12)}-${String((number % 12) + 1).padStart(2, '0')}`;
  });
}
