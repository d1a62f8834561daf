/**
 * The tables a rule may read: one registry snapshot plus the composed deliveries of each dataset kind.
 * The same names and types exist in DuckDB and in PostgreSQL. No table holds an identity number, a phone,
 * an account or a name: people are known by keyed pseudonyms (`*_key`), equal exactly when the value is equal.
 */
export type SnapshotType = 'UUID' | 'VARCHAR' | 'DATE' | 'BIGINT' | 'INTEGER' | 'BOOLEAN';

export type SnapshotTable = Readonly<Record<string, SnapshotType>>;

/** Registry tables. Money is integer fen, a month is `YYYY-MM`, an open end is NULL. */
export const registryTables = {
  /** One row: the day the run looks at. */
  run_context: { as_of: 'DATE' },
  households: {
    household_id: 'UUID',
    county_code: 'VARCHAR',
    region_code: 'VARCHAR',
    /** household-status dictionary: lifted, unstable, marginal, sudden, low-income, ordinary */
    status_code: 'VARCHAR',
    status_from: 'DATE',
    member_count: 'INTEGER',
    income_year: 'INTEGER',
    income_per_capita_fen: 'BIGINT',
  },
  /** Persons who are members of a household on the day the run looks at. */
  persons: {
    person_id: 'UUID',
    household_id: 'UUID',
    person_key: 'UUID',
    name_key: 'UUID',
    county_code: 'VARCHAR',
    region_code: 'VARCHAR',
    birth_date: 'DATE',
    sex_code: 'VARCHAR',
    /** relation-to-head dictionary; '01' is the head */
    relation_code: 'VARCHAR',
    /** labour-capacity dictionary: ordinary, skilled, weak, lost, none */
    labour_code: 'VARCHAR',
    /** student-status dictionary: none, preschool, primary, junior, senior, vocational, college, postgraduate */
    student_code: 'VARCHAR',
    resident_medical_insured: 'BOOLEAN',
    employee_medical_insured: 'BOOLEAN',
    member_from: 'DATE',
  },
  enrolments: {
    enrolment_id: 'UUID',
    household_id: 'UUID',
    person_id: 'UUID',
    person_key: 'UUID',
    county_code: 'VARCHAR',
    region_code: 'VARCHAR',
    /** programme dictionary: subsistence-rural, subsistence-urban, destitute-support, temporary-relief,
     *  disability-living, disability-care, education-aid, medical-aid, pension-elderly */
    programme_code: 'VARCHAR',
    valid_from: 'DATE',
    valid_to: 'DATE',
  },
  /** Tranches of public money with their balances as posted up to the day of the run. */
  fund_indicators: {
    indicator_id: 'UUID',
    county_code: 'VARCHAR',
    region_code: 'VARCHAR',
    document_number: 'VARCHAR',
    fund_code: 'VARCHAR',
    /** central, provincial, city, county, social */
    fund_source: 'VARCHAR',
    fiscal_year: 'INTEGER',
    issued_on: 'DATE',
    expected_on: 'DATE',
    /** since when the money lies here; NULL while it is in transit. Carrying it into a new year does not reset it. */
    held_since: 'DATE',
    in_transit_fen: 'BIGINT',
    available_fen: 'BIGINT',
    planned_fen: 'BIGINT',
    paid_fen: 'BIGINT',
    passed_on_fen: 'BIGINT',
  },
  fund_plans: {
    plan_id: 'UUID',
    indicator_id: 'UUID',
    county_code: 'VARCHAR',
    region_code: 'VARCHAR',
    use_code: 'VARCHAR',
    /** words of the fund's negative list in its title, joined by 、; '' when there are none */
    negative_words: 'VARCHAR',
    planned_on: 'DATE',
    finish_by: 'DATE',
    /** planned and not yet paid, paid */
    planned_fen: 'BIGINT',
    paid_fen: 'BIGINT',
  },
  /** Households that a procedure took in and none has let out since, with what was promised to them up to the day of the run. */
  identified_households: {
    household_id: 'UUID',
    county_code: 'VARCHAR',
    region_code: 'VARCHAR',
    entered_on: 'DATE',
    /** risks named at the visit; those that no measure answers */
    risks: 'INTEGER',
    unanswered_risks: 'INTEGER',
    /** promised, delivered or confirmed; not those given up */
    measures: 'INTEGER',
  },
  /** Dated policy: two programmes that one person may not receive in the same month. */
  exclusive_programmes: {
    county_code: 'VARCHAR',
    programme_a: 'VARCHAR',
    programme_b: 'VARCHAR',
    valid_from: 'DATE',
    valid_to: 'DATE',
  },
  /** Dated policy amounts: line_code subsistence-rural-month, monitoring-year, … */
  policy_lines: {
    county_code: 'VARCHAR',
    line_code: 'VARCHAR',
    amount_fen: 'BIGINT',
    valid_from: 'DATE',
    valid_to: 'DATE',
  },
} as const satisfies Record<string, SnapshotTable>;

/** Columns every dataset table starts with: which delivery and which row of it a record came from. */
export const datasetBaseColumns = { delivery_id: 'UUID', source_row: 'BIGINT' } as const satisfies SnapshotTable;

/** How a dataset field's type appears in the snapshot. `idNumber`, `personName`, `bankAccount` become pseudonyms. */
export const snapshotTypeOfField = {
  idNumber: 'UUID',
  personName: 'UUID',
  bankAccount: 'UUID',
  creditCode: 'VARCHAR',
  text: 'VARCHAR',
  code: 'VARCHAR',
  month: 'VARCHAR',
  date: 'DATE',
  money: 'BIGINT',
  integer: 'INTEGER',
  /** decimals are stored as thousandths */
  decimal: 'BIGINT',
  flag: 'BOOLEAN',
} as const satisfies Record<string, SnapshotType>;

export type DatasetFieldType = keyof typeof snapshotTypeOfField;

/** The fixed output of every `evidence.sql`: one row per piece of evidence; rows with the same subject and period
 *  belong to one finding. */
export const evidenceColumns = {
  /** person_id, household_id, the account's pseudonym or indicator_id, as the rule's subjectKind says */
  subject_id: 'UUID',
  /** NULL where an account's other payee is in no registry, and for public money */
  household_id: 'UUID',
  /** the member this piece of evidence is about; NULL when it is about the whole household */
  person_id: 'UUID',
  county_code: 'VARCHAR',
  region_code: 'VARCHAR',
  /** '' = one finding while the fact lasts, else YYYY-MM or YYYY */
  period: 'VARCHAR',
  /** dataset kind, or 'registry' */
  dataset: 'VARCHAR',
  delivery_id: 'UUID',
  source_row: 'BIGINT',
  /** key into the rule's `facts` templates */
  fact: 'VARCHAR',
  observed_on: 'DATE',
  amount_fen: 'BIGINT',
  /** short plain value the template may show: a model, a programme code, a month; never personal data */
  detail: 'VARCHAR',
} as const satisfies SnapshotTable;
