-- Owner: modules/data-intake. Deliveries of departments' data; the snapshots themselves are encrypted files.
CREATE SCHEMA data_intake;
GRANT USAGE ON SCHEMA data_intake TO app_role;

CREATE TABLE data_intake.delivery (
  id uuid PRIMARY KEY,
  kind text NOT NULL,
  version integer NOT NULL,
  region_code platform.region_code NOT NULL,
  provider_code text NOT NULL REFERENCES organisation.department (code),
  file_id uuid NOT NULL,
  file_name text NOT NULL,
  file_removed_at timestamptz,
  as_of date NOT NULL,
  state text NOT NULL CHECK (state IN ('checking', 'held', 'accepted', 'returned', 'failed', 'cancelled')),
  task_id uuid,
  failure text,
  rows bigint NOT NULL DEFAULT 0,
  kept bigint NOT NULL DEFAULT 0,
  report jsonb,
  hold_reasons jsonb NOT NULL DEFAULT '[]',
  mapping jsonb NOT NULL DEFAULT '{}',
  snapshot jsonb,
  delivered_by uuid NOT NULL,
  received_at timestamptz NOT NULL DEFAULT now(),
  decided_by uuid,
  decided_at timestamptz,
  decision text,
  decision_reason text,
  UNIQUE (kind, region_code, version)
);
COMMENT ON COLUMN data_intake.delivery.snapshot IS 'Manifest of the immutable encrypted Parquet snapshot: path id, rows, sha256.';
COMMENT ON COLUMN data_intake.delivery.file_removed_at IS 'The file holds identity numbers: it is kept only until the delivery is decided.';
CREATE INDEX delivery_kind ON data_intake.delivery (kind, as_of DESC, version DESC);
CREATE TABLE data_intake.delivery_problem (
  delivery_id uuid NOT NULL REFERENCES data_intake.delivery (id),
  ordinal integer NOT NULL,
  row_number bigint NOT NULL,
  field text NOT NULL,
  code text NOT NULL,
  sample_masked text,
  PRIMARY KEY (delivery_id, ordinal)
);
CREATE TABLE data_intake.column_memory (
  kind text NOT NULL,
  provider_code text NOT NULL,
  title text NOT NULL,
  field text,
  set_by uuid,
  PRIMARY KEY (kind, provider_code, title)
);
COMMENT ON COLUMN data_intake.column_memory.field IS 'NULL: a person said the column means nothing.';
CREATE TABLE data_intake.code_memory (
  kind text NOT NULL,
  provider_code text NOT NULL,
  field text NOT NULL,
  value text NOT NULL,
  code text NOT NULL,
  set_by uuid NOT NULL,
  PRIMARY KEY (kind, provider_code, field, value)
);
COMMENT ON TABLE data_intake.code_memory IS 'What a department''s own words mean, as a person said.';
-- A provider sees its own department's deliveries only; reviewers see those within their region.
CREATE FUNCTION data_intake.in_scope(region_code text, provider_code text) RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE
  AS $$ SELECT region_code >= platform.region_from() AND region_code < platform.region_to() AND coalesce(current_setting('sunlit.provider', true), '') IN ('', provider_code) $$;
-- A division above delivers for those below too.
CREATE FUNCTION data_intake.serves_scope(region_code text) RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE
  AS $$ SELECT platform.region_to() <> '' AND coalesce(current_setting('sunlit.provider', true), '') = ''
    AND starts_with(platform.region_from(), regexp_replace(region_code, '(0{12}|0{10}|0{8}|0{6}|000)$', '')) $$;
GRANT EXECUTE ON FUNCTION data_intake.in_scope(text, text), data_intake.serves_scope(text) TO app_role;
ALTER TABLE data_intake.delivery ENABLE ROW LEVEL SECURITY;
CREATE POLICY delivery_scope ON data_intake.delivery TO app_role USING (data_intake.in_scope(region_code, provider_code));
-- That there is such a delivery, of which day and how good, is known where its findings are worked on; its rows are not.
CREATE POLICY delivery_above ON data_intake.delivery FOR SELECT TO app_role USING (state = 'accepted' AND data_intake.serves_scope(region_code));
GRANT SELECT, INSERT, UPDATE ON data_intake.delivery TO app_role;
ALTER TABLE data_intake.delivery_problem ENABLE ROW LEVEL SECURITY;
CREATE POLICY delivery_problem_scope ON data_intake.delivery_problem TO app_role USING (EXISTS (SELECT 1 FROM data_intake.delivery d WHERE d.id = delivery_id AND data_intake.in_scope(d.region_code, d.provider_code)));
GRANT SELECT, INSERT, DELETE ON data_intake.delivery_problem TO app_role;
DO $$
DECLARE t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['column_memory', 'code_memory'] LOOP
    EXECUTE format('ALTER TABLE data_intake.%I ENABLE ROW LEVEL SECURITY', t);
    EXECUTE format('CREATE POLICY %I ON data_intake.%I TO app_role USING (platform.region_to() <> '''' AND coalesce(current_setting(''sunlit.provider'', true), '''') IN ('''', provider_code))', t || '_provider', t);
    EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON data_intake.%I TO app_role', t);
  END LOOP;
END $$;
