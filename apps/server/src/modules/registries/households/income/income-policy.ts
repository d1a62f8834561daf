import { z } from 'zod';
import { dictionary } from '#platform/configuration/dictionaries.ts';
import { findPolicy, type PolicyValue } from '#platform/configuration/policies.ts';
import type { Trx } from '#platform/database/transaction.ts';
import { choicesOf, policyField, type PolicyKind } from '#modules/programmes/index.ts';
import { incomeKinds, type IncomeFormula, type IncomeKind } from './net-income.ts';

const codes = z.string().max(600);
const formulaSchema = z.object({ counted: codes, subtracted: codes, excluded: codes, periodStartMonth: z.number().int().min(1).max(12) }).strict();
const divergenceSchema = z.object({ percent: z.number().int().min(1).max(1000), amountFen: z.number().int().min(0) }).strict();

const kindsIn = (text: string): IncomeKind[] => incomeKinds.filter((kind) => text.split(',').includes(kind));

/** What holds where no region has set anything at all: every kind for itself, nothing computed away. */
const plain: IncomeFormula = { counted: ['wage', 'business', 'property', 'transfer'], subtracted: ['cost'], excluded: [], periodStartMonth: 1 };

export interface DatedFormula extends IncomeFormula {
  basis: string;
  validFrom: string;
}

/** The formula in force at the end of an accounting year. */
export async function getFormula(trx: Trx, regionCode: string, year: number): Promise<DatedFormula> {
  const found: PolicyValue<z.output<typeof formulaSchema>> | undefined = await findPolicy(trx, 'income.formula', regionCode, `${year}-12-31`, formulaSchema);
  if (!found) return { ...plain, basis: '', validFrom: `${year}-01-01` };
  const { counted, subtracted, excluded, periodStartMonth } = found.value;
  return { counted: kindsIn(counted), subtracted: kindsIn(subtracted), excluded: excluded.split(','), periodStartMonth, basis: found.basis, validFrom: found.validFrom };
}

/** Sources in the order in which they speak of a year. */
export async function getSourceOrder(trx: Trx, regionCode: string, on: string): Promise<string[]> {
  const found = await findPolicy(trx, 'income.sources', regionCode, on, codes);
  return found?.value.split(',') ?? dictionary('income-source').map(({ code }) => code);
}

export async function findDivergenceLimit(trx: Trx, regionCode: string, on: string): Promise<z.output<typeof divergenceSchema> | undefined> {
  return (await findPolicy(trx, 'income.divergence', regionCode, on, divergenceSchema))?.value;
}

export function incomePolicyKinds(): PolicyKind[] {
  const kinds = choicesOf('income-kind');
  return [
    {
      code: 'income.formula',
      title: { zh: '人均纯收入的算法', en: 'Formula of the net income per head' },
      fields: [
        policyField({ name: 'counted', label: { zh: '计入', en: 'Counted' }, unit: 'codes', choices: kinds }),
        policyField({ name: 'subtracted', label: { zh: '扣除', en: 'Subtracted' }, unit: 'codes', choices: kinds }),
        policyField({ name: 'excluded', label: { zh: '不计入的项目', en: 'Items that do not count' }, unit: 'codes', choices: choicesOf('income-item') }),
        policyField({ name: 'periodStartMonth', label: { zh: '核算年度从几月起（非 1 月则从上一年起）', en: 'Month in which the accounting year begins (not January: of the year before)' }, unit: 'month-of-year' }),
      ],
      schema: formulaSchema,
    },
    {
      code: 'income.sources',
      title: { zh: '收入来源的先后', en: 'Which source of income speaks first' },
      fields: [policyField({ name: null, label: { zh: '从先到后', en: 'In this order' }, unit: 'codes', choices: choicesOf('income-source') })],
      schema: codes,
    },
    {
      code: 'income.divergence',
      title: { zh: '两种口径相差多少须核对', en: 'How far two sources of income may differ' },
      fields: [
        policyField({ name: 'percent', label: { zh: '相差超过', en: 'More than' }, unit: 'percent', min: 1 }),
        policyField({ name: 'amountFen', label: { zh: '并且超过', en: 'And more than' }, unit: 'fen' }),
      ],
      schema: divergenceSchema,
    },
  ];
}
