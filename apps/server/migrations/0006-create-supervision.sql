-- Owner: modules/supervision. Cross-check runs and the findings that people handle to their end.
CREATE SCHEMA supervision;
GRANT USAGE ON SCHEMA supervision TO app_role;

CREATE SEQUENCE supervision.finding_number;
GRANT USAGE ON SEQUENCE supervision.finding_number TO app_role;

CREATE TABLE supervision.run (
  id uuid PRIMARY KEY,
  region_code platform.region_code NOT NULL,
  as_of date NOT NULL,
  state text NOT NULL CHECK (state IN ('queued', 'running', 'draft', 'released', 'failed', 'cancelled')),
  task_id uuid,
  failure text,
  inputs jsonb NOT NULL DEFAULT '[]',
  started_by uuid NOT NULL,
  started_at timestamptz NOT NULL DEFAULT now(),
  finished_at timestamptz
);
COMMENT ON COLUMN supervision.run.inputs IS 'Exactly what the run used: registry snapshot and dataset versions with row counts.';
CREATE TABLE supervision.run_rule (
  run_id uuid NOT NULL REFERENCES supervision.run (id),
  rule_code text NOT NULL,
  rule_version text NOT NULL,
  visibility text NOT NULL CHECK (visibility IN ('ordinary', 'discipline-first')),
  parameters jsonb NOT NULL DEFAULT '[]',
  state text NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'running', 'done', 'not-run', 'failed')),
  reason text,
  hits integer NOT NULL DEFAULT 0,
  new_hits integer NOT NULL DEFAULT 0,
  milliseconds integer,
  released_at timestamptz,
  released_by uuid,
  PRIMARY KEY (run_id, rule_code)
);
COMMENT ON COLUMN supervision.run_rule.parameters IS 'The dated values in force per county, as the rule used them.';
CREATE TABLE supervision.run_count (
  run_id uuid NOT NULL,
  rule_code text NOT NULL,
  visibility text NOT NULL,
  region_code platform.region_code NOT NULL,
  hits integer NOT NULL,
  PRIMARY KEY (run_id, rule_code, region_code),
  FOREIGN KEY (run_id, rule_code) REFERENCES supervision.run_rule (run_id, rule_code)
);
COMMENT ON TABLE supervision.run_count IS 'Hits of a run per rule and division, as they were when the rule ended.';

CREATE TABLE supervision.finding (
  county_code platform.region_code NOT NULL,
  id uuid NOT NULL,
  number text NOT NULL,
  fingerprint text NOT NULL,
  rule_code text NOT NULL,
  rule_version text NOT NULL,
  severity text NOT NULL,
  severity_rank integer NOT NULL,
  direction text NOT NULL,
  visibility text NOT NULL CHECK (visibility IN ('ordinary', 'discipline-first')),
  subject_kind text NOT NULL,
  subject_id uuid NOT NULL,
  household_id uuid,
  person_id uuid,
  responsible_region_code platform.region_code NOT NULL,
  period text NOT NULL DEFAULT '',
  headline_zh text NOT NULL,
  headline_en text NOT NULL,
  state text NOT NULL,
  outcome text,
  outcome_excuse text,
  outcome_reason text,
  decided_by uuid,
  decided_at timestamptz,
  assignee_id uuid,
  due_on date,
  first_run_id uuid,
  last_run_id uuid,
  fact_gone boolean NOT NULL DEFAULT false,
  released_at timestamptz,
  opened_at timestamptz NOT NULL DEFAULT now(),
  changed_at timestamptz NOT NULL DEFAULT now(),
  version integer NOT NULL DEFAULT 1,
  PRIMARY KEY (county_code, id)
);
COMMENT ON COLUMN supervision.finding.first_run_id IS 'NULL where a household said it and no cross-check found it.';
COMMENT ON COLUMN supervision.finding.fingerprint IS 'Rule, subject and period: a re-run updates, never duplicates.';
COMMENT ON COLUMN supervision.finding.released_at IS 'NULL while the hit is a draft of its run: nobody works on it, no deadline runs.';
CREATE UNIQUE INDEX finding_fingerprint ON supervision.finding (county_code, fingerprint);
CREATE INDEX finding_list ON supervision.finding (responsible_region_code, severity_rank, opened_at DESC, id);
CREATE INDEX finding_subject ON supervision.finding (subject_id);
CREATE INDEX finding_household ON supervision.finding (household_id);
CREATE INDEX finding_id ON supervision.finding (id);
CREATE INDEX finding_rule ON supervision.finding (rule_code, responsible_region_code);
-- What a run asks first of each rule: findings that closed by themselves. Nothing new is ever in it.
CREATE INDEX finding_gone ON supervision.finding (rule_code) WHERE state = 'closed' AND decided_at IS NULL;
CREATE INDEX finding_assignee ON supervision.finding (assignee_id) WHERE assignee_id IS NOT NULL;

