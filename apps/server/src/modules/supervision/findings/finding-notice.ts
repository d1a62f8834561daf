import { isPublicMatter } from '#analytics/rule-runner/index.ts';
import { renderFact, renderNotice } from '@sunlit/rule-kit';
import { recordAudit } from '#platform/audit/record-audit.ts';
import type { Actor } from '#platform/authorization/actor.ts';
import { today } from '#platform/clock/today.ts';
import { inTransaction } from '#platform/database/transaction.ts';
import { AppError } from '#platform/errors.ts';
import { householdNotice } from '#platform/http/household-notice.ts';
import type { Locale } from '#platform/http/locale.ts';
import { regionNamer } from '#modules/organisation/index.ts';
import { getRule, getRuleLibrary } from '../rule-catalogue/index.ts';
import { findFinding, listEvidence } from './finding-store.ts';
import { asEvidenceRow, ownRecordsTitle, responsibleFor } from './view-finding.ts';

/**
 * What the household is given: what was found and in whose records, that nothing stops before a person decides, how and
 * until when to answer, and whom to ask by name. At least 18 pt; no identity number. Not before release.
 */
export async function findingNotice(actor: Actor, id: string, locale: Locale): Promise<string> {
  return inTransaction(actor, async (trx) => {
    const row = await findFinding(trx, id);
    if (!row) throw new AppError('not-found');
    if (row.visibility !== 'ordinary' && row.state !== 'awaiting-answer') throw new AppError('wrong-state', '涉公职人员的疑点在要求说明之前不发通知。');
    const rule = await getRule(row.rule_code);
    const { kinds } = await getRuleLibrary();
    const language = locale === 'en' ? 'en' : 'zh';
    const evidence = (await listEvidence(trx, id)).map(asEvidenceRow);
    const responsible = await responsibleFor(trx, row);
    const region = (await regionNamer())(row.responsible_region_code);
    await recordAudit(trx, actor, { action: 'finding.notice', objectKind: 'finding', objectId: id, regionCode: row.responsible_region_code, householdId: row.household_id });
    const facts = evidence.map((one) => renderFact(rule, one, language, kinds.get(one.dataset)?.title[language] ?? ownRecordsTitle(rule)[language]));
    const words =
      language === 'en'
        ? { title: 'Please tell us your side', to: isPublicMatter(rule.subjectKind) ? `To the office in charge in ${region.fullName}` : `To the household of ${row.head_name ?? ''}`, facts: 'What the records say', answer: `You may answer in person, by phone or in writing, or have somebody speak for you${row.due_on ? `, by ${row.due_on} if you can` : ''}.` }
        : { title: '情况核实告知书', to: isPublicMatter(rule.subjectKind) ? `${region.fullName}主管单位：` : `${row.head_name ?? ''} 户：`, facts: '记录里是这样写的', answer: `您可以当面说、打电话说、写下来，也可以请家人或别人代您说${row.due_on ? `，请尽量在 ${row.due_on} 之前` : ''}。说了什么都会如实记下。` };
    return householdNotice({ title: words.title, to: words.to, from: region.fullName, number: row.number, paragraphs: [renderNotice(rule, evidence, language)], facts: { heading: words.facts, items: facts }, answer: words.answer, contact: responsible, day: today() }, locale);
  });
}
