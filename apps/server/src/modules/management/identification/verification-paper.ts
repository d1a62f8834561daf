import type { Actor } from '#platform/authorization/actor.ts';
import { recordAudit } from '#platform/audit/record-audit.ts';
import { authorize } from '#platform/authorization/authorize.ts';
import { today } from '#platform/clock/today.ts';
import { inTransaction } from '#platform/database/transaction.ts';
import type { Locale } from '#platform/http/locale.ts';
import { escapeHtml, printablePage } from '#platform/http/printable-page.ts';
import { regionNamer } from '#modules/organisation/index.ts';
import { findHousehold, nameFor } from '#modules/registries/households/index.ts';
import { getProcedureDefinition, help } from './definitions.ts';
import { getProcedureRow } from './procedure-store.ts';

/** The visit's form and the household's statement, to fill in by hand where there is no signal; a clerk types it in later. */
export async function verificationPaper(actor: Actor, id: string, locale: Locale): Promise<string> {
  authorize(actor, 'identification.read');
  const name = await regionNamer();
  return inTransaction(actor, async (trx) => {
    const row = await getProcedureRow(trx, id);
    const household = row.household_id === null ? undefined : await findHousehold(trx, row.household_id);
    const { definition } = getProcedureDefinition(row.definition);
    await recordAudit(trx, actor, { action: 'identification.paper', objectKind: 'procedure', objectId: id, regionCode: row.region_code, householdId: row.household_id });
    const en = locale === 'en';
    const say = (zh: string, english: string) => (en ? english : zh);
    const boxes = (list: readonly { zh: string; en: string }[]) => list.map((one) => `☐ ${escapeHtml(say(one.zh, one.en))}`).join('　');
    const line = (label: string, value = '') => `<p>${label}：<u>　${escapeHtml(value)}${'　'.repeat(value === '' ? 14 : 2)}</u></p>`;
    const safe = [
      { zh: '吃穿', en: 'Food and clothing' },
      { zh: '义务教育', en: 'Compulsory schooling' },
      { zh: '基本医疗', en: 'Medical care' },
      { zh: '住房安全', en: 'Safe housing' },
      { zh: '饮水安全', en: 'Safe water' },
    ];
    const body = `<h1>${say('入户核实表', 'Home verification')}</h1>
      <p class="big">${escapeHtml(row.number)}　${escapeHtml(say(definition.title.zh, definition.title.en))}</p>
      ${line(say('村（社区）', 'Village'), name(row.region_code).fullName)}${line(say('户主', 'Head of household'), household ? nameFor(actor, household.head_name) : '')}
      ${line(say('入户日期', 'Day of the visit'))}${line(say('在场的家庭成员', 'Who was present'))}
      <p>${say('类别', 'Class')}：${boxes(definition.classes)}</p><p>${say('风险（最多 5 项）', 'Risks (at most 5)')}：${boxes(help().risks)}</p>
      ${line(say('家庭人均纯收入（元）', 'Net income per head (yuan)'))}${line(say('合规自付支出（元）', 'Self-paid expense (yuan)'))}
      ${safe.map((one) => `<p>${say(one.zh, one.en)}：☐ ${say('有保障', 'safe')}　☐ ${say('有问题', 'a problem')}　☐ ${say('没有查看', 'not looked at')}</p>`).join('')}
      ${line(say('家庭情况', 'Situation'))}<p><br><br></p>
      <p>${say('核实意见', 'Opinion')}：☐ ${say('建议', 'suggested')}　☐ ${say('不建议', 'not suggested')}</p>
      <p class="sign">${say('核实人（两人签字）', 'Visitors (two signatures)')}：　　　　　　　　${say('农户', 'Household')}：</p>
      <h2 style="break-before:page">${say('承诺与授权', 'Statement and authorisation')}</h2>
      <p>${say('我家提供的情况真实。我知道：提供虚假情况的，按规定处理；我可以随时撤回授权，可以要求更正，也可以对决定申诉。', 'What we have told is true. I know that false statements have consequences; that I may withdraw the authorisation at any time, ask for corrections, and appeal against decisions.')}</p>
      <p>${say('为核对是否符合条件，我同意查询下列成年家庭成员的有关信息（不同意的可以不签，不影响受理）：', 'To see whether we qualify, information about these adult members may be looked up (who does not agree does not sign; the application is handled all the same):')}</p>
      <p class="sign">${say('成员签字或按手印', 'Signatures or fingerprints of members')}：</p><p class="sign">${say('代签人', 'Signed for them by')}：　　　　　　　　${say('日期', 'Date')}：</p>`;
    return printablePage({ title: say('入户核实表', 'Home verification'), locale, source: `${row.number} · ${today()}`, body });
  });
}
