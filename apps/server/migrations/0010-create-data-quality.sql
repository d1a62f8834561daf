-- Owner: modules/registries/data-quality. The work list of what does not add up in the registry: hints for whoever keeps the
-- records, never findings about a household.
CREATE SCHEMA data_quality;
GRANT USAGE ON SCHEMA data_quality TO app_role;

CREATE TABLE data_quality.item (
  county_code platform.region_code NOT NULL,
  id uuid NOT NULL,
  responsible_region_code platform.region_code NOT NULL,
  household_id uuid NOT NULL,
  person_id uuid,
  check_code text NOT NULL,
  state text NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'accepted', 'resolved')),
  found_at timestamptz NOT NULL DEFAULT now(),
  resolved_at timestamptz,
  accepted_by uuid,
  accepted_by_name text,
  accepted_at timestamptz,
  accepted_reason text,
  PRIMARY KEY (county_code, id)
);
COMMENT ON COLUMN data_quality.item.state IS 'accepted: somebody looked and says the record is right; it stays so until the record changes and the check no longer speaks.';
CREATE UNIQUE INDEX item_identity ON data_quality.item (household_id, check_code, person_id) NULLS NOT DISTINCT;
CREATE INDEX item_list ON data_quality.item (responsible_region_code, check_code, id) WHERE state <> 'resolved';
CREATE INDEX item_id ON data_quality.item (id);

CREATE TABLE data_quality.day (
  day date NOT NULL,
  responsible_region_code platform.region_code NOT NULL,
  check_code text NOT NULL,
  open integer NOT NULL,
  PRIMARY KEY (responsible_region_code, day, check_code)
);
COMMENT ON TABLE data_quality.day IS 'Open items of a village at the end of a sweep: the trend.';

CREATE TABLE data_quality.sweep (
  id uuid PRIMARY KEY,
  region_code platform.region_code NOT NULL,
  day date NOT NULL,
  task_id uuid,
  finished_at timestamptz
);
COMMENT ON TABLE data_quality.sweep IS 'Checks of a whole division: nightly, after an import, or asked for.';
CREATE INDEX sweep_region ON data_quality.sweep (region_code, day DESC);
ALTER TABLE data_quality.sweep ENABLE ROW LEVEL SECURITY;
-- A division also sees that the one above it was swept: its own records were.
CREATE POLICY sweep_region ON data_quality.sweep TO app_role USING (true) WITH CHECK (region_code >= (SELECT platform.region_from()) AND region_code < (SELECT platform.region_to()));
GRANT SELECT, INSERT, UPDATE ON data_quality.sweep TO app_role;

DO $$
DECLARE t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['item', 'day'] LOOP
    EXECUTE format('ALTER TABLE data_quality.%I ENABLE ROW LEVEL SECURITY', t);
    EXECUTE format('CREATE POLICY %I ON data_quality.%I TO app_role USING (responsible_region_code >= (SELECT platform.region_from()) AND responsible_region_code < (SELECT platform.region_to()))', t || '_region', t);
    EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON data_quality.%I TO app_role', t);
  END LOOP;
END $$;
