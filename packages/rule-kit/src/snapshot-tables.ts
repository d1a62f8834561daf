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
    /** project, direct-benefit, management-fee */
    kind_code: 'VARCHAR',
    /** NULL when the plan names no project of the registry */
    project_id: 'UUID',
    /** words of the fund's negative list in its title, joined by 、; '' when there are none */
    negative_words: 'VARCHAR',
    planned_on: 'DATE',
    finish_by: 'DATE',
    /** planned and not yet paid, paid */
    planned_fen: 'BIGINT',
    paid_fen: 'BIGINT',
  },
  /** Payments that stand: where they went, never to which household. */
  fund_payments: {
    payment_id: 'UUID',
    indicator_id: 'UUID',
    plan_id: 'UUID',
    county_code: 'VARCHAR',
    region_code: 'VARCHAR',
    voucher_number: 'VARCHAR',
    /** vendor, village, institution, household */
    payee_kind: 'VARCHAR',
    /** unit, personal, cash */
    account_kind: 'VARCHAR',
    amount_fen: 'BIGINT',
    paid_on: 'DATE',
  },
  /** Plans paid to households: to how many, and between which sums. */
  plan_shares: {
    plan_id: 'UUID',
    indicator_id: 'UUID',
    county_code: 'VARCHAR',
    region_code: 'VARCHAR',
    use_code: 'VARCHAR',
    last_paid_on: 'DATE',
    households: 'INTEGER',
    least_fen: 'BIGINT',
    most_fen: 'BIGINT',
  },
  /** Projects in or beyond the pool, with work and money as known on the day of the run. */
  projects: {
    project_id: 'UUID',
    county_code: 'VARCHAR',
    region_code: 'VARCHAR',
    number: 'VARCHAR',
    category_code: 'VARCHAR',
    /** approved, under-way, completed, accepted, audited, settled, cancelled */
    state_code: 'VARCHAR',
    fiscal_year: 'INTEGER',
    target_count: 'INTEGER',
    published_on: 'DATE',
    approved_on: 'DATE',
    started_on: 'DATE',
    /** last day on which progress was reported */
    progress_on: 'DATE',
    finish_by: 'DATE',
    completed_on: 'DATE',
    accepted_on: 'DATE',
    budget_fen: 'BIGINT',
    contract_fen: 'BIGINT',
    paid_fen: 'BIGINT',
    physical_percent: 'INTEGER',
    missing_papers: 'INTEGER',
    /** planned for, and linked in the registry */
    households: 'INTEGER',
    linked_households: 'INTEGER',
  },
  /** What pictures show, as a number: equal when two show the same. */
  project_pictures: { document_id: 'UUID', project_id: 'UUID', county_code: 'VARCHAR', region_code: 'VARCHAR', picture_key: 'BIGINT', added_on: 'DATE' },
  tenders: {
    tender_id: 'UUID',
    project_id: 'UUID',
    county_code: 'VARCHAR',
    region_code: 'VARCHAR',
    number: 'VARCHAR',
    /** open, limited, direct */
    method_code: 'VARCHAR',
    price_only: 'BOOLEAN',
    estimate_fen: 'BIGINT',
    published_on: 'DATE',
    due_on: 'DATE',
    awarded_on: 'DATE',
  },
  bids: {
    bid_id: 'UUID',
    tender_id: 'UUID',
    vendor_id: 'UUID',
    amount_fen: 'BIGINT',
    is_late: 'BOOLEAN',
    is_valid: 'BOOLEAN',
    is_winner: 'BOOLEAN',
    /** pseudonyms of the device a bid came from and of who represents the firm */
    origin_key: 'UUID',
    representative_key: 'UUID',
  },
  contracts: {
    contract_id: 'UUID',
    project_id: 'UUID',
    vendor_id: 'UUID',
    /** NULL when it was given without a tender */
    tender_id: 'UUID',
    county_code: 'VARCHAR',
    region_code: 'VARCHAR',
    number: 'VARCHAR',
    method_code: 'VARCHAR',
    signed_fen: 'BIGINT',
    value_fen: 'BIGINT',
    signed_on: 'DATE',
  },
  /** Bill of quantities: quantities in thousandths of the item's unit; what was measured is NULL until somebody did. */
  contract_items: { contract_id: 'UUID', project_id: 'UUID', county_code: 'VARCHAR', region_code: 'VARCHAR', number: 'VARCHAR', ordinal: 'INTEGER', item_code: 'VARCHAR', quantity_thousandths: 'BIGINT', unit_price_fen: 'BIGINT', measured_thousandths: 'BIGINT', measured_on: 'DATE', signed_on: 'DATE' },
  /** What a contract must have reached by when; `met_on` is NULL until somebody confirmed it. */
  contract_milestones: { contract_id: 'UUID', project_id: 'UUID', county_code: 'VARCHAR', region_code: 'VARCHAR', number: 'VARCHAR', due_on: 'DATE', met_on: 'DATE', amount_fen: 'BIGINT' },
  /** Who stands behind a firm, as pseudonyms that equal those of the registry and of departments' lists. */
  vendor_people: {
    vendor_id: 'UUID',
    county_code: 'VARCHAR',
    credit_code: 'VARCHAR',
    person_key: 'UUID',
    /** first day and the day after the last; NULL where nothing changed before or since */
    from_on: 'DATE',
    to_on: 'DATE',
  },
  invoices: { invoice_id: 'UUID', contract_id: 'UUID', vendor_id: 'UUID', project_id: 'UUID', county_code: 'VARCHAR', region_code: 'VARCHAR', number: 'VARCHAR', issued_on: 'DATE', amount_fen: 'BIGINT', void_on: 'DATE', is_paid: 'BOOLEAN' },
  assets: {
    asset_id: 'UUID',
    county_code: 'VARCHAR',
    region_code: 'VARCHAR',
    number: 'VARCHAR',
    /** operating, public, household */
    class_code: 'VARCHAR',
    /** in-use, idle, damaged, lost, disposed */
    state_code: 'VARCHAR',
    state_on: 'DATE',
    formed_on: 'DATE',
    registered_on: 'DATE',
    original_fen: 'BIGINT',
  },
  leases: { lease_id: 'UUID', asset_id: 'UUID', county_code: 'VARCHAR', region_code: 'VARCHAR', number: 'VARCHAR', start_on: 'DATE', end_on: 'DATE', yearly_fen: 'BIGINT', appraised_fen: 'BIGINT', has_vote: 'BOOLEAN' },
  rents: { asset_id: 'UUID', county_code: 'VARCHAR', region_code: 'VARCHAR', number: 'VARCHAR', due_on: 'DATE', amount_fen: 'BIGINT', received_fen: 'BIGINT' },
  asset_incomes: { asset_id: 'UUID', county_code: 'VARCHAR', region_code: 'VARCHAR', receipt_number: 'VARCHAR', received_on: 'DATE', amount_fen: 'BIGINT', distributed_on: 'DATE' },
  asset_disposals: { asset_id: 'UUID', county_code: 'VARCHAR', region_code: 'VARCHAR', price_fen: 'BIGINT', appraised_fen: 'BIGINT', published_on: 'DATE', disposed_on: 'DATE' },
  /** What a household should get of an asset's income, and what it says it got. */
  income_shares: { household_id: 'UUID', county_code: 'VARCHAR', region_code: 'VARCHAR', asset_number: 'VARCHAR', amount_fen: 'BIGINT', answered_fen: 'BIGINT', answered_on: 'DATE' },
  /** Notices that stand on the day of the run and hold what may not be published; one row for each kind of it, never the value. */
  leaking_notices: {
    notice_id: 'UUID',
    county_code: 'VARCHAR',
    region_code: 'VARCHAR',
    number: 'VARCHAR',
    starts_on: 'DATE',
    ends_on: 'DATE',
    /** id-number, phone, account, illness */
    leak_kind: 'VARCHAR',
    places: 'INTEGER',
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
