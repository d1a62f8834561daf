import { z } from 'zod';
import { numberKind, policyField, type PolicyKind } from '#modules/programmes/index.ts';

const days = z.number().int().min(1).max(3650);
const colours = { yellow: { zh: '黄灯', en: 'Yellow' }, orange: { zh: '橙灯', en: 'Orange' }, red: { zh: '红灯', en: 'Red' } } as const;
const daysFields = (names: readonly (keyof typeof colours)[]) => names.map((name) => policyField({ name, label: colours[name], unit: 'days', min: 1 }));
const months = Array.from({ length: 12 }, (_, index) => String(index + 1).padStart(2, '0'));

/** Clocks and limits of money that a region may set. */
export function fundPolicyKinds(): PolicyKind[] {
  return [
    {
      code: 'fund.clock.pass-on-days',
      title: { zh: '资金到账后应下达或安排的天数', en: 'Days within which arrived money is passed on or planned' },
      fields: daysFields(['yellow', 'orange', 'red']),
      schema: z.object({ yellow: days, orange: days, red: days }).strict().refine((value) => value.yellow < value.orange && value.orange < value.red),
    },
    numberKind('fund.clock.arrival-working-days', { zh: '资金下达后应确认到账的工作日', en: 'Working days within which an arrival is confirmed' }, { unit: 'working-days', max: 120 }),
    {
      code: 'fund.progress.percent-by-month',
      title: { zh: '各月底应达到的支出进度', en: 'Spending expected by the end of a month' },
      fields: months.map((month) => policyField({ name: month, label: { zh: `${Number(month)} 月底`, en: `By the end of month ${Number(month)}` }, unit: 'percent', max: 100 })),
      schema: z.record(z.string().regex(/^(0[1-9]|1[0-2])$/), z.number().int().min(0).max(100)),
    },
  ];
}
