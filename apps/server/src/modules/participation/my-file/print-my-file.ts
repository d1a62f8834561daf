import type { HouseholdCase, Localised, MyFileView, QueryOf, printMyFile as endpoint } from '@sunlit/api-spec';
import { formatYuan } from '@sunlit/kernel';
import { recordAudit } from '#platform/audit/record-audit.ts';
import type { Actor } from '#platform/authorization/actor.ts';
import { authorize } from '#platform/authorization/authorize.ts';
import { today } from '#platform/clock/today.ts';
import { inTransaction } from '#platform/database/transaction.ts';
import { AppError } from '#platform/errors.ts';
import type { Locale } from '#platform/http/locale.ts';
import { escapeHtml, printablePage } from '#platform/http/printable-page.ts';
import { findPerson, listHouseholdIds, resolveHousehold } from '#modules/registries/households/index.ts';
import { self } from './resident-actor.ts';
import { viewMyFile } from './view-my-file.ts';

/** For whoever does not read on a screen: the same file on paper. Who printed it, for whom and why stays on record. */
export async function printMyFile(actor: Actor, asked: string, query: QueryOf<typeof endpoint>, locale: Locale): Promise<string> {
  const { person, householdId, householdIds } = await inTransaction(actor, async (trx) => {
    const found = await findPerson(trx, query.personId);
    const householdId = (await resolveHousehold(trx, asked, today()))?.id;
    if (!found || householdId === undefined || found.household_id !== householdId) throw new AppError('not-found');
    authorize(actor, 'my-file.serve', { regionCode: found.responsible_region_code });
    if (actor.ownHouseholds.includes(householdId)) throw new AppError('conflict-of-interest');
    await recordAudit(trx, actor, { action: 'my-file.print', objectKind: 'household', objectId: householdId, householdId, regionCode: found.responsible_region_code, reason: query.purpose, details: { person: query.personId, askedBy: query.askedBy } });
    return { person: found, householdId, householdIds: await listHouseholdIds(trx, householdId) };
  });
  const file = await viewMyFile({ letterId: null, householdId, householdIds, personId: person.id, regionCode: person.responsible_region_code, reader: self, endsAt: new Date() }, locale);
  const en = locale === 'en';
  const title = en ? 'My file' : '我的档案';
  return printablePage({ title, locale, source: `${file.region.fullName} · ${today()} · ${actor.displayName}`, body: bodyOf(file, title, en) });
}

function bodyOf(file: MyFileView, title: string, en: boolean): string {
  const words = (text: { zh: string; en: string }): string => (en ? text.en : text.zh);
  const list = (heading: string, items: readonly string[], none: string): string =>
    `<h2>${heading}</h2>${items.length === 0 ? `<p>${none}</p>` : `<ul>${items.map((item) => `<li>${escapeHtml(item)}</li>`).join('')}</ul>`}`;
  const none = en ? 'Nothing is registered.' : '没有登记。';
  return [
    `<h1>${title}</h1><p class="big">${escapeHtml(file.summary)}</p><p>${escapeHtml(file.region.fullName)}</p>`,
    list(en ? 'Members' : '家里的人', file.members.map((one) => [one.relation, one.name, one.age === null ? '' : en ? `${one.age} years` : `${one.age} 岁`, one.idNumberMasked].filter(Boolean).join('，')), none),
    list(en ? 'What we receive' : '享受的待遇', file.benefits.map((one) => `${one.programme}${one.person ? `（${one.person}）` : ''}：${one.from}${en ? ' to ' : ' 至 '}${one.to ?? (en ? 'now' : '现在')}`), none),
    list(en ? 'What was paid' : '发放的钱', file.payouts.slice(0, 24).map((one) => paymentLine(one, words, en)), none),
    list(en ? 'Identification, help and exit' : '识别、帮扶和退出', file.cases.map((one) => caseLine(one, words, en)), none),
    list(en ? 'What was found and decided' : '核查和决定', file.decisions.map((one) => `${one.number} ${one.headline}；${words(one.state)}${one.dueOn && !one.outcome ? `（${en ? 'next step by' : '下一步期限'} ${one.dueOn}）` : ''}${one.outcome ? `；${words(one.outcome)}：${one.reason ?? ''}（${one.decidedBy ?? ''}，${one.decidedOn ?? ''}）` : ''}`), none),
    list(en ? 'Who looked at our data' : '谁查看过我家的信息', file.lookups.slice(0, 40).map((one) => `${one.at.slice(0, 10)} ${one.who} ${words(one.what)}${one.reason ? `：${one.reason}` : ''}`), none),
    `<p>${en ? `Looks by discipline inspection and audit appear after ${file.lookupsHiddenForDays} days at the latest. If something is wrong, say so at the counter or by phone: you get a number and an answer.` : `纪检监察和审计的查询最迟 ${file.lookupsHiddenForDays} 天后列在这里。有不对的地方，请当面或打电话告诉我们，会给您编号并答复。`}</p>`,
  ].join('');
}

/** A payment, and where it is held: why, until when, who answers. */
function paymentLine(one: MyFileView['payouts'][number], words: (text: Localised) => string, en: boolean): string {
  const paid = `${one.month} ${words(one.programme)}（${one.payee}）：${formatYuan(one.amountFen)}${en ? ' yuan' : ' 元'}${one.paidOn ? `（${one.paidOn}）` : ''}`;
  const ended = one.notices.flatMap(({ number, ended: end }) => (end ? [en ? `no longer held for the reason of notice ${number} since ${end.on} (notice ${end.number})` : `${end.on} 起不再因告知书 ${number} 缓发（解除告知书 ${end.number}）`] : []));
  const told = one.notices
    .filter(({ withdrawn }) => !withdrawn)
    .map(({ number, fact, reason, legalBasis, until, contact }) =>
      en
        ? `held until ${until} (notice ${number}): ${fact.en}; ${reason}; basis: ${legalBasis}; ask ${contact.name} ${contact.phone}; you may object`
        : `暂缓发放到 ${until}（告知书 ${number}）：${fact.zh}；${reason}；依据：${legalBasis}；有事请找 ${contact.name} ${contact.phone}，不同意可以提出`,
    );
  return [paid, ...ended, ...told].join('；');
}

/** Where a case stands, what was decided by whom and why, and what was promised. */
function caseLine(one: HouseholdCase, words: (text: Localised) => string, en: boolean): string {
  const next = one.next === null ? [] : [`${en ? 'next' : '下一步'}：${words(one.next)}${one.dueOn ? `（${one.dueOn}）` : ''}`];
  const decided = one.decisions.map(({ title, result, by, on, reason }) => `${words(title)}：${words(result)}（${by}，${on}）${reason}`);
  const promised = one.measures.map(({ what, responsible, dueOn, deliveredOn }) => `${what}（${responsible}，${deliveredOn ?? dueOn}${deliveredOn === null ? (en ? ' due' : ' 前') : en ? ' done' : ' 已落实'}）`);
  return [`${one.number} ${words(one.title)}：${words(one.state)}`, ...next, ...decided, ...promised].join('；');
}
