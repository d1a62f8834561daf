import type { ResponseOf, listAuthorisations as listEndpoint } from '@sunlit/api-spec';
import { recordAudit } from '#platform/audit/record-audit.ts';
import type { Actor } from '#platform/authorization/actor.ts';
import { authorize } from '#platform/authorization/authorize.ts';
import { today } from '#platform/clock/today.ts';
import { inTransaction } from '#platform/database/transaction.ts';
import { AppError } from '#platform/errors.ts';
import { openStoredFile } from '#platform/files/stored-files.ts';
import { datasetKinds } from '#modules/data-intake/index.ts';
import { resolveHousehold } from '../household-store.ts';
import { nameFor } from '../household-view.ts';
import { findAuthorisation, listAuthorisationRows, listAuthorisedKeys, type AuthorisationRow } from './authorisation-store.ts';

type Answer = ResponseOf<typeof listEndpoint>;

/** What the members of a household have authorised, and which data need it. */
export async function listAuthorisations(actor: Actor, householdId: string): Promise<Answer> {
  authorize(actor, 'household.read');
  const kinds = await datasetKinds();
  const titleOf = (code: string) => ({ code, title: kinds.get(code)?.title ?? { zh: code, en: code } });
  return inTransaction(actor, async (trx) => {
    const household = await resolveHousehold(trx, householdId, today());
    if (!household) throw new AppError('not-found');
    const rows = await listAuthorisationRows(trx, household.id);
    return {
      kinds: [...kinds.values()].filter(({ matching }) => matching.authorisationRequired).map(({ code }) => titleOf(code)),
      items: rows.map((row) => ({
        id: row.id,
        personId: row.person_id,
        personName: nameFor(actor, row.name),
        kinds: row.kinds.map(titleOf),
        purpose: row.purpose,
        signedBy: row.signed_by,
        signerName: row.signer_name === null ? null : nameFor(actor, row.signer_name),
        signedOn: row.signed_on,
        validUntil: row.valid_until,
        state: stateOf(row, today()),
        hasForm: row.form_file_id !== null,
        recordedBy: row.recorded_by_name,
        recordedAt: row.recorded_at.toISOString(),
        withdrawn: row.withdrawn_on === null ? null : { on: row.withdrawn_on, reason: row.withdrawal_reason ?? '', by: row.withdrawn_by_name ?? '' },
      })),
    };
  });
}

function stateOf(row: AuthorisationRow, on: string): Answer['items'][number]['state'] {
  if (row.withdrawn_on !== null) return 'withdrawn';
  return row.valid_until !== null && row.valid_until < on ? 'expired' : 'valid';
}

/** The signed paper; opening it is recorded, for it shows a whole identity number. */
export async function openAuthorisationForm(actor: Actor, id: string): Promise<Awaited<ReturnType<typeof openStoredFile>>> {
  authorize(actor, 'authorisation.record');
  return inTransaction(actor, async (trx) => {
    const row = await findAuthorisation(trx, id);
    if (!row?.form_file_id) throw new AppError('not-found');
    await recordAudit(trx, actor, { action: 'household.view', objectKind: 'authorisation', objectId: id, householdId: row.household_id, regionCode: row.responsible_region_code });
    return openStoredFile(trx, row.form_file_id);
  });
}

/** Whose data of a kind may be looked at, within the actor's region, for how things stood on a day. */
export async function listAuthorisedPersonKeys(actor: Actor, kind: string, asOf: string): Promise<string[]> {
  return inTransaction(actor, (trx) => listAuthorisedKeys(trx, kind, asOf, today()));
}
