import type { RegistryChange } from '@sunlit/api-spec';
import type { HouseholdFacts, PersonFacts } from '@sunlit/rule-kit';
import type { Actor } from '#platform/authorization/actor.ts';
import { inTransaction } from '#platform/database/transaction.ts';
import { draftCheckerFor, type DraftHint } from '../import/draft-checks.ts';
import { readHouseholdsForQuality } from '../quality-facts.ts';
import { identifyPerson } from './identify-person.ts';

/** What the checks of data quality would say once this is written, and do not say now. Hints; they refuse nothing. */
export async function listChangeHints(actor: Actor, householdId: string, change: RegistryChange): Promise<DraftHint[]> {
  const [household] = await inTransaction(actor, (trx) => readHouseholdsForQuality(trx, { ids: [householdId] }));
  if (!household) return [];
  const check = await draftCheckerFor(actor, household.countyCode);
  const now = new Map<string, number>();
  for (const { code } of check(household.facts)) now.set(code, (now.get(code) ?? 0) + 1);
  const fresh: DraftHint[] = [];
  for (const { code, title } of check(projected(household.facts, change))) {
    const known = now.get(code) ?? 0;
    if (known > 0) now.set(code, known - 1);
    else if (!fresh.some((one) => one.code === code)) fresh.push({ code, title });
  }
  return fresh;
}

/** The record as it would stand. */
function projected(facts: HouseholdFacts, change: RegistryChange): HouseholdFacts {
  const withPerson = (personId: string, set: (person: PersonFacts) => PersonFacts): HouseholdFacts => ({ ...facts, persons: facts.persons.map((person) => (person.id === personId ? set(person) : person)) });
  const relationsOf = (relations: readonly { personId: string; relation: string }[]): PersonFacts[] =>
    facts.persons.map((person) => ({ ...person, relation: relations.find(({ personId }) => personId === person.id)?.relation ?? person.relation }));
  switch (change.kind) {
    case 'person-facts': {
      const { kind: _kind, personId, ...set } = change;
      return withPerson(personId, (person) => ({ ...person, ...set }));
    }
    case 'person-identity': {
      const identity = change.idNumber ? identifyPerson({ idNumber: change.idNumber }) : undefined;
      return withPerson(change.personId, (person) => ({ ...person, sex: identity?.sex ?? change.sex ?? person.sex, birthDate: identity?.birthDate ?? change.birthDate ?? person.birthDate, ...(identity ? { idNumber: identity.idNumber, idNumberProblem: null } : {}) }));
    }
    case 'household-contact':
      return change.phone === undefined ? facts : { ...facts, phone: change.phone };
    case 'household-status':
      return { ...facts, status: change.status };
    case 'relations':
      return { ...facts, persons: relationsOf(change.relations) };
    case 'leave':
      return { ...facts, persons: relationsOf(change.relations).filter((person) => person.id !== change.personId) };
    case 'join': {
      const identity = identifyPerson(change);
      const person: PersonFacts = {
        id: null, row: null, relation: change.relation, sex: identity.sex, birthDate: identity.birthDate, documentType: identity.idNumber ? 'id-card' : null, idNumber: identity.idNumber, idNumberProblem: identity.idNumber ? null : 'empty',
        phone: null, labour: change.labour ?? null, student: change.student ?? null, education: null, health: [], residentMedicalInsured: null, employeeMedicalInsured: null, benefits: [], cells: {},
      };
      return { ...facts, persons: [...facts.persons, person] };
    }
    case 'split':
      return { ...facts, persons: relationsOf(change.relations).filter((person) => !change.members.some(({ personId }) => personId === person.id)) };
    case 'person-cells':
    case 'merge':
    case 'income':
    case 'section':
    case 'division':
    case 'household-account':
    case 'reversal':
      return facts;
  }
}
