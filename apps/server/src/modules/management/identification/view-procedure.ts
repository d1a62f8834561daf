import type { Localised, PermissionCode, ProcedureView } from '@sunlit/api-spec';
import { maskPhoneNumber } from '@sunlit/kernel';
import { recordAudit } from '#platform/audit/record-audit.ts';
import type { Actor } from '#platform/authorization/actor.ts';
import { authorize } from '#platform/authorization/authorize.ts';
import { today } from '#platform/clock/today.ts';
import { inWords } from '#platform/configuration/english-texts.ts';
import { inTransaction, type Trx } from '#platform/database/transaction.ts';
import type { Locale } from '#platform/http/locale.ts';
import { withoutPersonalData } from '#platform/logging/log.ts';
import { decryptOptional, decryptValue } from '#platform/personal-data/cipher.ts';
import { findNoticeStanding } from '#modules/publication/index.ts';
import { listMembersToSign, nameFor } from '#modules/registries/households/index.ts';
import { appealView, listAppeals } from './appeals.ts';
import { listPapers } from './attach.ts';
import type { Comparison } from './comparison.ts';
import { getProcedureDefinition, help, titled, type Procedure } from './definitions.ts';
import { findDecision } from './decision-letter.ts';
import { exitConditions } from './exit-conditions.ts';
import { listFollowUps } from './follow-ups.ts';
import { itemContext, procedureItem } from './list-procedures.ts';
import { listMeasures, measureView } from './measures.ts';
import { getProcedureRow, listSteps, type ProcedureRow, type StepRow } from './procedure-store.ts';
import { isConcerned } from './require-disinterest.ts';
import { stepFacts } from './step-facts.ts';

const otherSteps: Record<string, Localised> = {
  open: { zh: '登记线索', en: 'Clue taken down' },
  appeal: { zh: '收到申诉', en: 'Appeal received' },
  'appeal-upheld': { zh: '申诉成立，退回重新办理', en: 'Appeal upheld, decided anew' },
  'appeal-rejected': { zh: '申诉不成立', en: 'Appeal rejected' },
};

export async function viewProcedure(actor: Actor, id: string, locale: Locale): Promise<ProcedureView> {
  authorize(actor, 'identification.read');
  return inTransaction(actor, async (trx) => {
    const row = await getProcedureRow(trx, id);
    const procedure = getProcedureDefinition(row.definition);
    const { definition } = procedure;
    const isOwn = row.household_id !== null && (await isConcerned(trx, actor, row.household_id));
    const steps = await listSteps(trx, id);
    const appeals = await listAppeals(trx, id);
    const notices = await noticesOf(trx, steps);
    const speaker = decryptOptional('speaker', row.speaker_enc);
    const said = speaker ? (JSON.parse(speaker) as { name?: string; phone?: string }) : undefined;
    const comparison = decryptOptional('case-form', row.comparison_enc);
    const risks = decryptOptional('case-form', row.risks_enc);
    const inCharge = (['identification.work', 'identification.review', 'identification.decide'] as const).some((one) => actor.permissions.has(one));
    const titleOf = (action: string): Localised => {
      const transition = procedure.transitionOf(action);
      return otherSteps[action] ?? (transition ? { zh: transition.zh, en: transition.en } : { zh: action, en: action });
    };
    await recordAudit(trx, actor, { action: 'identification.view', objectKind: 'procedure', objectId: id, regionCode: row.region_code, householdId: row.household_id });
    return {
      ...procedureItem(row, await itemContext(trx, actor, [row])),
      legalBasis: inWords(definition.legalBasis, locale),
      states: definition.states.map(({ code, zh, en }) => ({ code, title: { zh, en } })),
      classes: definition.classes.map(({ code, zh, en }) => ({ code, title: { zh, en } })),
      class: row.class_code === null ? null : titled(definition.classes, row.class_code),
      eventOn: row.event_on,
      told: withoutPersonalData(decryptValue('case-form', row.told_enc)),
      speaker: said && inCharge && !isOwn ? { name: said.name ?? '', phoneMasked: said.phone ? maskPhoneNumber(said.phone) : '' } : null,
      source: row.source_kind !== null && row.source_id !== null ? { kind: row.source_kind, id: row.source_id } : null,
      risks: risks === null || risks === undefined ? [] : (JSON.parse(risks) as string[]).map((code) => titled(help().risks, code)),
      actions: isOwn ? [] : actionsOf(actor, row, procedure, notices.at(-1)),
      actionTitles: Object.fromEntries(definition.transitions.map(({ action, zh, en }) => [action, { zh, en }])),
      waits: waitsOf(row, procedure, notices),
      version: row.version,
      steps: steps.map((step) => ({
        id: step.id,
        action: step.action,
        title: titleOf(step.action),
        by: step.by_name,
        at: step.at.toISOString(),
        to: titled(definition.states, step.to_state),
        reason: withoutPersonalData(step.reason),
        facts: stepFacts(step, procedure, locale === 'en'),
        mayAppeal: actor.permissions.has('identification.record') && procedure.transitionOf(step.action)?.appealable === true && !appeals.some((one) => one.step_id === step.id),
      })),
      comparison: comparison === null || comparison === undefined ? null : (JSON.parse(comparison) as Comparison),
      notices: notices.map(({ id: noticeId, number, state, endsOn, openObjections }) => ({ id: noticeId, number, state, endsOn, openObjections })),
      attachments: (await listPapers(trx, id)).map((one) => ({ id: one.id, fileName: one.file_name, addedBy: one.added_by_name, addedAt: one.added_at.toISOString() })),
      measures: (await listMeasures(trx, id)).map(measureView),
      appeals: appeals.map((appeal) => {
        const step = steps.find((one) => one.id === appeal.step_id);
        const title = step && titleOf(step.action);
        return appealView(actor, appeal, step && title ? { title: locale === 'en' ? title.en : title.zh, at: step.at } : undefined, isOwn);
      }),
      followUps: (await listFollowUps(trx, id)).map((one) => ({ id: one.id, dueOn: one.due_on, doneOn: one.done_on, result: one.result, note: decryptOptional('case-form', one.note_enc) ?? null, by: one.by_name })),
      conditions: await exitConditions(trx, row, procedure),
      members: row.household_id === null ? [] : (await listMembersToSign(trx, row.household_id, today(), locale)).map((one) => ({ name: nameFor(actor, one.name), relation: one.relation, authorised: one.isAuthorised, needsToSign: one.isAdult && !one.isAuthorised })),
      quorumPercent: definition.appraisal?.quorumPercent ?? null,
      signatures: definition.signatures.map(({ code, zh, en }) => ({ code, title: { zh, en } })),
      confirmations: definition.confirmations.map(({ code, zh, en }) => ({ code, title: { zh, en } })),
      suspended: row.suspended,
      hasLetter: findDecision(steps, row.outcome) !== undefined,
      isOwn,
    };
  });
}