CREATE TABLE supervision.evidence (
  county_code platform.region_code NOT NULL,
  finding_id uuid NOT NULL,
  run_id uuid,
  responsible_region_code platform.region_code NOT NULL,
  person_id uuid,
  dataset text NOT NULL,
  delivery_id uuid,
  source_row bigint,
  ordinal integer NOT NULL DEFAULT 0,
  fact text NOT NULL,
  observed_on date,
  amount_fen bigint,
  detail text,
  PRIMARY KEY (finding_id, ordinal)
);

CREATE TABLE supervision.finding_step (
  county_code platform.region_code NOT NULL,
  id uuid NOT NULL,
  finding_id uuid NOT NULL,
  responsible_region_code platform.region_code NOT NULL,
  at timestamptz NOT NULL DEFAULT clock_timestamp(),
  by_id uuid NOT NULL,
  by_name text NOT NULL,
  action text NOT NULL,
  from_state text,
  to_state text NOT NULL,
  reason text NOT NULL DEFAULT '',
  run_id uuid,
  PRIMARY KEY (county_code, id)
);
COMMENT ON COLUMN supervision.finding_step.run_id IS 'Set when a cross-check, not a person, made the step.';
COMMENT ON TABLE supervision.finding_step IS 'Every step with who, when and why. Insert and select only.';
CREATE INDEX finding_step_finding ON supervision.finding_step (finding_id, at);

CREATE TABLE supervision.finding_answer (
  county_code platform.region_code NOT NULL,
  id uuid NOT NULL,
  finding_id uuid NOT NULL,
  responsible_region_code platform.region_code NOT NULL,
  at timestamptz NOT NULL DEFAULT now(),
  recorded_by uuid NOT NULL,
  recorded_by_name text NOT NULL,
  channel text NOT NULL,
  text_enc bytea NOT NULL,
  PRIMARY KEY (county_code, id)
);
CREATE INDEX finding_answer_finding ON supervision.finding_answer (finding_id);

CREATE TABLE supervision.finding_excuse (
  county_code platform.region_code NOT NULL,
  finding_id uuid NOT NULL,
  responsible_region_code platform.region_code NOT NULL,
  excuse_code text NOT NULL,
  checked text NOT NULL CHECK (checked IN ('no', 'applies', 'does-not-apply')),
  checked_by uuid NOT NULL,
  checked_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (county_code, finding_id, excuse_code)
);

CREATE TABLE supervision.finding_attachment (
  county_code platform.region_code NOT NULL,
  id uuid NOT NULL,
  finding_id uuid NOT NULL,
  responsible_region_code platform.region_code NOT NULL,
  file_id uuid NOT NULL,
  file_name text NOT NULL,
  size_bytes bigint NOT NULL,
  added_by uuid NOT NULL,
  added_by_name text NOT NULL,
  added_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (county_code, id)
);
CREATE INDEX finding_attachment_finding ON supervision.finding_attachment (finding_id);

CREATE TABLE supervision.correction_task (
  id uuid PRIMARY KEY,
  finding_id uuid NOT NULL,
  responsible_region_code platform.region_code NOT NULL,
  provider_code text NOT NULL,
  dataset_kind text,
  state text NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'done')),
  note text NOT NULL,
  created_by uuid NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  done_at timestamptz
);
COMMENT ON TABLE supervision.correction_task IS 'Wrong data goes back to the department that delivered it.';
CREATE INDEX correction_task_finding ON supervision.correction_task (finding_id);

