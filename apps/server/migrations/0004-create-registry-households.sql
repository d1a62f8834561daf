-- Owner: modules/registries/households. Every key includes county_code, so the tables can be partitioned by county.
CREATE SCHEMA households;
GRANT USAGE ON SCHEMA households TO app_role;

CREATE TABLE households.household (
  county_code platform.region_code NOT NULL,
  id uuid NOT NULL,
  number text NOT NULL,
  responsible_region_code platform.region_code NOT NULL,
  historical_region_code platform.region_code,
  head_name text NOT NULL,
  address_enc bytea,
  phone_enc bytea,
  bank_name text,
  account_enc bytea,
  account_key uuid,
  status_code text NOT NULL,
  status_from date,
  member_count integer NOT NULL,
  income_year integer,
  income_per_capita_fen bigint,
  source_import_id uuid,
  source_row integer,
  import_template text,
  imported_as_of date,
  content_hash bytea,
  exported_hash bytea,
  exported_version integer,
  version integer NOT NULL DEFAULT 1,
  created_at timestamptz NOT NULL DEFAULT now(),
  changed_at timestamptz NOT NULL DEFAULT now(),
  ended_on date,
  PRIMARY KEY (county_code, id)
);
COMMENT ON TABLE households.household IS 'Household as it stands; the dated facts below are its history.';
COMMENT ON COLUMN households.household.content_hash IS 'Hash of the imported row group: the same file again changes nothing.';
COMMENT ON COLUMN households.household.exported_hash IS 'Hash of the rows given out whole at exported_version: they change nothing when they come back and nobody changed the household.';
COMMENT ON COLUMN households.household.imported_as_of IS 'Day the last imported file describes: an older file never overrides a newer one.';
-- Household numbers are unique within a village: some counties number each village from 1.
CREATE UNIQUE INDEX household_number ON households.household (responsible_region_code, number);
CREATE INDEX household_id ON households.household (id);

CREATE TABLE households.person (
  county_code platform.region_code NOT NULL,
  id uuid NOT NULL,
  household_id uuid NOT NULL,
  responsible_region_code platform.region_code NOT NULL,
  name text NOT NULL,
  name_key uuid NOT NULL,
  id_number_enc bytea,
  person_key uuid,
  id_number_problem text,
  document_type text,
  birth_date date,
  sex_code text,
  id_region_code text,
  ethnicity text,
  phone_enc bytea,
  content_hash bytea,
  import_id uuid,
  created_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (county_code, id)
);
COMMENT ON COLUMN households.person.import_id IS 'The import that brought this person; undoing it takes the person away again.';
COMMENT ON COLUMN households.person.person_key IS 'Blind index and pseudonym of the identity number; NULL when there is no valid number.';
CREATE INDEX person_household ON households.person (household_id);
CREATE INDEX person_key ON households.person (person_key);
CREATE INDEX person_id ON households.person (id);

CREATE TABLE households.membership (
  county_code platform.region_code NOT NULL,
  id uuid NOT NULL,
  household_id uuid NOT NULL,
  person_id uuid NOT NULL,
  responsible_region_code platform.region_code NOT NULL,
  relation_code text NOT NULL,
  valid_from date NOT NULL,
  valid_to date,
  joined_reason text,
  left_reason text,
  recorded_at timestamptz NOT NULL DEFAULT now(),
  superseded_at timestamptz,
  superseded_by_import uuid,
  import_id uuid,
  PRIMARY KEY (county_code, id)
);
COMMENT ON TABLE households.membership IS 'Valid time (valid_from, valid_to) and recorded time (recorded_at, superseded_at).';
CREATE INDEX membership_household ON households.membership (household_id);
CREATE INDEX membership_person ON households.membership (person_id);

CREATE TABLE households.person_fact (
  county_code platform.region_code NOT NULL,
  id uuid NOT NULL,
  person_id uuid NOT NULL,
  responsible_region_code platform.region_code NOT NULL,
  labour_code text,
  student_code text,
  education_code text,
  health_enc bytea,
  resident_medical_insured boolean,
  employee_medical_insured boolean,
  valid_from date NOT NULL,
  valid_to date,
  source text NOT NULL,
  recorded_at timestamptz NOT NULL DEFAULT now(),
  recorded_by uuid,
  superseded_at timestamptz,
  superseded_by_import uuid,
  import_id uuid,
  PRIMARY KEY (county_code, id)
);
CREATE INDEX person_fact_person ON households.person_fact (person_id);

