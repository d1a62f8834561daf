-- Owner: modules/management/identification. One procedure for one household: entry (识别) or exit (风险消除), step by step,
-- with who decided, notices, measures and appeals. What people said and facts of health are encrypted.
CREATE SCHEMA identification;
GRANT USAGE ON SCHEMA identification TO app_role;
CREATE SEQUENCE identification.procedure_number;
CREATE SEQUENCE identification.appeal_number;
GRANT USAGE ON SEQUENCE identification.procedure_number, identification.appeal_number TO app_role;

CREATE TABLE identification.procedure (
  county_code platform.region_code NOT NULL,
  id uuid NOT NULL,
  number text NOT NULL,
  definition text COLLATE "C" NOT NULL,
  purpose text COLLATE "C" NOT NULL CHECK (purpose IN ('entry', 'exit')),
  region_code platform.region_code NOT NULL,
  household_id uuid,
  about_household_id uuid,
  class_code text COLLATE "C",
  channel text COLLATE "C" NOT NULL,
  event_on date NOT NULL,
  told_enc bytea NOT NULL,
  speaker_enc bytea,
  risks_enc bytea,
  source_kind text COLLATE "C",
  source_id uuid,
  state text COLLATE "C" NOT NULL,
  due_on date,
  suspended boolean NOT NULL DEFAULT false,
  outcome text COLLATE "C" CHECK (outcome IN ('entered', 'exited', 'not-eligible', 'withdrawn', 'set-aside')),
  comparison_enc bytea,
  reviewed_by uuid,
  decided_by uuid,
  opened_by uuid NOT NULL,
  opened_by_name text NOT NULL,
  opened_at timestamptz NOT NULL DEFAULT now(),
  visited_on date,
  decided_on date,
  helped_on date,
  closed_at timestamptz,
  version integer NOT NULL DEFAULT 1,
  PRIMARY KEY (county_code, id),
  CONSTRAINT procedure_number_once UNIQUE (county_code, number),
  -- who reviewed does not decide
  CONSTRAINT procedure_two_people CHECK (decided_by IS NULL OR decided_by IS DISTINCT FROM reviewed_by)
);
COMMENT ON TABLE identification.procedure IS 'Where one procedure stands. A machine opens it at most; every further step is a named person''s.';
COMMENT ON COLUMN identification.procedure.about_household_id IS 'Set when a merge of households carried it along: the household it was about before.';
COMMENT ON COLUMN identification.procedure.event_on IS 'When the need arose or became known; from here the time to the first help is measured.';
COMMENT ON COLUMN identification.procedure.comparison_enc IS 'What the rules said about the household on the day of the comparison.';
COMMENT ON COLUMN identification.procedure.suspended IS 'An appeal with suspended effect is open: nothing goes on until it is decided.';
CREATE INDEX procedure_id ON identification.procedure (id);
CREATE INDEX procedure_region ON identification.procedure (region_code, opened_at DESC, id DESC);
CREATE INDEX procedure_open ON identification.procedure (region_code, due_on) WHERE outcome IS NULL;
CREATE INDEX procedure_household ON identification.procedure (household_id) WHERE household_id IS NOT NULL;
-- a household has one procedure under way at a time, and a source opens one only
CREATE UNIQUE INDEX procedure_once ON identification.procedure (county_code, household_id) WHERE household_id IS NOT NULL AND outcome IS NULL;
CREATE UNIQUE INDEX procedure_source ON identification.procedure (county_code, source_kind, source_id) WHERE source_id IS NOT NULL;

CREATE TABLE identification.step (
  county_code platform.region_code NOT NULL,
  id uuid NOT NULL,
  procedure_id uuid NOT NULL,
  region_code platform.region_code NOT NULL,
  action text COLLATE "C" NOT NULL,
  from_state text COLLATE "C" NOT NULL,
  to_state text COLLATE "C" NOT NULL,
  form_enc bytea,
  notice_id uuid,
  reason text NOT NULL DEFAULT '',
  by_id uuid NOT NULL,
  by_name text NOT NULL,
  at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (county_code, id)
);
CREATE INDEX step_procedure ON identification.step (procedure_id, at);

CREATE TABLE identification.attachment (
  county_code platform.region_code NOT NULL,
  id uuid NOT NULL,
  procedure_id uuid NOT NULL,
  region_code platform.region_code NOT NULL,
  file_id uuid NOT NULL,
  file_name text NOT NULL,
  added_by uuid NOT NULL,
  added_by_name text NOT NULL,
  added_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (county_code, id)
);
CREATE INDEX attachment_procedure ON identification.attachment (procedure_id);

