-- Owner: modules/participation/my-file. A resident reads what is registered about their own household, and answers it.
CREATE SCHEMA my_file;
GRANT USAGE ON SCHEMA my_file TO app_role;

CREATE FUNCTION platform.only_household() RETURNS uuid[] LANGUAGE sql STABLE
  AS $$ SELECT string_to_array(nullif(current_setting('sunlit.only_household', true), ''), ',')::uuid[] $$;
COMMENT ON FUNCTION platform.only_household() IS 'Set while a resident reads, to their household and those merged into it: nothing of any other can be seen, whatever the code says.';

-- A letter with a code, handed over by a clerk who has seen the identity card; only the keyed hash of the code is kept.
CREATE TABLE my_file.code_letter (
  id uuid PRIMARY KEY,
  household_id uuid NOT NULL,
  person_id uuid NOT NULL,
  region_code platform.region_code NOT NULL,
  -- NULL: for the person; else who may read for them, as they said themselves
  helper_name_enc bytea,
  helper_relation text CHECK (helper_relation IN ('child', 'parent', 'spouse', 'neighbour', 'other')),
  code_key bytea NOT NULL UNIQUE,
  valid_until date NOT NULL,
  failed_attempts integer NOT NULL DEFAULT 0,
  made_by uuid NOT NULL,
  made_by_name text NOT NULL,
  made_at timestamptz NOT NULL DEFAULT now(),
  revoked_at timestamptz,
  revoked_by_name text,
  CHECK ((helper_name_enc IS NULL) = (helper_relation IS NULL))
);
CREATE INDEX code_letter_household ON my_file.code_letter (household_id, made_at DESC);
ALTER TABLE my_file.code_letter ENABLE ROW LEVEL SECURITY;
CREATE POLICY code_letter_region ON my_file.code_letter TO app_role
  USING (platform.has('identity') OR (region_code >= (SELECT platform.region_from()) AND region_code < (SELECT platform.region_to()) AND NOT (household_id = ANY ((SELECT platform.own_households())::uuid[]))));
GRANT SELECT, INSERT, UPDATE ON my_file.code_letter TO app_role;

-- Who reads just now. The cookie's token is not kept, only its hash.
CREATE TABLE my_file.visit (
  token_hash bytea PRIMARY KEY,
  -- NULL: signed in with the real name
  letter_id uuid,
  household_id uuid NOT NULL,
  person_id uuid NOT NULL,
  region_code platform.region_code NOT NULL,
  reader text NOT NULL,
  opened_at timestamptz NOT NULL DEFAULT now(),
  ends_at timestamptz NOT NULL,
  ended_at timestamptz
);
COMMENT ON COLUMN my_file.visit.reader IS 'The word shown in the trail: the person, or who reads for them by relation; no name.';
ALTER TABLE my_file.visit ENABLE ROW LEVEL SECURITY;
CREATE POLICY visit_identity ON my_file.visit TO app_role USING (platform.has('identity'));
GRANT SELECT, INSERT, UPDATE, DELETE ON my_file.visit TO app_role;

-- Each sign-in with the real name is good once: what came back from the provider cannot be sent again.
CREATE TABLE my_file.used_sign_in (
  state_hash bytea PRIMARY KEY,
  used_at timestamptz NOT NULL DEFAULT now()
);
ALTER TABLE my_file.used_sign_in ENABLE ROW LEVEL SECURITY;
CREATE POLICY used_sign_in_identity ON my_file.used_sign_in TO app_role USING (platform.has('identity'));
GRANT SELECT, INSERT, DELETE ON my_file.used_sign_in TO app_role;

