/** One row of the file as a person, checked and normalised, before anything is written. */
export interface PersonDraft {
  row: number;
  name: string;
  nameKey: string;
  /** 18 characters, checked; null when there is none */
  idNumber: string | null;
  idNumberProblem: string | null;
  personKey: string | null;
  documentType: string | null;
  birthDate: string | null;
  sexCode: string | null;
  idRegionCode: string | null;
  ethnicity: string | null;
  phone: string | null;
  relation: string;
  labour: string | null;
  student: string | null;
  education: string | null;
  health: string[];
  residentMedicalInsured: boolean | null;
  employeeMedicalInsured: boolean | null;
  benefits: string[];
  /** columns without a field, and cells that could not be read, as they came */
  unmapped: Record<string, string> | null;
  hash: Buffer;
}

export interface HouseholdFacts {
  status: string | null;
  statusFrom: string | null;
  address: string | null;
  phone: string | null;
  bankName: string | null;
  account: string | null;
  income: IncomeDraft | null;
}

/** Yearly amounts in fen. */
export interface IncomeDraft {
  year: number;
  wage: number;
  business: number;
  property: number;
  transfer: number;
  cost: number;
  perCapita: number | null;
  /** medical cost borne, and insurance pay-outs */
  medical: number;
  insurance: number;
}

export interface HouseholdDraft extends HouseholdFacts {
  regionCode: string;
  historicalRegionCode: string | null;
  countyCode: string;
  number: string;
  headName: string;
  firstRow: number;
  persons: PersonDraft[];
  /** of everything above but the row numbers: the same file again changes nothing */
  hash: Buffer;
}
