import type { FindingView } from '@sunlit/api-spec';
import { maskIdCardNumber } from '@sunlit/kernel';
import { renderFact, renderNotice, type EvidenceRow, type Rule } from '@sunlit/rule-kit';
import { sql } from 'kysely';
import { recordAudit } from '#platform/audit/record-audit.ts';
import { systemActor, type Actor } from '#platform/authorization/actor.ts';
import { authorize } from '#platform/authorization/authorize.ts';
import { labelOf } from '#platform/configuration/dictionaries.ts';
import { inTransaction, type Trx } from '#platform/database/transaction.ts';
import { AppError } from '#platform/errors.ts';
import type { Locale } from '#platform/http/locale.ts';
import { inWords } from '#platform/configuration/english-texts.ts';
import { decryptOptional, decryptValue } from '#platform/personal-data/cipher.ts';
import { nameFor } from '#modules/registries/households/index.ts';
import { findPayment, type Payment } from '#modules/registries/payouts/index.ts';
import { departmentNames } from '#modules/organisation/index.ts';
import { getRule, getRuleLibrary, readPrecisions } from '../rule-catalogue/index.ts';
import { itemOf } from './finding-item.ts';
import { findFinding, listEvidence, listFindingRows, type EvidenceRowStored, type FindingRow } from './finding-store.ts';
import { findingWorkflow } from './finding-workflow.ts';
import { itemContext } from './list-findings.ts';

/** One finding with everything a person needs to verify it, hear the household and decide. Looking is recorded. */
export async function viewFinding(actor: Actor, id: string, locale: Locale): Promise<FindingView> {
  authorize(actor, 'finding.read');
  return inTransaction(actor, async (trx) => {
    const row = await findFinding(trx, id);
    if (!row) throw new AppError('not-found');
    const rule = await getRule(row.rule_code);
    const context = await itemContext(trx, actor, locale);
    const evidence = await listEvidence(trx, id);
    const related = row.household_id ? await listFindingRows(trx, { householdId: row.household_id, actorId: actor.accountId, today: context.today }, '-severity', undefined, 20) : [];
    const payment = row.subject_kind === 'payment' ? await findPayment(trx, row.subject_id) : undefined;
    await recordAudit(trx, actor, {
      action: 'finding.view',
      objectKind: 'finding',
      objectId: id,
      householdId: row.household_id,
      regionCode: row.responsible_region_code,
      details: row.visibility === 'ordinary' ? {} : { confidential: true },
    });
    return {
      ...itemOf(context, row),
      version: row.version,
      runId: row.last_run_id,
      persons: await personsOf(trx, actor, row, evidence, locale),
      evidence: await evidenceOf(trx, rule, evidence, locale),
      ruleVersion: row.rule_version,
      rulePurpose: rule.purpose,
      legalBasis: rule.legalBasis.map((basis) => ({ zh: basis.zh, en: basis.en ?? basis.zh })),
      precision: (await readPrecisions(trx, row.county_code))(row.rule_code),
      excuses: await excusesOf(trx, rule, id),
      notice: renderNotice(rule, evidence.map(asEvidenceRow), locale === 'en' ? 'en' : 'zh'),
      responsible: await responsibleFor(trx, row),
      history: await historyOf(trx, id, locale),
      answers: await answersOf(trx, id),
      attachments: await attachmentsOf(trx, id),
      decision: await decisionOf(trx, row),
      related: related.filter((other) => other.id !== id).map((other) => itemOf(context, other)),
      correctionTask: await correctionOf(trx, id, locale),
      actions: actionsFor(actor, row, payment?.officers),
      payment: payment ? paymentView(actor, payment) : null,
      notMine: row.assignee_id && row.assignee_id !== actor.accountId ? row.assignee_name : null,
    };
  });
}

export function asEvidenceRow(row: EvidenceRowStored): EvidenceRow {
  return {
    subjectId: row.person_id ?? '',
    householdId: null,
    personId: row.person_id,
    countyCode: '',
    regionCode: '',
    period: '',
    dataset: row.dataset,
    deliveryId: row.delivery_id,
    sourceRow: row.source_row,
    fact: row.fact,
    observedOn: row.observed_on,
    amountFen: row.amount_fen,
    detail: row.detail,
  };
}

