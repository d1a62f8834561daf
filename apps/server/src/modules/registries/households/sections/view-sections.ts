import type { QueryOf, ResponseOf, SectionView, getRecordSections as endpoint, listSectionForms as formsEndpoint } from '@sunlit/api-spec';
import type { Actor } from '#platform/authorization/actor.ts';
import { authorize } from '#platform/authorization/authorize.ts';
import { today } from '#platform/clock/today.ts';
import { inWords } from '#platform/configuration/english-texts.ts';
import { inTransaction } from '#platform/database/transaction.ts';
import { AppError } from '#platform/errors.ts';
import type { Locale } from '#platform/http/locale.ts';
import { withoutPersonalData } from '#platform/logging/log.ts';
import { personNamer } from '../change-requests/person-namer.ts';
import { resolveHousehold } from '../household-store.ts';
import { coded } from '../household-view.ts';
import { recordPartView } from '../record-part-view.ts';
import { getAuthority, type Authority } from './section-authority.ts';
import { sectionForms, type SectionField, type SectionForm, type SectionValue } from './section-forms.ts';
import { listSectionStatements, resolveStatements, type Statement } from './section-store.ts';

/** Free text may hold a number that nobody expects there. */
const shown = (value: SectionValue): SectionValue => (typeof value === 'string' ? withoutPersonalData(value) : value);

/** The sections that anybody said anything of, in the order of the form, members one after another. */
export async function viewSections(actor: Actor, id: string, query: QueryOf<typeof endpoint>, locale: Locale): Promise<ResponseOf<typeof endpoint>> {
  authorize(actor, 'household.read');
  return inTransaction(actor, async (trx) => {
    const asOf = query.asOf ?? today();
    const household = await resolveHousehold(trx, id, asOf);
    if (!household) throw new AppError('not-found');
    await recordPartView(trx, actor, household);
    const authority = await getAuthority(trx, household.responsible_region_code, asOf);
    const fields = resolveStatements(await listSectionStatements(trx, household.id, asOf, query.knownAt ? new Date(query.knownAt) : new Date()), authority.of);
    const nameOf = await personNamer(trx, actor, fields);
    const said = ({ value, source, observedOn }: Statement) => ({ value: shown(value), source: coded('income-source', source, locale)!, observedOn });
    const items: SectionView[] = [];
    for (const section of sectionForms()) {
      for (const [personId, own] of Map.groupBy(fields.filter((one) => one.section === section), (one) => one.personId)) {
        items.push({
          code: section.code,
          title: section.title,
          authorityRule: ruleOf(authority, section, locale),
          person: personId === null ? null : { id: personId, name: nameOf(personId) ?? '' },
          fields: section.fields.flatMap((field) => {
            const found = own.find((one) => one.field === field);
            return found ? [{ code: field.code, label: { zh: field.zh, en: field.en }, ...said(found), authority: sourcesOf(authority, section, field, locale), others: found.others.map(said) }] : [];
          }),
        });
      }
    }
    return { items };
  });
}

function ruleOf(authority: Authority, section: SectionForm, locale: Locale): SectionView['authorityRule'] {
  const rule = authority.rule(section);
  return rule && { ...rule, basis: inWords(rule.basis, locale) };
}

const sourcesOf = (authority: Authority, section: SectionForm, field: SectionField, locale: Locale) => authority.of(section, field).map((source) => coded('income-source', source, locale)!);

/** What the sections ask, and whom the reader's own division believes first today. */
export async function listSectionForms(actor: Actor, locale: Locale): Promise<ResponseOf<typeof formsEndpoint>> {
  authorize(actor, 'household.read');
  const authority = await inTransaction(actor, (trx) => getAuthority(trx, actor.regionCode, today()));
  return {
    items: sectionForms().map((section) => ({
      code: section.code,
      of: section.of,
      title: section.title,
      fields: section.fields.map((field) => ({ code: field.code, kind: field.kind, label: { zh: field.zh, en: field.en }, max: field.max ?? null, authority: sourcesOf(authority, section, field, locale) })),
    })),
  };
}
