-- Owner: modules/registries/households/sections. One wide row per section of the form, source and day observed; a single field
-- that somebody states by itself is an exception. What a field is and who is believed first stands in regions/_base/sections.yaml.
CREATE TABLE households.section_housing (dangerous boolean, area numeric(10,2));
CREATE TABLE households.section_living (safe_water boolean, electricity boolean, toilet boolean, toilet_works boolean, road_hardened boolean, road_distance numeric(10,2));
CREATE TABLE households.section_land (arable numeric(10,2), forest numeric(10,2), reforested numeric(10,2), orchard numeric(10,2), grass numeric(10,2), water numeric(10,2));
CREATE TABLE households.section_employment (work_place text, public_post text, public_post_months numeric(10,2), channel text);
CREATE TABLE households.section_insurance (critical_illness boolean, medical_aid boolean, resident_pension boolean, employee_pension boolean);
CREATE TABLE households.section_schooling (dropped_out boolean, dropout_reason text, not_enrolled_reason text);

DO $$
DECLARE t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['section_housing', 'section_living', 'section_land', 'section_employment', 'section_insurance', 'section_schooling'] LOOP
    EXECUTE format('ALTER TABLE households.%I ADD COLUMN county_code platform.region_code NOT NULL, ADD COLUMN id uuid NOT NULL, ADD COLUMN household_id uuid NOT NULL, ADD COLUMN person_id uuid,
      ADD COLUMN responsible_region_code platform.region_code NOT NULL, ADD COLUMN source text NOT NULL, ADD COLUMN observed_on date NOT NULL, ADD COLUMN recorded_at timestamptz NOT NULL DEFAULT now(),
      ADD COLUMN superseded_at timestamptz, ADD COLUMN superseded_by_import uuid, ADD COLUMN import_id uuid, ADD PRIMARY KEY (county_code, id)', t);
    EXECUTE format('CREATE INDEX %I ON households.%I (household_id)', t || '_household', t);
    EXECUTE format('ALTER TABLE households.%I ENABLE ROW LEVEL SECURITY', t);
    EXECUTE format('CREATE POLICY %I ON households.%I TO app_role USING (responsible_region_code >= (SELECT platform.region_from()) AND responsible_region_code < (SELECT platform.region_to()))', t || '_region', t);
    EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON households.%I TO app_role', t);
  END LOOP;
END $$;

CREATE TABLE households.field_exception (
  county_code platform.region_code NOT NULL,
  id uuid NOT NULL,
  household_id uuid NOT NULL,
  person_id uuid,
  responsible_region_code platform.region_code NOT NULL,
  section_code text NOT NULL,
  field_code text NOT NULL,
  value_enc bytea,
  source text NOT NULL,
  observed_on date NOT NULL,
  recorded_at timestamptz NOT NULL DEFAULT now(),
  recorded_by uuid NOT NULL,
  recorded_by_name text NOT NULL,
  change_id uuid NOT NULL,
  superseded_at timestamptz,
  PRIMARY KEY (county_code, id)
);
COMMENT ON TABLE households.field_exception IS 'One field of a section as one source states it by itself, from a day on. value_enc NULL: it is not known after all.';
CREATE INDEX field_exception_household ON households.field_exception (household_id);
ALTER TABLE households.field_exception ENABLE ROW LEVEL SECURITY;
CREATE POLICY field_exception_region ON households.field_exception TO app_role USING (responsible_region_code >= (SELECT platform.region_from()) AND responsible_region_code < (SELECT platform.region_to()));
GRANT SELECT, INSERT, UPDATE ON households.field_exception TO app_role;