/** What the actor may do next. Steps of verification belong to the person it is assigned to. */
export function actionsFor(actor: Actor, row: FindingRow, concerned: readonly string[] = []): FindingView['actions'] {
  if (row.household_id && actor.ownHouseholds.includes(row.household_id)) return [];
  if (concerned.includes(actor.accountId)) return actor.permissions.has('finding.assign') && findingWorkflow().find(row.state, 'assign') ? ['assign'] : [];
  const mine = row.assignee_id === actor.accountId;
  const allowed: FindingView['actions'] = [];
  for (const transition of findingWorkflow().actionsFrom(row.state)) {
    const permission = transition.permission as 'finding.assign' | 'finding.verify' | 'finding.decide';
    if (!actor.permissions.has(permission)) continue;
    if (permission === 'finding.verify' && !mine) continue;
    allowed.push(transition.action as FindingView['actions'][number]);
  }
  if (mine && actor.permissions.has('finding.verify') && row.state !== 'closed') {
    allowed.push('attach');
    if (row.state === 'verifying' || row.state === 'awaiting-answer') allowed.push('record-answer');
  }
  return allowed;
}

/** The payment that is said not to have arrived, as it stands now: the matter is followed until the money is there. */
function paymentView(actor: Actor, { householdId: _household, personId: _person, officers: _officers, ...payment }: Payment): NonNullable<FindingView['payment']> {
  return { ...payment, payee: nameFor(actor, payment.payee) };
}

async function personsOf(trx: Trx, actor: Actor, row: FindingRow, evidence: EvidenceRowStored[], locale: Locale): Promise<FindingView['persons']> {
  const ids = [...new Set([row.person_id, ...evidence.map((one) => one.person_id)].filter((id): id is string => id !== null))];
  if (ids.length === 0) return [];
  const { rows } = await sql<{ id: string; name: string; id_number_enc: Buffer | null; relation_code: string | null }>`
    SELECT p.id, p.name, p.id_number_enc, (SELECT m.relation_code FROM households.membership m WHERE m.person_id = p.id AND m.superseded_at IS NULL ORDER BY m.valid_from DESC LIMIT 1) AS relation_code
    FROM households.person p WHERE p.id = ANY (${ids}::uuid[]) ORDER BY p.birth_date`.execute(trx);
  return rows.map((person) => {
    const idNumber = decryptOptional('id-number', person.id_number_enc);
    return { personId: person.id, name: nameFor(actor, person.name), idNumberMasked: idNumber ? maskIdCardNumber(idNumber) : '—', relation: person.relation_code ? labelOf('relation', person.relation_code, locale) : null };
  });
}

/** Which of our own registries the evidence comes from when no department delivered it. */
export function ownRecordsTitle(rule: Pick<Rule, 'subjectKind'>): { zh: string; en: string } {
  if (rule.subjectKind === 'project' || rule.subjectKind === 'asset') return { zh: '项目和资产库', en: 'Registry of projects and assets' };
  if (rule.subjectKind === 'notice') return { zh: '公示', en: 'Public notices' };
  if (rule.subjectKind === 'payment') return { zh: '发放记录', en: 'Record of payments' };
  return rule.subjectKind === 'indicator' ? { zh: '资金账', en: 'Ledger of funds' } : { zh: '帮扶对象库', en: 'Household registry' };
}

async function evidenceOf(trx: Trx, rule: Rule, rows: EvidenceRowStored[], locale: Locale): Promise<FindingView['evidence']> {
  const { kinds } = await getRuleLibrary();
  const ids = [...new Set(rows.map((row) => row.delivery_id).filter((id): id is string => id !== null))];
  const deliveries = ids.length === 0 ? [] : (await sql<{ id: string; as_of: string; received_at: Date; version: number }>`SELECT id, as_of, received_at, version FROM data_intake.delivery WHERE id = ANY (${ids}::uuid[])`.execute(trx)).rows;
  const byId = new Map(deliveries.map((row) => [row.id, row]));
  const departments = await departmentNames(trx, locale);
  const en = locale === 'en';
  return rows.map((row) => {
    const kind = kinds.get(row.dataset);
    const title = kind?.title ?? ownRecordsTitle(rule);
    const delivery = row.delivery_id ? byId.get(row.delivery_id) : undefined;
    return {
      ordinal: row.ordinal,
      dataset: row.dataset,
      datasetTitle: title,
      providerName: kind ? (departments.get(kind.provider) ?? kind.provider) : en ? 'Sunlit' : '本系统',
      text: renderFact(rule, asEvidenceRow(row), en ? 'en' : 'zh', en ? title.en : title.zh),
      observedOn: row.observed_on,
      amountFen: row.amount_fen,
      detail: row.detail,
      delivery: delivery && row.source_row !== null ? { id: delivery.id, asOf: delivery.as_of, receivedAt: delivery.received_at.toISOString(), version: delivery.version, row: row.source_row } : null,
    };
  });
}

