import { hash } from 'node:crypto';
import { countyCodeOf } from '@sunlit/kernel';
import type { HouseholdDraft, PersonDraft } from './household-draft.ts';
import type { ReadRow, RowReader } from './read-row.ts';

type Report = RowReader['reportAt'];

const head = '01';

/** Fields whose values should be the same on every row of a household. */
const shared = ['status', 'statusFrom', 'address', 'phone', 'bankName', 'account'] as const;
const amounts = ['wage', 'business', 'property', 'transfer', 'cost', 'perCapita'] as const;

/** Puts the rows of one household together: one head, one set of household facts, one hash of it all; `text` is the draft as `readDraft` takes it. */
export function assembleHousehold(rows: readonly ReadRow[], report: Report): { draft: HouseholdDraft; text: string } {
  const first = rows[0]!;
  // Sheets with one row per household name its head without saying so.
  if (!first.relationGiven) first.person.relation = head;
  const heads = rows.filter(({ person }) => person.relation === head);
  if (heads.length === 0) report(first.row, 'head-missing', 'relation', null);
  if (heads.length > 1) report(heads[1]!.row, 'head-several', 'relation', null);
  const leading = heads[0] ?? first;
  const facts = { ...leading.household };
  let differs: (typeof shared)[number] | (typeof amounts)[number] | undefined;
  for (const row of rows) {
    if (row === leading) continue;
    for (const field of shared) {
      const other = row.household[field];
      if (other === null) continue;
      if (facts[field] === null) facts[field] = other;
      else if (facts[field] !== other) differs ??= field;
    }
    const { income } = row.household;
    if (income === null) continue;
    if (facts.income === null) facts.income = income;
    else differs ??= amounts.find((field) => income[field] !== facts.income![field]);
  }
  if (differs) report(first.row, 'household-differs', differs === 'status' ? 'householdType' : differs, null);
  if (facts.income && facts.income.perCapita === null) {
    const { wage, business, property, transfer, cost } = facts.income;
    facts.income = { ...facts.income, perCapita: Math.round((wage + business + property + transfer - cost) / rows.length) };
  }
  const persons = rows.map(({ person }) => person);
  const texts = persons.map((person) => {
    const content = contentOf(person);
    person.hash = hash('sha256', content, 'buffer').subarray(0, 16);
    return `[${person.row},"${person.hash.toString('base64')}",${content}]`;
  });
  const region = first.region?.code ?? '';
  const draft = {
    regionCode: region,
    historicalRegionCode: first.region?.historicalCode ?? null,
    countyCode: region === '' ? '' : countyCodeOf(region),
    number: first.number,
    headName: leading.person.name,
    ...facts,
  };
  const household = JSON.stringify(draft);
  const content = hash('sha256', `[${household},${JSON.stringify(persons.map((person) => person.hash.toString('base64')).sort())}]`, 'buffer').subarray(0, 16);
  return { draft: { ...draft, firstRow: first.row, persons, hash: content }, text: `[${first.row},"${content.toString('base64')}",${household},[${texts.join(',')}]]` };
}

/** Everything about a person but the row and the hash: undefined is left out. */
function contentOf(person: PersonDraft): string {
  return JSON.stringify({ ...person, row: undefined, hash: undefined });
}

type DraftText = [firstRow: number, hash: string, household: Omit<HouseholdDraft, 'firstRow' | 'persons' | 'hash'>, persons: [row: number, hash: string, person: Omit<PersonDraft, 'row' | 'hash'>][]];

/** The draft that a text of `assembleHousehold` was made of. */
export function readDraft(text: string): HouseholdDraft {
  const [firstRow, content, household, texts] = JSON.parse(text) as DraftText;
  const persons = texts.map(([row, hashed, person]) => Object.assign(person, { row, hash: Buffer.from(hashed, 'base64') }));
  return Object.assign(household, { firstRow, persons, hash: Buffer.from(content, 'base64') });
}
