import type { MyFileView } from '@sunlit/api-spec';
import { maskIdCardNumber } from '@sunlit/kernel';
import { inWords } from '#platform/configuration/english-texts.ts';
import { inTransaction } from '#platform/database/transaction.ts';
import { AppError } from '#platform/errors.ts';
import type { Locale } from '#platform/http/locale.ts';
import { decryptOptional } from '#platform/personal-data/cipher.ts';
import { listHouseholdCases } from '#modules/management/identification/index.ts';
import { findPerson, listAuthorisations, listHouseholdViewers, viewHousehold, viewIncomeLedger } from '#modules/registries/households/index.ts';
import { listHouseholdPayouts } from '#modules/registries/payouts/index.ts';
import { listHouseholdDecisions } from '#modules/supervision/findings/index.ts';
import { listOwnRequests } from './request-store.ts';
import { lookupWords } from './lookup-words.ts';
import { readers, residentActor, self, type Visit } from './resident-actor.ts';
import { listHelpers } from './code-letters.ts';
import { termOf } from './my-file-terms.ts';

/** Everything a household may know about itself, read with the household's own eyes: the database shows no other. */
export async function viewMyFile(visit: Visit, locale: Locale): Promise<MyFileView> {
  const actor = residentActor(visit);
  const { hiddenDays, decisions, cases, person, requests, helpers } = await inTransaction(actor, async (trx) => ({
    hiddenDays: await termOf(trx, 'confidentialDays', visit.regionCode),
    decisions: await listHouseholdDecisions(trx, visit.householdId, locale),
    cases: await listHouseholdCases(trx, visit.householdId),
    person: await findPerson(trx, visit.personId),
    requests: await listOwnRequests(trx, visit.householdId),
    helpers: await listHelpers(trx, visit.personId),
  }));
  if (!person) throw new AppError('not-found');
  const household = await viewHousehold(actor, visit.householdId, {}, locale);
  const income = await viewIncomeLedger(actor, visit.householdId, {}, locale);
  const payouts = await listHouseholdPayouts(actor, visit.householdId, { limit: 200 });
  const lookups = await listHouseholdViewers(actor, visit.householdId, hiddenDays);
  const authorisations = await listAuthorisations(actor, visit.householdId);
  const idNumber = decryptOptional('id-number', person.id_number_enc);
  return {
    person: { name: person.name, idNumberMasked: idNumber ? maskIdCardNumber(idNumber) : '—' },
    reader: { zh: visit.reader, en: visit.reader === self ? 'the person' : 'somebody the person asked' },
    endsAt: visit.endsAt.toISOString(),
    region: household.region,
    summary: household.summary,
    address: household.address,
    accountMasked: household.accountMasked,
    members: household.members.map((member) => ({ name: member.name, relation: member.relation?.label ?? null, age: member.age, idNumberMasked: member.idNumberMasked })),
    incomes: income.years.flatMap(({ year, statements }) => statements.map(({ source, statedPerCapitaFen, working }) => ({ year, perCapitaFen: statedPerCapitaFen ?? working.perCapitaFen, source: source.label }))),
    benefits: household.enrolments.map((one) => ({ programme: one.programme.label, person: one.personName, from: one.from, to: one.to })),
    payouts: payouts.items.map(({ id, month, programme, payee, amountFen, standardFen, units, months, basis, state, paidOn, notices }) => ({
      id, month, programme: programme.title, payee, amountFen, standardFen, units, months, basis: inWords(basis, locale), state, paidOn, notices,
    })),
    decisions: decisions.map(({ decidedById: _, ...decision }) => decision),
    cases,
    lookups: onceADay(lookups.filter(({ who }) => who !== self && !Object.values(readers).includes(who))).map(({ at, who, action, reason }) => ({ at, who, what: lookupWords(action), reason: reason === null ? null : inWords(reason, locale) })),
    lookupsHiddenForDays: hiddenDays,
    authorisations: authorisations.items.map(({ id, kinds, purpose, signedOn, validUntil, state }) => ({ id, kinds: kinds.map(({ title }) => title), purpose: inWords(purpose, locale), signedOn, validUntil, state })),
    helpers,
    requests,
  };
}

/** Who opens a page three times in a day looked once. */
function onceADay<Look extends { at: string; who: string; action: string; reason: string | null }>(looks: readonly Look[]): Look[] {
  const seen = new Set<string>();
  return looks.filter(({ at, who, action, reason }) => {
    const key = [at.slice(0, 10), who, action, reason].join('|');
    return !seen.has(key) && seen.add(key);
  });
}