async function excusesOf(trx: Trx, rule: Rule, findingId: string): Promise<FindingView['excuses']> {
  const rows = await trx.selectFrom('supervision.finding_excuse').select(['excuse_code', 'checked']).where('finding_id', '=', findingId).execute();
  const checked = new Map(rows.map((row) => [row.excuse_code, row.checked]));
  return rule.knownExcuses.map((excuse) => ({
    code: excuse.code,
    text: { zh: `${excuse.zh}（${excuse.hint.zh}）`, en: `${excuse.en} (${excuse.hint.en})` },
    checked: (checked.get(excuse.code) ?? 'no') as FindingView['excuses'][number]['checked'],
  }));
}

/** Who answers for it to the household: the assignee, by name and office phone. */
export async function responsibleFor(trx: Trx, row: FindingRow): Promise<FindingView['responsible']> {
  if (!row.assignee_id) return null;
  const staff = await trx.selectFrom('organisation.staff').select(['display_name', 'phone']).where('id', '=', row.assignee_id).executeTakeFirst();
  return staff ? { name: staff.display_name, phone: staff.phone ?? '' } : null;
}

async function historyOf(trx: Trx, id: string, locale: Locale): Promise<FindingView['history']> {
  const rows = await trx.selectFrom('supervision.finding_step').selectAll().where('finding_id', '=', id).orderBy('at').execute();
  return rows.map((row) => ({ at: row.at.toISOString(), by: row.by_id === systemActor.accountId ? (locale === 'en' ? 'Sunlit' : row.by_name) : row.by_name, action: row.action, from: row.from_state as FindingView['state'] | null, to: row.to_state as FindingView['state'], reason: row.reason, runId: row.run_id }));
}

async function answersOf(trx: Trx, id: string): Promise<FindingView['answers']> {
  const rows = await trx.selectFrom('supervision.finding_answer').selectAll().where('finding_id', '=', id).orderBy('at').execute();
  return rows.map((row) => ({ at: row.at.toISOString(), recordedBy: row.recorded_by_name, text: decryptValue('answer', row.text_enc), channel: row.channel }));
}

async function attachmentsOf(trx: Trx, id: string): Promise<FindingView['attachments']> {
  const rows = await trx.selectFrom('supervision.finding_attachment').selectAll().where('finding_id', '=', id).orderBy('added_at').execute();
  return rows.map((row) => ({ id: row.id, fileName: row.file_name, size: row.size_bytes, addedAt: row.added_at.toISOString(), addedBy: row.added_by_name }));
}

async function decisionOf(trx: Trx, row: FindingRow): Promise<FindingView['decision']> {
  if (!row.outcome || !row.decided_at) return null;
  const by = row.decided_by ? await trx.selectFrom('organisation.staff').select('display_name').where('id', '=', row.decided_by).executeTakeFirst() : undefined;
  return { outcome: row.outcome, excuse: row.outcome_excuse, reason: row.outcome_reason ?? '', by: by?.display_name ?? '—', at: row.decided_at.toISOString() };
}

async function correctionOf(trx: Trx, id: string, locale: Locale): Promise<FindingView['correctionTask']> {
  const row = await trx
    .selectFrom('supervision.correction_task as t')
    .innerJoin('organisation.department as d', 'd.code', 't.provider_code')
    .select(['t.id', 't.state', 'd.name'])
    .where('t.finding_id', '=', id)
    .executeTakeFirst();
  return row ? { id: row.id, state: row.state as 'open' | 'done', provider: inWords(row.name, locale) } : null;
}
