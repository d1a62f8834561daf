import type { ProcedureView } from '@sunlit/api-spec';
import { formatYuan } from '@sunlit/kernel';
import { z } from 'zod';
import { today } from '#platform/clock/today.ts';
import { findPolicy } from '#platform/configuration/policies.ts';
import type { Trx } from '#platform/database/transaction.ts';
import { decryptValue } from '#platform/personal-data/cipher.ts';
import { findHousehold } from '#modules/registries/households/index.ts';
import type { Procedure } from './definitions.ts';
import { listHouseholdMeasures } from './household-measures.ts';
import { monthsBetween } from './procedure-policy.ts';
import { listSteps, type ProcedureRow } from './procedure-store.ts';

type Condition = ProcedureView['conditions'][number];

/** The conditions of an exit as the registry has them; they are shown to who decides and decide nothing. `null` = not known. */
export async function exitConditions(trx: Trx, row: ProcedureRow, procedure: Procedure): Promise<Condition[]> {
  const household = row.household_id === null ? undefined : await findHousehold(trx, row.household_id);
  if (!household || row.purpose !== 'exit') return [];
  const line = await findPolicy(trx, 'line.monitoring-year', household.responsible_region_code, today(), z.number().int());
  const verification = (await listSteps(trx, row.id)).findLast((step) => step.action === 'verify')?.form_enc;
  const seen = verification ? (JSON.parse(decryptValue('case-form', verification)) as Record<string, unknown>) : undefined;
  const income = typeof seen?.['incomePerCapitaFen'] === 'number' ? seen['incomePerCapitaFen'] : household.income_per_capita_fen;
  const months = household.status_from === null ? null : monthsBetween(household.status_from, today());
  const least = procedure.definition.leastMonths ?? 0;
  const measures = await listHouseholdMeasures(trx, household.id);
  const open = measures.filter((one) => one.state === 'promised' || one.state === 'delivered').length;
  const guarantees = ['food', 'education', 'medical', 'housing', 'water'];
  return [
    {
      code: 'income',
      title: { zh: '人均纯收入高于监测范围', en: 'Income per head above the monitoring line' },
      met: income === null || !line ? null : income > line.value,
      fact: { zh: `${income === null ? '没有收入记录' : `${formatYuan(income)} 元`}，监测范围 ${line ? `${formatYuan(line.value)} 元` : '没有设定'}`, en: `${income === null ? 'no income on record' : `${formatYuan(income)} yuan`}, line ${line ? `${formatYuan(line.value)} yuan` : 'not set'}` },
    },
    {
      code: 'months',
      title: { zh: `识别满 ${least} 个月`, en: `Monitored for ${least} months` },
      met: months === null ? null : months >= least,
      fact: { zh: months === null ? '没有起始日期' : `已 ${months} 个月`, en: months === null ? 'no first day on record' : `${months} months` },
    },
    {
      code: 'guarantees',
      title: { zh: '两不愁三保障和饮水安全', en: 'Food, school, medical care, housing, water' },
      met: seen === undefined ? null : guarantees.every((name) => seen[name] === 'ok'),
      fact: seen === undefined ? { zh: '还没有入户核实', en: 'not visited yet' } : { zh: `入户核实 ${guarantees.filter((name) => seen[name] === 'ok').length}/${guarantees.length} 项有保障`, en: `${guarantees.filter((name) => seen[name] === 'ok').length} of ${guarantees.length} safe at the visit` },
    },
    {
      code: 'measures',
      title: { zh: '帮扶措施都已落实并经农户确认', en: 'Measures delivered and confirmed by the household' },
      met: measures.length === 0 ? null : open === 0,
      fact: measures.length === 0 ? { zh: '没有登记过措施', en: 'no measures on record' } : { zh: `共 ${measures.length} 项，未完 ${open} 项`, en: `${measures.length} measures, ${open} not finished` },
    },
  ];
}
