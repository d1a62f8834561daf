import type { Actor } from '#platform/authorization/actor.ts';
import { authorize } from '#platform/authorization/authorize.ts';
import { today } from '#platform/clock/today.ts';
import { dictionary } from '#platform/configuration/dictionaries.ts';
import { inTransaction } from '#platform/database/transaction.ts';
import { AppError } from '#platform/errors.ts';
import type { Locale } from '#platform/http/locale.ts';
import { escapeHtml, printablePage } from '#platform/http/printable-page.ts';
import { regionNamer } from '#modules/organisation/index.ts';
import { resolveHousehold } from '../household-store.ts';
import { nameFor } from '../household-view.ts';
import { recordPartView } from '../record-part-view.ts';
import { getFormula } from './income-policy.ts';
import { kindOfItem, periodOf } from './net-income.ts';

const words = {
  'zh-CN': { title: '家庭收入登记表', household: '户', period: '核算年度', item: '项目', amount: '金额（元）', sign: ['户主或成员签字', '采集人签字', '日期'], note: '没有的项目留空。填好后由信息员录入系统，经审批后登记。' },
  en: { title: 'Income of a household', household: 'Household', period: 'Accounting year', item: 'Item', amount: 'Amount (yuan)', sign: ['Signed by a member', 'Taken down by', 'Date'], note: 'Leave empty what there is none of. The clerk enters it; it is on record once approved.' },
} as const;

/** The same items as the form on the screen, on paper: to be filled in where there is no signal. */
export async function printIncomeForm(actor: Actor, id: string, query: { year?: number | undefined }, locale: Locale): Promise<string> {
  authorize(actor, 'household.propose');
  const regionOf = await regionNamer();
  return inTransaction(actor, async (trx) => {
    const household = await resolveHousehold(trx, id, today());
    if (!household) throw new AppError('not-found');
    await recordPartView(trx, actor, household);
    const year = query.year ?? Number(today().slice(0, 4));
    const period = periodOf(await getFormula(trx, household.responsible_region_code, year), year);
    const text = words[locale];
    const label = ({ zh, en }: { zh: string; en: string }) => escapeHtml(locale === 'en' ? en : zh);
    const table = dictionary('income-kind').map((kind) => {
      const rows = dictionary('income-item').filter(({ code }) => kindOfItem(code) === kind.code).map((item) => `<tr><td>${label(item)}</td><td class="blank"></td></tr>`);
      return `<tbody><tr><th colspan="2">${label(kind)}</th></tr>${rows.join('')}</tbody>`;
    });
    const style = '<style>body{font-size:12pt}h1{font-size:20pt;margin:0}table{width:100%;border-collapse:collapse}th,td{border:1px solid #333;padding:.15em .5em;text-align:left}.blank{width:40%}tbody{break-inside:avoid}footer{font-size:10pt}</style>';
    const head = `<h1>${text.title}</h1><p>${text.household}：${escapeHtml(nameFor(actor, household.head_name))} ${escapeHtml(household.number)} · ${escapeHtml(regionOf(household.responsible_region_code).fullName)}<br>${text.period}：${period.from} – ${period.to}</p>`;
    const sign = text.sign.map((line) => `<p class="sign">${line}：____________________</p>`).join('');
    return printablePage({ title: text.title, locale, source: `${household.number} · ${today()}`, body: `${style}${head}<table><thead><tr><th>${text.item}</th><th>${text.amount}</th></tr></thead>${table.join('')}</table><p>${text.note}</p>${sign}` });
  });
}