CREATE TABLE supervision.rule_tally (
  rule_code text NOT NULL,
  county_code platform.region_code NOT NULL,
  decided integer NOT NULL DEFAULT 0,
  confirmed integer NOT NULL DEFAULT 0,
  PRIMARY KEY (rule_code, county_code)
);
COMMENT ON TABLE supervision.rule_tally IS 'How often a rule was right so far; no household can be told from it.';
GRANT SELECT, INSERT, UPDATE ON supervision.rule_tally TO app_role;

ALTER TABLE supervision.run ENABLE ROW LEVEL SECURITY;
CREATE POLICY run_region ON supervision.run TO app_role
  USING (region_code >= (SELECT platform.region_from()) AND region_code < (SELECT platform.region_to()));
GRANT SELECT, INSERT, UPDATE ON supervision.run TO app_role;
ALTER TABLE supervision.run_rule ENABLE ROW LEVEL SECURITY;
-- How many officials a rule points at is theirs to know who may read such findings.
CREATE POLICY run_rule_read ON supervision.run_rule FOR SELECT TO app_role USING (EXISTS (SELECT 1 FROM supervision.run r WHERE r.id = run_id) AND (visibility = 'ordinary' OR platform.has('officials')));
CREATE POLICY run_rule_update ON supervision.run_rule FOR UPDATE TO app_role USING (EXISTS (SELECT 1 FROM supervision.run r WHERE r.id = run_id) AND (visibility = 'ordinary' OR platform.has('officials')));
CREATE POLICY run_rule_insert ON supervision.run_rule FOR INSERT TO app_role WITH CHECK (EXISTS (SELECT 1 FROM supervision.run r WHERE r.id = run_id));
GRANT SELECT, INSERT, UPDATE ON supervision.run_rule TO app_role;
ALTER TABLE supervision.run_count ENABLE ROW LEVEL SECURITY;
CREATE POLICY run_count_run ON supervision.run_count TO app_role USING (EXISTS (SELECT 1 FROM supervision.run r WHERE r.id = run_id) AND (visibility = 'ordinary' OR platform.has('officials')));
GRANT SELECT, INSERT, DELETE ON supervision.run_count TO app_role;

-- Findings about officials open with discipline inspection; a person concerned or related sees none of them, whatever their role.
ALTER TABLE supervision.finding ENABLE ROW LEVEL SECURITY;
CREATE POLICY finding_region ON supervision.finding TO app_role
  USING (responsible_region_code >= (SELECT platform.region_from()) AND responsible_region_code < (SELECT platform.region_to())
    AND (visibility = 'ordinary' OR (SELECT platform.has('officials')))
    -- read once for a statement, not once for a row
    AND (household_id IS NULL OR NOT (household_id = ANY ((SELECT platform.own_households())::uuid[]))));
GRANT SELECT, INSERT, UPDATE, DELETE ON supervision.finding TO app_role;
DO $$
DECLARE t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['evidence', 'finding_step', 'finding_answer', 'finding_excuse', 'finding_attachment', 'correction_task'] LOOP
    EXECUTE format('ALTER TABLE supervision.%I ENABLE ROW LEVEL SECURITY', t);
    EXECUTE format('CREATE POLICY %I ON supervision.%I TO app_role USING (responsible_region_code >= (SELECT platform.region_from()) AND responsible_region_code < (SELECT platform.region_to()) AND EXISTS (SELECT 1 FROM supervision.finding f WHERE f.id = finding_id)) WITH CHECK (responsible_region_code >= (SELECT platform.region_from()) AND responsible_region_code < (SELECT platform.region_to()))', t || '_finding', t);
    EXECUTE format('GRANT SELECT, INSERT ON supervision.%I TO app_role', t);
  END LOOP;
END $$;
-- A department sees what it is asked to correct, never what another is asked.
CREATE POLICY correction_task_provider ON supervision.correction_task AS RESTRICTIVE FOR SELECT TO app_role
  USING (coalesce(current_setting('sunlit.provider', true), '') IN ('', provider_code));
CREATE INDEX correction_task_list ON supervision.correction_task (responsible_region_code, created_at DESC, id);
GRANT DELETE ON supervision.evidence TO app_role;
GRANT UPDATE ON supervision.finding_excuse, supervision.correction_task TO app_role;
