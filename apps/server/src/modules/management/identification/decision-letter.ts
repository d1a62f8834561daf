import { recordAudit } from '#platform/audit/record-audit.ts';
import type { Actor } from '#platform/authorization/actor.ts';
import { authorize } from '#platform/authorization/authorize.ts';
import { dayOf } from '#platform/clock/today.ts';
import { inTransaction } from '#platform/database/transaction.ts';
import { AppError } from '#platform/errors.ts';
import type { Locale } from '#platform/http/locale.ts';
import { escapeHtml, printablePage } from '#platform/http/printable-page.ts';
import { withoutPersonalData } from '#platform/logging/log.ts';
import { decryptValue } from '#platform/personal-data/cipher.ts';
import { regionNamer } from '#modules/organisation/index.ts';
import { findHousehold } from '#modules/registries/households/index.ts';
import { getProcedureDefinition } from './definitions.ts';
import { getProcedureRow, listSteps, type ProcedureRow, type StepRow } from './procedure-store.ts';

const deciding = ['appraise', 'review', 'decide', 'set-aside'];

/** The step that decided the case as it stands: nothing once an appeal against it was upheld. */
export function findDecision(steps: readonly StepRow[], outcome: ProcedureRow['outcome']): StepRow | undefined {
  const last = steps.findLast((one) => deciding.includes(one.action) || one.action === 'appeal-upheld');
  if (!last || last.action === 'appeal-upheld') return undefined;
  return last.action === 'decide' || outcome === 'not-eligible' || outcome === 'set-aside' ? last : undefined;
}

/**
 * What the household is told in writing: what was decided, by whom, why, and how to appeal against it. A refusal without
 * written reasons is none (《社会救助暂行办法》第十一条).
 */
export async function decisionLetter(actor: Actor, id: string, locale: Locale): Promise<string> {
  authorize(actor, 'identification.read');
  const name = await regionNamer();
  return inTransaction(actor, async (trx) => {
    const row = await getProcedureRow(trx, id);
    const step = findDecision(await listSteps(trx, id), row.outcome);
    const { definition } = getProcedureDefinition(row.definition);
    if (!step) throw new AppError('wrong-state', '还没有作出决定，没有可以送达的告知书。');
    const household = row.household_id === null ? undefined : await findHousehold(trx, row.household_id);
    await recordAudit(trx, actor, { action: 'identification.letter', objectKind: 'procedure', objectId: id, regionCode: row.region_code, householdId: row.household_id });
    const en = locale === 'en';
    const say = (zh: string, english: string) => (en ? english : zh);
    const isFor = step.to_state !== 'closed';
    const entry = row.purpose === 'entry';
    const result = isFor ? (entry ? say('同意纳入', 'You are taken in.') : say('同意认定风险消除', 'Your risk is held to be over.')) : entry ? say('不予纳入', 'You are not taken in.') : say('不认定风险消除，继续监测和帮扶', 'Your risk is not held to be over; monitoring and help go on.');
    const day = dayOf(step.at);
    return printablePage({
      title: say('决定告知书', 'Decision'),
      locale,
      source: `${name(row.region_code).fullName} · ${row.number} · ${day}`,
      body: `<h1>${say('决定告知书', 'Decision')}</h1><p>${escapeHtml(say(`${household?.head_name ?? ''} 户：`, `To the household of ${household?.head_name ?? ''}`))}</p>
        <p>${escapeHtml(say(`您家的“${definition.title.zh}”（编号 ${row.number}）已经办理，结果是：`, `Your case “${definition.title.en}” (number ${row.number}) was decided:`))}</p>
        <p class="big">${escapeHtml(result)}</p><h2>${say('理由', 'Why')}</h2><p>${escapeHtml(reasonOf(step))}</p>
        <h2>${say('不服怎么办', 'If you disagree')}</h2>
        <p>${say('您可以向村（社区）、乡镇或县里当面说、打电话说或写下来申诉，不用交费，也可以请人代说。申诉由没有参与这一决定的人处理，会书面答复您。申诉不影响您正在领的待遇和正在得到的帮扶。', 'You may appeal to the village, township or county, in person, by phone or in writing, free of charge, or have somebody speak for you. Somebody who took no part decides, and answers in writing. Appealing does not touch what you receive.')}</p>
        <p>${say('作出决定的人', 'Decided by')}：${escapeHtml(step.by_name)}　${day}</p>
        <p class="sign">${say('收到人（签字或按手印）', 'Received by (signature)')}：</p>`,
    });
  });
}

/** Why, as whoever decided wrote it. */
export function reasonOf(step: StepRow): string {
  const form = step.form_enc === null ? {} : (JSON.parse(decryptValue('case-form', step.form_enc)) as Record<string, unknown>);
  const said = form['opinion'] ?? form['minutes'] ?? step.reason;
  return withoutPersonalData(typeof said === 'string' ? said : step.reason);
}