-- What a resident asks to be corrected or contests; it ends with an answer. A payment not received is a finding.
CREATE SEQUENCE my_file.request_number;
GRANT USAGE ON SEQUENCE my_file.request_number TO app_role;
CREATE TABLE my_file.request (
  id uuid PRIMARY KEY,
  number text NOT NULL UNIQUE,
  household_id uuid NOT NULL,
  person_id uuid NOT NULL,
  region_code platform.region_code NOT NULL,
  kind text NOT NULL CHECK (kind IN ('correction', 'contest')),
  -- the decision contested: of a finding, or to hold a payment
  subject_id uuid,
  subject_kind text CHECK (subject_kind IN ('finding', 'hold')),
  -- who decided what is contested: never who answers
  decided_by uuid,
  text_enc bytea NOT NULL,
  due_on date NOT NULL,
  state text NOT NULL DEFAULT 'received' CHECK (state IN ('received', 'answered')),
  answer_enc bytea,
  -- whether an objection was right; only of decisions that end with it
  outcome text CHECK (outcome IN ('upheld', 'rejected')),
  answered_by uuid,
  answered_by_name text,
  answered_at timestamptz,
  made_at timestamptz NOT NULL DEFAULT now(),
  CHECK (kind = 'correction' OR (subject_id IS NOT NULL AND subject_kind IS NOT NULL)),
  CHECK (outcome IS NULL OR state = 'answered'),
  CHECK (answered_by IS NULL OR answered_by IS DISTINCT FROM decided_by),
  CHECK ((state = 'answered') = (answered_at IS NOT NULL))
);
CREATE INDEX request_list ON my_file.request (region_code, made_at DESC, id);
CREATE INDEX request_household ON my_file.request (household_id);
ALTER TABLE my_file.request ENABLE ROW LEVEL SECURITY;
CREATE POLICY request_region ON my_file.request TO app_role
  USING (region_code >= (SELECT platform.region_from()) AND region_code < (SELECT platform.region_to()) AND NOT (household_id = ANY ((SELECT platform.own_households())::uuid[])));
GRANT SELECT, INSERT, UPDATE ON my_file.request TO app_role;

-- While a resident reads, every table that knows a household shows theirs alone.
DO $$
DECLARE t regclass;
BEGIN
  FOR t IN SELECT c.oid FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'household_id' AND NOT a.attisdropped WHERE c.relkind IN ('r', 'p') AND c.relrowsecurity AND c.oid NOT IN ('my_file.visit'::regclass, 'households.household_alias'::regclass) LOOP
    EXECUTE format('CREATE POLICY only_household ON %s AS RESTRICTIVE TO app_role USING ((SELECT platform.only_household()) IS NULL OR household_id = ANY ((SELECT platform.only_household())::uuid[]))', t);
  END LOOP;
END $$;
CREATE POLICY only_household ON households.household AS RESTRICTIVE TO app_role USING ((SELECT platform.only_household()) IS NULL OR id = ANY ((SELECT platform.only_household())::uuid[]));
CREATE POLICY only_household ON households.household_alias AS RESTRICTIVE TO app_role
  USING ((SELECT platform.only_household()) IS NULL OR household_id = ANY ((SELECT platform.only_household())::uuid[]) OR kept_household_id = ANY ((SELECT platform.only_household())::uuid[]));
CREATE POLICY only_household ON households.income_item AS RESTRICTIVE TO app_role
  USING ((SELECT platform.only_household()) IS NULL OR EXISTS (SELECT 1 FROM households.income i WHERE i.id = income_id));
CREATE POLICY only_household ON households.change_request_step AS RESTRICTIVE TO app_role
  USING ((SELECT platform.only_household()) IS NULL OR EXISTS (SELECT 1 FROM households.change_request c WHERE c.id = request_id));
CREATE POLICY only_household ON households.change_request_attachment AS RESTRICTIVE TO app_role
  USING ((SELECT platform.only_household()) IS NULL OR EXISTS (SELECT 1 FROM households.change_request c WHERE c.id = request_id));
DO $$
DECLARE t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['step', 'attachment', 'appeal'] LOOP
    EXECUTE format('CREATE POLICY only_household ON identification.%I AS RESTRICTIVE TO app_role USING ((SELECT platform.only_household()) IS NULL OR EXISTS (SELECT 1 FROM identification.procedure p WHERE p.id = procedure_id))', t);
  END LOOP;
END $$;
CREATE POLICY only_household ON households.person_fact AS RESTRICTIVE TO app_role
  USING ((SELECT platform.only_household()) IS NULL OR EXISTS (SELECT 1 FROM households.person p WHERE p.id = person_id));
CREATE POLICY only_household ON households.dated_value AS RESTRICTIVE TO app_role
  USING ((SELECT platform.only_household()) IS NULL OR subject_id = ANY ((SELECT platform.only_household())::uuid[]) OR EXISTS (SELECT 1 FROM households.person p WHERE p.id = subject_id));
