import { normaliseTitle } from '@sunlit/kernel';
import type { CasePerson, DataQualityCheck, QualityCase } from './data-quality-check.ts';
import { importedFieldTitles } from './imported-field-titles.ts';
import type { HouseholdFacts, PersonFacts } from './quality-record.ts';

const adult: Omit<PersonFacts, 'cells' | 'row' | 'id'> = {
  relation: '01',
  sex: '1',
  birthDate: null,
  documentType: 'id-card',
  idNumber: null,
  idNumberProblem: null,
  phone: '13800000000',
  labour: 'ordinary',
  student: 'none',
  education: 'junior',
  health: ['healthy'],
  residentMedicalInsured: true,
  employeeMedicalInsured: false,
  benefits: [],
};

/** The household of a check's case: an unsuspicious one of the check's scope, with what the case says differently. */
export function caseHousehold(check: DataQualityCheck, given: QualityCase, asOf: string): HouseholdFacts {
  const { cells = {}, persons = [{}], ...rest } = given;
  const made = persons.map((person, index) => casePerson(person, index, index === 0 ? cells : {}, asOf));
  const columns = new Set(check.fields.map((field) => (importedFieldTitles.has(field) ? field : normaliseTitle(field))));
  const sheets = (rest.sheets ?? []).map((sheet) => ({ ...sheet, cells: normalised(sheet.cells) }));
  return { id: null, status: check.scope === 'monitored' ? 'marginal' : 'lifted', statusFrom: '2022-03-01', phone: '13800000000', income: { wage: 2_000_000, business: 0, property: 0, transfer: 0, perCapita: 1_200_000 }, ...rest, sheets, persons: made, columns };
}

function casePerson({ age = 45, cells = {}, ...facts }: CasePerson, index: number, headCells: Readonly<Record<string, string>>, asOf: string): PersonFacts {
  const birthDate = `${Number(asOf.slice(0, 4)) - age}-01-01`;
  return { ...adult, id: null, row: index + 2, birthDate, relation: index === 0 ? '01' : '09', ...facts, cells: normalised({ ...headCells, ...cells }) };
}

export function normalised(cells: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(cells).map(([title, value]) => [normaliseTitle(title), value]));
}