CREATE TABLE households.household_status (
  county_code platform.region_code NOT NULL,
  id uuid NOT NULL,
  household_id uuid NOT NULL,
  responsible_region_code platform.region_code NOT NULL,
  status_code text NOT NULL,
  valid_from date NOT NULL,
  valid_to date,
  reason text,
  recorded_at timestamptz NOT NULL DEFAULT now(),
  recorded_by uuid,
  superseded_at timestamptz,
  superseded_by_import uuid,
  import_id uuid,
  PRIMARY KEY (county_code, id)
);
CREATE INDEX household_status_household ON households.household_status (household_id);

CREATE TABLE households.income (
  county_code platform.region_code NOT NULL,
  id uuid NOT NULL,
  household_id uuid NOT NULL,
  responsible_region_code platform.region_code NOT NULL,
  year integer NOT NULL,
  source text NOT NULL,
  wage_fen bigint NOT NULL DEFAULT 0,
  business_fen bigint NOT NULL DEFAULT 0,
  property_fen bigint NOT NULL DEFAULT 0,
  transfer_fen bigint NOT NULL DEFAULT 0,
  cost_fen bigint NOT NULL DEFAULT 0,
  per_capita_fen bigint,
  recorded_at timestamptz NOT NULL DEFAULT now(),
  superseded_at timestamptz,
  superseded_by_import uuid,
  import_id uuid,
  PRIMARY KEY (county_code, id)
);
CREATE INDEX income_household ON households.income (household_id, year);

CREATE TABLE households.enrolment (
  county_code platform.region_code NOT NULL,
  id uuid NOT NULL,
  household_id uuid NOT NULL,
  person_id uuid,
  responsible_region_code platform.region_code NOT NULL,
  programme_code text NOT NULL,
  valid_from date NOT NULL,
  valid_to date,
  recorded_at timestamptz NOT NULL DEFAULT now(),
  superseded_at timestamptz,
  superseded_by_import uuid,
  import_id uuid,
  PRIMARY KEY (county_code, id)
);
CREATE INDEX enrolment_household ON households.enrolment (household_id);

CREATE TABLE households.authorisation (
  county_code platform.region_code NOT NULL,
  id uuid NOT NULL,
  household_id uuid NOT NULL,
  person_id uuid NOT NULL,
  responsible_region_code platform.region_code NOT NULL,
  kinds text[] NOT NULL CHECK (cardinality(kinds) > 0),
  purpose text NOT NULL,
  signed_by text NOT NULL CHECK (signed_by IN ('self', 'guardian', 'proxy')),
  signer_name text,
  signed_on date NOT NULL,
  valid_until date,
  form_file_id uuid,
  form_file_name text,
  recorded_by uuid NOT NULL,
  recorded_by_name text NOT NULL,
  recorded_at timestamptz NOT NULL DEFAULT now(),
  withdrawn_on date,
  withdrawal_reason text,
  withdrawn_by uuid,
  withdrawn_by_name text,
  PRIMARY KEY (county_code, id),
  CHECK (valid_until >= signed_on AND withdrawn_on >= signed_on)
);
COMMENT ON TABLE households.authorisation IS 'A member allows named kinds of department data to be looked at for a purpose; without it such kinds match nobody.';
CREATE INDEX authorisation_person ON households.authorisation (person_id);
CREATE INDEX authorisation_household ON households.authorisation (household_id);
CREATE INDEX authorisation_id ON households.authorisation (id);

CREATE TABLE households.search_token (
  token text COLLATE "C" NOT NULL,
  responsible_region_code platform.region_code NOT NULL,
  county_code platform.region_code NOT NULL,
  household_id uuid NOT NULL,
  PRIMARY KEY (token, responsible_region_code, household_id)
);
COMMENT ON TABLE households.search_token IS 'Equality is the only search that may use an index under row-level security: names, bigrams, pinyin initials, last four, number.';