type Notice = NonNullable<Awaited<ReturnType<typeof findNoticeStanding>>>;

async function noticesOf(trx: Trx, steps: readonly StepRow[]): Promise<Notice[]> {
  const notices: Notice[] = [];
  for (const { notice_id } of steps) {
    const notice = notice_id ? await findNoticeStanding(trx, notice_id) : undefined;
    if (notice) notices.push(notice);
  }
  return notices;
}

function actionsOf(actor: Actor, row: ProcedureRow, procedure: Procedure, notice: Notice | undefined): string[] {
  if (row.outcome !== null) return [];
  const failed = notice === undefined || notice.state === 'withdrawn' || notice.state === 'taken-down';
  const isUp = !failed && notice.state !== 'draft';
  const isReady = (waitsFor: 'notice-over' | 'notice-up' | undefined) => waitsFor === undefined || (isUp && (waitsFor === 'notice-up' || (notice.isOver && notice.openObjections === 0)));
  return procedure
    .actionsFrom(row.state)
    .filter((one) => actor.permissions.has(one.permission as PermissionCode) && (!row.suspended || one.action === 'withdraw'))
    .filter((one) => isReady(one.waitsFor) && (one.notice === undefined || one.to !== row.state || failed))
    .map((one) => one.action);
}

/** What the next step waits for, in words for whoever opens the page. */
function waitsOf(row: ProcedureRow, procedure: Procedure, notices: readonly Notice[]): Localised[] {
  if (row.outcome !== null) return [];
  const waits: Localised[] = [];
  if (row.suspended) waits.push({ zh: '有申诉正在处理，暂停办理', en: 'An appeal is being decided; nothing goes on' });
  const wanted = procedure.actionsFrom(row.state).find((one) => one.waitsFor !== undefined)?.waitsFor;
  const notice = notices.at(-1);
  if (wanted === undefined || !notice) return waits;
  if (notice.state === 'withdrawn' || notice.state === 'taken-down') waits.push({ zh: `公示 ${notice.number} 没有完成，须重新公示`, en: `Notice ${notice.number} did not stand to its end; put it up again` });
  else if (notice.state === 'draft') waits.push({ zh: `公示 ${notice.number} 等第二人审定发布`, en: `Notice ${notice.number} waits for a second person` });
  else if (wanted === 'notice-over') {
    if (!notice.isOver) waits.push({ zh: `公示 ${notice.number} 到 ${notice.endsOn ?? ''} 为止`, en: `Notice ${notice.number} stands until ${notice.endsOn ?? ''}` });
    if (notice.openObjections > 0) waits.push({ zh: `还有 ${notice.openObjections} 条异议没有答复`, en: `${notice.openObjections} objections wait for an answer` });
  }
  return waits;
}
