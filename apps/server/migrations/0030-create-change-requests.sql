-- Owner: modules/registries/households/change-requests. Every change of a household or person is proposed, decided by somebody
-- else, and only then written. What is proposed is personal data and kept encrypted.
CREATE TABLE households.change_request (
  county_code platform.region_code NOT NULL,
  id uuid NOT NULL,
  responsible_region_code platform.region_code NOT NULL,
  household_id uuid NOT NULL,
  person_id uuid,
  kind text NOT NULL,
  state text NOT NULL,
  effective_on date NOT NULL,
  reason text NOT NULL,
  change_enc bytea NOT NULL,
  base_enc bytea NOT NULL,
  field_keys text[] NOT NULL,
  conflict_enc bytea,
  workflow_code text NOT NULL,
  verifier_roles text[] NOT NULL,
  approver_roles text[] NOT NULL,
  household_version integer NOT NULL,
  proposed_by uuid NOT NULL,
  proposed_by_name text NOT NULL,
  proposed_at timestamptz NOT NULL DEFAULT now(),
  rebased_by uuid,
  verified_by uuid,
  due_on date,
  closed_at timestamptz,
  version integer NOT NULL DEFAULT 1,
  PRIMARY KEY (county_code, id),
  -- Nobody decides what they proposed or re-based, and who verified does not approve.
  CHECK (verified_by IS DISTINCT FROM proposed_by OR verified_by IS NULL)
);
COMMENT ON COLUMN households.change_request.change_enc IS 'What is proposed, as sent.';
COMMENT ON COLUMN households.change_request.base_enc IS 'Old value of every field when it was proposed (or re-based): compared again when it is approved.';
COMMENT ON COLUMN households.change_request.field_keys IS 'person/field that would change: two open requests about one field meet here.';
COMMENT ON COLUMN households.change_request.conflict_enc IS 'What stood in the way when somebody approved it: values that changed meanwhile, or what the registry said.';
COMMENT ON COLUMN households.change_request.verifier_roles IS 'The procedure in force when it was proposed: a later procedure changes nothing about a running request.';
CREATE INDEX change_request_household ON households.change_request (household_id);
CREATE INDEX change_request_id ON households.change_request (id);
CREATE INDEX change_request_list ON households.change_request (responsible_region_code, proposed_at DESC, id);
CREATE INDEX change_request_due ON households.change_request (due_on, id) WHERE closed_at IS NULL;

CREATE TABLE households.change_request_step (
  county_code platform.region_code NOT NULL,
  id uuid NOT NULL,
  request_id uuid NOT NULL,
  responsible_region_code platform.region_code NOT NULL,
  action text NOT NULL,
  from_state text,
  to_state text NOT NULL,
  reason text NOT NULL,
  by_id uuid NOT NULL,
  by_name text NOT NULL,
  at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (county_code, id)
);
CREATE INDEX change_request_step_request ON households.change_request_step (request_id, at);

CREATE TABLE households.change_request_attachment (
  county_code platform.region_code NOT NULL,
  id uuid NOT NULL,
  request_id uuid NOT NULL,
  responsible_region_code platform.region_code NOT NULL,
  file_id uuid NOT NULL,
  file_name text NOT NULL,
  size_bytes bigint NOT NULL,
  added_by uuid NOT NULL,
  added_by_name text NOT NULL,
  added_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (county_code, id)
);
CREATE INDEX change_request_attachment_request ON households.change_request_attachment (request_id);

-- Which approved request wrote a row and which one ended it: a reversing request gives back exactly those.
ALTER TABLE households.membership ADD COLUMN change_id uuid, ADD COLUMN superseded_by_change uuid;
ALTER TABLE households.person_fact ADD COLUMN change_id uuid, ADD COLUMN superseded_by_change uuid;
ALTER TABLE households.household_status ADD COLUMN change_id uuid, ADD COLUMN superseded_by_change uuid;
ALTER TABLE households.enrolment ADD COLUMN change_id uuid, ADD COLUMN superseded_by_change uuid;
ALTER TABLE households.enrolment ADD COLUMN continues_id uuid;
COMMENT ON COLUMN households.enrolment.continues_id IS 'The enrolment that this row goes on with in another household: payments claim that id, so that no month is paid twice.';
ALTER TABLE households.household ADD COLUMN change_id uuid;
COMMENT ON COLUMN households.household.change_id IS 'The split that made this household.';

CREATE TABLE households.household_alias (
  county_code platform.region_code NOT NULL,
  household_id uuid NOT NULL,
  kept_household_id uuid NOT NULL,
  responsible_region_code platform.region_code NOT NULL,
  since date NOT NULL,
  change_id uuid NOT NULL,
  recorded_at timestamptz NOT NULL DEFAULT now(),
  ended_at timestamptz,
  PRIMARY KEY (county_code, change_id),
  CHECK (household_id <> kept_household_id)
);
COMMENT ON TABLE households.household_alias IS 'A household merged into another keeps its id for ever: reads of today follow it, reads of days before find it as it was. ended_at: the merge was taken back.';
CREATE UNIQUE INDEX household_alias_household ON households.household_alias (household_id) WHERE ended_at IS NULL;
CREATE INDEX household_alias_kept ON households.household_alias (kept_household_id);

-- The household that stands for this one today, however many merges lie between.
CREATE FUNCTION households.kept_household(of_household uuid) RETURNS uuid LANGUAGE sql STABLE AS $$
  WITH RECURSIVE way (kept, steps) AS (
    SELECT of_household, 0
    UNION ALL SELECT a.kept_household_id, w.steps + 1 FROM way w JOIN households.household_alias a ON a.household_id = w.kept AND a.ended_at IS NULL WHERE w.steps < 50)
  SELECT kept FROM way ORDER BY steps DESC LIMIT 1
$$;
GRANT EXECUTE ON FUNCTION households.kept_household(uuid) TO app_role;

-- That household and every one merged into it: what others keep stands under any of these ids.
CREATE FUNCTION households.household_ids(of_household uuid) RETURNS uuid[] LANGUAGE sql STABLE AS $$
  WITH RECURSIVE way (id) AS (
    SELECT households.kept_household(of_household)
    UNION SELECT a.household_id FROM way w JOIN households.household_alias a ON a.kept_household_id = w.id AND a.ended_at IS NULL)
  SELECT array_agg(id) FROM way
$$;
GRANT EXECUTE ON FUNCTION households.household_ids(uuid) TO app_role;

CREATE INDEX membership_change ON households.membership (change_id) WHERE change_id IS NOT NULL;
CREATE INDEX enrolment_change ON households.enrolment (change_id) WHERE change_id IS NOT NULL;

DO $$
DECLARE t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['change_request', 'change_request_step', 'change_request_attachment', 'household_alias'] LOOP
    EXECUTE format('ALTER TABLE households.%I ENABLE ROW LEVEL SECURITY', t);
    EXECUTE format('CREATE POLICY %I ON households.%I TO app_role USING (responsible_region_code >= (SELECT platform.region_from()) AND responsible_region_code < (SELECT platform.region_to()))', t || '_region', t);
  END LOOP;
END $$;
GRANT SELECT, INSERT, UPDATE ON households.change_request TO app_role;
GRANT SELECT, INSERT, UPDATE ON households.household_alias TO app_role;
GRANT SELECT, INSERT ON households.change_request_step TO app_role;
GRANT SELECT, INSERT ON households.change_request_attachment TO app_role;
