import type { QueryOf, ResponseOf, SectionView, getRecordSections as endpoint, listSectionForms as formsEndpoint } from '@sunlit/api-spec';
import type { Actor } from '#platform/authorization/actor.ts';
import { authorize } from '#platform/authorization/authorize.ts';
import { today } from '#platform/clock/today.ts';
import { inTransaction } from '#platform/database/transaction.ts';
import { AppError } from '#platform/errors.ts';
import type { Locale } from '#platform/http/locale.ts';
import { withoutPersonalData } from '#platform/logging/log.ts';
import { personNamer } from '../change-requests/person-namer.ts';
import { resolveHousehold } from '../household-store.ts';
import { coded } from '../household-view.ts';
import { recordPartView } from '../record-part-view.ts';
import { sectionForms, type SectionValue } from './section-forms.ts';
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
    const fields = resolveStatements(await listSectionStatements(trx, household.id, asOf, query.knownAt ? new Date(query.knownAt) : new Date()));
    const nameOf = await personNamer(trx, actor, fields);
    const said = ({ value, source, observedOn }: Statement) => ({ value: shown(value), source: coded('income-source', source, locale)!, observedOn });
    const items: SectionView[] = [];
    for (const section of sectionForms()) {
      for (const [personId, own] of Map.groupBy(fields.filter((one) => one.section === section), (one) => one.personId)) {
        items.push({
          code: section.code,
          title: section.title,
          person: personId === null ? null : { id: personId, name: nameOf(personId) ?? '' },
          fields: section.fields.flatMap((field) => {
            const found = own.find((one) => one.field === field);
            return found ? [{ code: field.code, label: { zh: field.zh, en: field.en }, ...said(found), others: found.others.map(said) }] : [];
          }),
        });
      }
    }
    return { items };
  });
}

export function listSectionForms(actor: Actor, locale: Locale): ResponseOf<typeof formsEndpoint> {
  authorize(actor, 'household.read');
  return {
    items: sectionForms().map(({ code, of, title, fields }) => ({
      code,
      of,
      title,
      fields: fields.map((field) => ({ code: field.code, kind: field.kind, label: { zh: field.zh, en: field.en }, max: field.max ?? null, authority: field.authority.map((source) => coded('income-source', source, locale)!) })),
    })),
  };
}