CREATE TABLE identification.measure (
  county_code platform.region_code NOT NULL,
  id uuid NOT NULL,
  procedure_id uuid NOT NULL,
  household_id uuid NOT NULL,
  about_household_id uuid,
  region_code platform.region_code NOT NULL,
  kind text COLLATE "C" NOT NULL,
  risk_enc bytea,
  what text NOT NULL,
  responsible text NOT NULL,
  promised_on date NOT NULL,
  due_on date NOT NULL,
  state text COLLATE "C" NOT NULL DEFAULT 'promised' CHECK (state IN ('promised', 'delivered', 'confirmed', 'dropped')),
  delivered_on date,
  delivered text,
  delivered_by uuid,
  confirmed_on date,
  confirmed text,
  helped boolean,
  confirmed_by uuid,
  dropped_reason text,
  made_by uuid NOT NULL,
  made_by_name text NOT NULL,
  PRIMARY KEY (county_code, id),
  CONSTRAINT measure_in_order CHECK (
    (state NOT IN ('delivered', 'confirmed') OR delivered_on IS NOT NULL) AND (state <> 'confirmed' OR (confirmed_on >= delivered_on AND helped IS NOT NULL)) AND (state <> 'dropped' OR length(btrim(dropped_reason)) >= 2))
);
COMMENT ON TABLE identification.measure IS 'What was promised against a risk, by whom, until when; whether it came, and what the household says about it.';
CREATE INDEX measure_procedure ON identification.measure (procedure_id);
CREATE INDEX measure_household ON identification.measure (household_id);
CREATE INDEX measure_open ON identification.measure (region_code, due_on) WHERE state = 'promised';

CREATE TABLE identification.appeal (
  county_code platform.region_code NOT NULL,
  id uuid NOT NULL,
  number text NOT NULL,
  procedure_id uuid NOT NULL,
  step_id uuid NOT NULL,
  step_by uuid NOT NULL,
  region_code platform.region_code NOT NULL,
  text_enc bytea NOT NULL,
  suspends boolean NOT NULL,
  recorded_by uuid NOT NULL,
  recorded_by_name text NOT NULL,
  recorded_at timestamptz NOT NULL DEFAULT now(),
  outcome text COLLATE "C" CHECK (outcome IN ('upheld', 'rejected')),
  answer text,
  answered_by uuid,
  answered_by_name text,
  answered_at timestamptz,
  PRIMARY KEY (county_code, id),
  CONSTRAINT appeal_number_once UNIQUE (county_code, number),
  -- decided by somebody who did not take the step it is against
  CONSTRAINT appeal_other_person CHECK (answered_by IS DISTINCT FROM step_by AND (outcome IS NULL) = (answered_by IS NULL))
);
CREATE INDEX appeal_procedure ON identification.appeal (procedure_id);
CREATE UNIQUE INDEX appeal_once ON identification.appeal (county_code, step_id);

CREATE TABLE identification.follow_up (
  county_code platform.region_code NOT NULL,
  id uuid NOT NULL,
  procedure_id uuid NOT NULL,
  household_id uuid NOT NULL,
  about_household_id uuid,
  region_code platform.region_code NOT NULL,
  due_on date NOT NULL,
  done_on date,
  result text COLLATE "C" CHECK (result IN ('stable', 'new-risk')),
  note_enc bytea,
  by_id uuid,
  by_name text,
  PRIMARY KEY (county_code, id)
);
CREATE INDEX follow_up_procedure ON identification.follow_up (procedure_id);

DO $$
DECLARE t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['procedure', 'step', 'attachment', 'measure', 'appeal', 'follow_up'] LOOP
    EXECUTE format('ALTER TABLE identification.%I ENABLE ROW LEVEL SECURITY', t);
    EXECUTE format('CREATE POLICY %I ON identification.%I TO app_role USING (region_code >= (SELECT platform.region_from()) AND region_code < (SELECT platform.region_to()))', t || '_region', t);
    EXECUTE format('GRANT SELECT, INSERT, UPDATE (region_code) ON identification.%I TO app_role', t);
  END LOOP;
END $$;
GRANT UPDATE (household_id, about_household_id, class_code, risks_enc, state, due_on, suspended, outcome, comparison_enc, reviewed_by, decided_by, visited_on, decided_on, helped_on, closed_at, version) ON identification.procedure TO app_role;
GRANT UPDATE (state, delivered_on, delivered, delivered_by, confirmed_on, confirmed, helped, confirmed_by, dropped_reason, household_id, about_household_id) ON identification.measure TO app_role;
GRANT UPDATE (outcome, answer, answered_by, answered_by_name, answered_at) ON identification.appeal TO app_role;
GRANT UPDATE (done_on, result, note_enc, by_id, by_name, household_id, about_household_id) ON identification.follow_up TO app_role;
