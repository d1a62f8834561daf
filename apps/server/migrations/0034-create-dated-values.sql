-- Owner: modules/registries/households/dated-values. Who a person is and how a household is reached and paid: the registry's row
-- says what holds today; once a value changed, its whole course stands here in valid and in recorded time. A value that never
-- changed has no row, so that a registry read in for the first time costs nothing more.
CREATE TABLE households.dated_value (
  county_code platform.region_code NOT NULL,
  id uuid NOT NULL,
  subject_id uuid NOT NULL,
  responsible_region_code platform.region_code NOT NULL,
  field_code text NOT NULL,
  value_enc bytea,
  valid_from date,
  valid_to date,
  source text NOT NULL,
  recorded_at timestamptz NOT NULL DEFAULT now(),
  recorded_by uuid,
  change_id uuid,
  import_id uuid,
  superseded_at timestamptz,
  superseded_by_change uuid,
  superseded_by_import uuid,
  PRIMARY KEY (county_code, id)
);
COMMENT ON TABLE households.dated_value IS 'Course of one field of a person or household. Valid time (valid_from, valid_to) and recorded time (recorded_at, superseded_at).';
COMMENT ON COLUMN households.dated_value.subject_id IS 'The person or the household: it stays with them, wherever they go.';
COMMENT ON COLUMN households.dated_value.value_enc IS 'NULL: nothing was registered.';
COMMENT ON COLUMN households.dated_value.valid_from IS 'NULL: from the beginning, as far as the registry knows.';
CREATE INDEX dated_value_subject ON households.dated_value (subject_id, field_code);
ALTER TABLE households.dated_value ENABLE ROW LEVEL SECURITY;
CREATE POLICY dated_value_region ON households.dated_value TO app_role USING (responsible_region_code >= (SELECT platform.region_from()) AND responsible_region_code < (SELECT platform.region_to()));
GRANT SELECT, INSERT, UPDATE, DELETE ON households.dated_value TO app_role;

-- From a day on a field says something else. The first change also writes what was said before it; what held on earlier days
-- goes on holding, and what was believed until now can still be read as known then.
CREATE FUNCTION households.date_value(county text, region text, of_subject uuid, field text, known_since timestamptz, old_value bytea, new_value bytea, from_day date, said_by text, by_account uuid, of_change uuid, of_import uuid)
RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (SELECT 1 FROM households.dated_value WHERE subject_id = of_subject AND field_code = field) THEN
    INSERT INTO households.dated_value (county_code, id, subject_id, responsible_region_code, field_code, value_enc, source, recorded_at)
    VALUES (county, gen_random_uuid(), of_subject, region, field, old_value, 'first', known_since);
  END IF;
  WITH ended AS (
    UPDATE households.dated_value SET superseded_at = now(), superseded_by_change = of_change, superseded_by_import = of_import
    WHERE subject_id = of_subject AND field_code = field AND superseded_at IS NULL AND (valid_to IS NULL OR valid_to > from_day) RETURNING *)
  INSERT INTO households.dated_value (county_code, id, subject_id, responsible_region_code, field_code, value_enc, valid_from, valid_to, source, recorded_by, change_id, import_id)
  SELECT county_code, gen_random_uuid(), subject_id, responsible_region_code, field_code, value_enc, valid_from, from_day, source, recorded_by, of_change, of_import FROM ended WHERE valid_from IS NULL OR valid_from < from_day;
  INSERT INTO households.dated_value (county_code, id, subject_id, responsible_region_code, field_code, value_enc, valid_from, source, recorded_by, change_id, import_id)
  VALUES (county, gen_random_uuid(), of_subject, region, field, new_value, from_day, said_by, by_account, of_change, of_import);
END $$;
GRANT EXECUTE ON FUNCTION households.date_value(text, text, uuid, text, timestamptz, bytea, bytea, date, text, uuid, uuid, uuid) TO app_role;
