import type { BodyOf, ResponseOf, previewChange as endpoint } from '@sunlit/api-spec';
import type { Actor } from '#platform/authorization/actor.ts';
import { labelOf } from '#platform/configuration/dictionaries.ts';
import { inTransaction } from '#platform/database/transaction.ts';
import type { Locale } from '#platform/http/locale.ts';
import { fieldView } from './change-field-words.ts';
import { listChangeHints } from './change-hints.ts';
import { roleTitles } from './change-procedure.ts';
import type { OpenConflict } from './open-conflicts.ts';
import { personNamer } from './person-namer.ts';
import { examineProposal } from './propose-change.ts';

export const conflictView = ({ request, rule, effect }: OpenConflict, locale: Locale) => ({
  requestId: request.id,
  kind: { code: request.kind, label: labelOf('change-kind', request.kind, locale) },
  proposedBy: request.proposed_by_name,
  rule,
  effect,
});

export function decidersView(procedure: { verifiers: readonly string[]; approvers: readonly string[] }): ResponseOf<typeof endpoint>['deciders'] {
  const titles = (codes: readonly string[]) => roleTitles().filter(({ code }) => codes.includes(code)).map(({ title }) => title);
  return { twoSteps: procedure.verifiers.length > 0, verifiers: titles(procedure.verifiers), approvers: titles(procedure.approvers) };
}

/** The same examination as proposing, without writing anything. */
export async function previewChange(actor: Actor, proposal: BodyOf<typeof endpoint>, locale: Locale): Promise<ResponseOf<typeof endpoint>> {
  const shown = await inTransaction(actor, async (trx) => {
    const { procedure, fields, conflicts } = await examineProposal(trx, actor, proposal);
    const nameOf = await personNamer(trx, actor, fields);
    return { fields: fields.map((field) => fieldView(actor, field, nameOf, undefined, locale)), conflicts: conflicts.map((one) => conflictView(one, locale)), deciders: decidersView(procedure) };
  });
  return { ...shown, hints: [...(await listChangeHints(actor, proposal.householdId, proposal.change))] };
}
