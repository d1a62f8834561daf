import type { HouseholdView } from '@sunlit/api-spec';
import { recordAudit } from '#platform/audit/record-audit.ts';
import type { Actor } from '#platform/authorization/actor.ts';
import { authorize } from '#platform/authorization/authorize.ts';
import { today } from '#platform/clock/today.ts';
import { labelOf } from '#platform/configuration/dictionaries.ts';
import { inTransaction } from '#platform/database/transaction.ts';
import { AppError } from '#platform/errors.ts';
import type { Locale } from '#platform/http/locale.ts';
import { withoutPersonalData } from '#platform/logging/log.ts';
import { decryptOptional } from '#platform/personal-data/cipher.ts';
import { regionNamer } from '#modules/organisation/index.ts';
import { readDatedValues } from './dated-values/read-dated-values.ts';
import { findIncome, listEnrolments, listMembers, listMergedHouseholds, listSourceRows, listStatuses, resolveHousehold } from './household-store.ts';
import { coded, householdSentence, memberOf, memberThen, nameFor } from './household-view.ts';

/** Free text may hold a number that nobody expects there. */
const shownText = (text: string | null) => (text === null ? null : withoutPersonalData(text));
const lastFour = (value: string) => `****${value.slice(-4)}`;

/** One household on a day, as known at a moment. Looking is recorded: the household may ask who looked. */
export async function viewHousehold(actor: Actor, asked: string, query: { asOf?: string | undefined; knownAt?: string | undefined }, locale: Locale): Promise<HouseholdView> {
  authorize(actor, 'household.read');
  const name = await regionNamer();
  return inTransaction(actor, async (trx) => {
    const asOf = query.asOf ?? today();
    const household = await resolveHousehold(trx, asked, asOf);
    if (!household) throw new AppError('not-found');
    const { id } = household;
    const knownAt = query.knownAt ? new Date(query.knownAt) : new Date();
    const present = await listMembers(trx, id, asOf, knownAt);
    const said = await readDatedValues(trx, [id, ...present.map((row) => row.person_id)], asOf, knownAt);
    const members = present.map((row) => memberThen(row, said));
    const statuses = await listStatuses(trx, id, knownAt);
    const income = await findIncome(trx, id, knownAt);
    const enrolments = await listEnrolments(trx, id, knownAt);
    const current = enrolments.filter((one) => one.valid_from <= asOf && (one.valid_to === null || one.valid_to > asOf));
    const status = statuses.find((one) => one.valid_from <= asOf && (one.valid_to === null || one.valid_to > asOf));
    const statusCode = status?.status_code ?? household.status_code;
    const head = nameFor(actor, members.find((member) => member.relation_code === '01')?.name ?? household.head_name);
    await recordAudit(trx, actor, { action: 'household.view', objectKind: 'household', objectId: id, householdId: id, regionCode: household.responsible_region_code });
    const phone = said.text(id, 'phone', decryptOptional('phone', household.phone_enc));
    const account = said.text(id, 'account', decryptOptional('bank-account', household.account_enc));
    return {
      id,
      number: household.number,
      region: name(household.responsible_region_code),
      historicalRegion: household.historical_region_code ? name(household.historical_region_code) : null,
      merged: await listMergedHouseholds(trx, id),
      address: shownText(said.text(id, 'address', decryptOptional('address', household.address_enc))),
      asOf,
      knownAt: query.knownAt ?? null,
      version: household.version,
      summary: householdSentence(
        {
          head,
          members: members.length,
          status: labelOf('household-status', statusCode, locale),
          since: status?.valid_from ?? household.status_from,
          programmes: [...new Set(current.map((one) => labelOf('programme', one.programme_code, locale)))],
          income,
        },
        locale,
      ),
      status: { code: statusCode, label: labelOf('household-status', statusCode, locale) },
      statusHistory: statuses.map((one) => ({ status: { code: one.status_code, label: labelOf('household-status', one.status_code, locale) }, from: one.valid_from, to: one.valid_to, reason: shownText(one.reason) })),
      phoneMasked: phone ? lastFour(phone) : null,
      accountMasked: account ? lastFour(account) : null,
      members: members.map((row) => memberOf(actor, row, asOf, locale)),
      enrolments: enrolments.map((one) => ({
        id: one.id,
        personId: one.person_id,
        personName: one.name ? nameFor(actor, one.name) : null,
        programme: coded('programme', one.programme_code, locale)!,
        from: one.valid_from,
        to: one.valid_to,
      })),
      sourceRows: (await listSourceRows(trx, id)).map((row) => ({
        importId: row.import_id,
        importedAt: row.created_at.toISOString(),
        row: row.row_number,
        unmapped: JSON.parse(withoutPersonalData(decryptOptional('source-row', row.unmapped_enc) ?? '{}')) as Record<string, string>,
      })),
    };
  });
}
