import type { BodyOf, PossibleDuplicate, ResponseOf, findPossibleDuplicates as endpoint } from '@sunlit/api-spec';
import { isWithin, parseIdCardNumber } from '@sunlit/kernel';
import { recordAudit } from '#platform/audit/record-audit.ts';
import { systemActor, type Actor } from '#platform/authorization/actor.ts';
import { authorize } from '#platform/authorization/authorize.ts';
import { inTransaction } from '#platform/database/transaction.ts';
import { getKeyring } from '#platform/personal-data/keyring.ts';
import { Pseudonymiser } from '#platform/personal-data/pseudonymiser.ts';
import { regionNamer } from '#modules/organisation/index.ts';
import { listPersonsForEntryCheck, nameFor } from '#modules/registries/households/index.ts';
import { commonAncestorOf } from './common-ancestor.ts';
import { compareNamesOf } from './linkage-model/compare-names.ts';
import { idNumberVariants } from './linkage-model/id-number-variants.ts';

const mostShown = 20;
const order = { number: ['same', 'transposed', 'one-digit', 'not-compared'], name: ['same', 'variant', 'homophone', 'one-character', 'other', 'missing'] };

/**
 * Who may already be registered. Looks in every division, for a person entered twice is most often entered by two of them;
 * of what lies outside the actor's own division it says only that there is something, and where both can be seen.
 */
export async function checkEntry(actor: Actor, typed: BodyOf<typeof endpoint>): Promise<ResponseOf<typeof endpoint>> {
  authorize(actor, 'household.change');
  const variants = typed.idNumber ? idNumberVariants(typed.idNumber) : [];
  const pseudonymiser = new Pseudonymiser(getKeyring().pseudonymKey);
  const kindOf = new Map(variants.map(({ value, kind }) => [pseudonymiser.ofIdNumber(value), kind === 'as-written' ? ('same' as const) : kind]));
  const parsed = typed.idNumber ? parseIdCardNumber(typed.idNumber) : undefined;
  const birthDate = typed.birthDate ?? (parsed?.ok ? parsed.birthDate : null);
  const persons = await inTransaction(systemActor, (trx) => listPersonsForEntryCheck(trx, { personKeys: [...kindOf.keys()], birthDate }));
  const names = compareNamesOf(typed.name, persons.map(({ name }) => name));
  const found = persons.flatMap((person, index) => {
    const number: PossibleDuplicate['number'] = (person.person_key === null ? undefined : kindOf.get(person.person_key)) ?? 'not-compared';
    const name = names[index]!;
    // One valid number is one person; two different valid numbers are two, however alike the names.
    const relevant = number === 'same' || (number !== 'not-compared' ? name !== 'other' : ['same', 'variant', 'homophone'].includes(name) && !(parsed?.ok && person.person_key !== null));
    return relevant ? [{ person, number, name }] : [];
  });
  found.sort((a, b) => order.number.indexOf(a.number) - order.number.indexOf(b.number) || order.name.indexOf(a.name) - order.name.indexOf(b.name));
  const own = found.filter(({ person }) => isWithin(person.responsible_region_code, actor.regionCode));
  const outside = found.find(({ person }) => !isWithin(person.responsible_region_code, actor.regionCode));
  await inTransaction(actor, (trx) =>
    recordAudit(trx, actor, { action: 'record-linkage.check-entry', objectKind: 'region', objectId: actor.regionCode, regionCode: actor.regionCode, details: { found: own.length, elsewhere: outside !== undefined } }),
  );
  const regionOf = await regionNamer();
  return {
    items: own.slice(0, mostShown).map(({ person, number, name }) => ({
      number,
      name,
      person: { id: person.id, name: nameFor(actor, person.name) },
      household: { id: person.household_id, number: person.household_number },
      region: regionOf(person.responsible_region_code),
    })),
    elsewhere: outside ? regionOf(commonAncestorOf(actor.regionCode, outside.person.responsible_region_code)) : null,
  };
}