CREATE TABLE households.import_batch (
  id uuid PRIMARY KEY,
  -- the region of who imports: their scope is the scope of the file
  region_code platform.region_code NOT NULL,
  file_id uuid NOT NULL,
  file_name text NOT NULL,
  as_of date NOT NULL,
  state text NOT NULL,
  task_id uuid,
  report jsonb,
  failure text,
  mode text CHECK (mode IN ('good-rows', 'all-or-nothing')),
  created_by uuid NOT NULL,
  created_by_name text NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  applied_at timestamptz
);
CREATE INDEX import_batch_region ON households.import_batch (region_code, id);
CREATE TABLE households.import_problem (
  import_id uuid NOT NULL REFERENCES households.import_batch (id),
  ordinal integer NOT NULL,
  row_number integer NOT NULL,
  column_title text NOT NULL,
  field text,
  severity text NOT NULL CHECK (severity IN ('error', 'warning')),
  code text NOT NULL,
  value_masked text,
  PRIMARY KEY (import_id, ordinal)
);
CREATE TABLE households.source_row (
  county_code platform.region_code NOT NULL,
  import_id uuid NOT NULL,
  household_id uuid,
  person_id uuid,
  responsible_region_code platform.region_code NOT NULL,
  row_number integer NOT NULL,
  template text NOT NULL,
  unmapped_enc bytea,
  content_hash bytea,
  PRIMARY KEY (county_code, import_id, row_number)
);
COMMENT ON TABLE households.source_row IS 'Columns of the file that Sunlit has no field for, kept as they came.';
COMMENT ON COLUMN households.source_row.household_id IS 'NULL for rows about a village.';
COMMENT ON COLUMN households.source_row.person_id IS 'Whose row it is, in tables with a row for each person.';
CREATE INDEX source_row_household ON households.source_row (household_id);
CREATE TABLE households.cell_correction (
  county_code platform.region_code NOT NULL,
  id uuid NOT NULL,
  household_id uuid NOT NULL,
  person_id uuid NOT NULL,
  responsible_region_code platform.region_code NOT NULL,
  title text NOT NULL,
  title_key text NOT NULL,
  value_enc bytea NOT NULL,
  reason text NOT NULL,
  recorded_at timestamptz NOT NULL DEFAULT now(),
  recorded_by uuid NOT NULL,
  recorded_by_name text NOT NULL,
  superseded_at timestamptz,
  PRIMARY KEY (county_code, id)
);
COMMENT ON TABLE households.cell_correction IS 'A column of the county''s own table corrected here: it holds until a later file of that table is imported. The source row stays as it came.';
CREATE INDEX cell_correction_household ON households.cell_correction (household_id);
CREATE TABLE households.import_undo (
  import_id uuid NOT NULL,
  county_code platform.region_code NOT NULL,
  household_id uuid NOT NULL,
  responsible_region_code platform.region_code NOT NULL,
  created boolean NOT NULL,
  before_enc bytea,
  version_after integer NOT NULL,
  PRIMARY KEY (import_id, household_id)
);
COMMENT ON TABLE households.import_undo IS 'What a batch changed, so that it can be taken back.';
CREATE TABLE households.code_alias (
  region_code platform.region_code NOT NULL,
  field text NOT NULL,
  value text NOT NULL,
  code text NOT NULL,
  set_by uuid NOT NULL,
  set_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (region_code, field, value)
);
CREATE TABLE households.column_alias (
  region_code platform.region_code NOT NULL,
  title text NOT NULL,
  field text,
  set_by uuid NOT NULL,
  set_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (region_code, title)
);

DO $$
DECLARE t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['household', 'person', 'membership', 'person_fact', 'household_status', 'income', 'enrolment', 'authorisation', 'search_token', 'source_row', 'cell_correction', 'import_undo'] LOOP
    EXECUTE format('ALTER TABLE households.%I ENABLE ROW LEVEL SECURITY', t);
    EXECUTE format('CREATE POLICY %I ON households.%I TO app_role USING (responsible_region_code >= (SELECT platform.region_from()) AND responsible_region_code < (SELECT platform.region_to()))', t || '_region', t);
    EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON households.%I TO app_role', t);
  END LOOP;
  FOREACH t IN ARRAY ARRAY['import_batch', 'code_alias', 'column_alias'] LOOP
    EXECUTE format('ALTER TABLE households.%I ENABLE ROW LEVEL SECURITY', t);
    EXECUTE format('CREATE POLICY %I ON households.%I TO app_role USING (region_code >= (SELECT platform.region_from()) AND region_code < (SELECT platform.region_to()))', t || '_region', t);
    EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON households.%I TO app_role', t);
  END LOOP;
END $$;
ALTER TABLE households.import_problem ENABLE ROW LEVEL SECURITY;
CREATE POLICY import_problem_batch ON households.import_problem TO app_role USING (EXISTS (SELECT 1 FROM households.import_batch b WHERE b.id = import_id));
GRANT SELECT, INSERT, DELETE ON households.import_problem TO app_role;
REVOKE DELETE ON households.authorisation FROM app_role;
-- History is never deleted by a person's correction; only an undone import takes its own rows away.
