import { z } from 'zod';
import { numberKind, policyField, type PolicyKind } from '#modules/programmes/index.ts';

const days = z.number().int().min(1).max(3650);
const percent = z.number().int().min(0).max(100);

/** The clocks and the pace of public money, as a region may set them. */
export function fundPolicyKinds(): PolicyKind[] {
  const percentBy = (name: string, zh: string, en: string) => policyField({ name, label: { zh, en }, unit: 'percent', max: 100 });
  return [
    {
      code: 'fund.clock.pass-on-days',
      title: { zh: '资金到账后应下达或安排的天数', en: 'Days within which arrived money is passed on or planned' },
      fields: [
        policyField({ name: 'yellow', label: { zh: '黄', en: 'Yellow' }, unit: 'days', min: 1 }),
        policyField({ name: 'orange', label: { zh: '橙', en: 'Orange' }, unit: 'days', min: 1 }),
        policyField({ name: 'red', label: { zh: '红', en: 'Red' }, unit: 'days', min: 1 }),
      ],
      schema: z.object({ yellow: days, orange: days, red: days }).strict().refine((value) => value.yellow < value.orange && value.orange < value.red),
    },
    numberKind('fund.clock.arrival-working-days', { zh: '资金下达后应确认到账的工作日', en: 'Working days within which an arrival is confirmed' }, { unit: 'working-days' }),
    {
      code: 'fund.progress.percent-by-month',
      title: { zh: '各月底应达到的支出进度', en: 'Spending expected by the end of a month' },
      fields: [percentBy('03', '三月底', 'End of March'), percentBy('06', '六月底', 'End of June'), percentBy('09', '九月底', 'End of September'), percentBy('12', '十二月底', 'End of December')],
      schema: z.object({ '03': percent, '06': percent, '09': percent, '12': percent }).strict(),
    },
  ];
}
