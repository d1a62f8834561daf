-- Owner: platform. Settings read by every row-level policy, the command ledger, long-running tasks, stored
-- files, working days and dated regional policy.
CREATE SCHEMA platform;
GRANT USAGE ON SCHEMA platform TO app_role;

-- The scope of a transaction is a half-open range of division codes. Unset means nothing is visible.
CREATE FUNCTION platform.region_from() RETURNS text LANGUAGE sql STABLE PARALLEL SAFE
  AS $$ SELECT current_setting('sunlit.region_from', true) $$;
CREATE FUNCTION platform.region_to() RETURNS text LANGUAGE sql STABLE PARALLEL SAFE
  AS $$ SELECT current_setting('sunlit.region_to', true) $$;
CREATE FUNCTION platform.actor_id() RETURNS uuid LANGUAGE sql STABLE PARALLEL SAFE
  AS $$ SELECT nullif(current_setting('sunlit.actor_id', true), '')::uuid $$;
CREATE FUNCTION platform.has(setting text) RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE
  AS $$ SELECT coalesce(current_setting('sunlit.' || setting, true), '') = 'on' $$;

CREATE FUNCTION platform.own_households() RETURNS uuid[] LANGUAGE sql STABLE PARALLEL SAFE
  AS $$ SELECT string_to_array(coalesce(current_setting('sunlit.own_households', true), ''), ',')::uuid[] $$;

CREATE DOMAIN platform.region_code AS text COLLATE "C" CHECK (length(VALUE) = 12 AND VALUE !~ '[^0-9]');

CREATE TABLE platform.command (
  command_id uuid PRIMARY KEY,
  actor_id uuid NOT NULL,
  action text NOT NULL,
  request_hash bytea NOT NULL,
  response jsonb,
  executed_at timestamptz NOT NULL DEFAULT now()
);
COMMENT ON TABLE platform.command IS 'Idempotency ledger: a command id acts once and answers its replays.';
ALTER TABLE platform.command ENABLE ROW LEVEL SECURITY;
-- Everyone may see that an id is taken (else a stolen id would act twice); the code compares the actor.
CREATE POLICY command_all ON platform.command TO app_role USING (true) WITH CHECK (actor_id = platform.actor_id());
GRANT SELECT, INSERT ON platform.command TO app_role;
GRANT UPDATE (response) ON platform.command TO app_role;

CREATE TABLE platform.task (
  id uuid PRIMARY KEY,
  kind text NOT NULL,
  title_key text NOT NULL,
  subject_id uuid,
  owner_id uuid NOT NULL,
  state text NOT NULL DEFAULT 'queued' CHECK (state IN ('queued', 'running', 'done', 'failed', 'cancelled')),
  progress real,
  message text,
  link text,
  cancel_requested boolean NOT NULL DEFAULT false,
  created_at timestamptz NOT NULL DEFAULT now(),
  finished_at timestamptz
);
COMMENT ON TABLE platform.task IS 'Progress of long work, seen by whoever started it.';
CREATE INDEX task_owner ON platform.task (owner_id, created_at DESC);
ALTER TABLE platform.task ENABLE ROW LEVEL SECURITY;
CREATE POLICY task_own ON platform.task TO app_role USING (owner_id = platform.actor_id() OR platform.has('worker'));
GRANT SELECT, INSERT, UPDATE ON platform.task TO app_role;

CREATE TABLE platform.stored_file (
  id uuid PRIMARY KEY,
  file_name text NOT NULL,
  media_type text NOT NULL,
  size_bytes bigint NOT NULL,
  sha256 text NOT NULL,
  purpose text NOT NULL,
  created_by uuid NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now()
);
COMMENT ON TABLE platform.stored_file IS 'Encrypted files; the owning module decides who may open one.';
GRANT SELECT, INSERT ON platform.stored_file TO app_role;

CREATE TABLE platform.installation (
  key text PRIMARY KEY,
  value text NOT NULL,
  set_at timestamptz NOT NULL DEFAULT now()
);
COMMENT ON TABLE platform.installation IS 'Facts about this installation, e.g. whether its data are synthetic.';
GRANT SELECT ON platform.installation TO app_role;

CREATE TABLE platform.saved_view (
  id uuid PRIMARY KEY,
  owner_id uuid NOT NULL,
  list text NOT NULL,
  name text NOT NULL,
  query text NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now()
);
ALTER TABLE platform.saved_view ENABLE ROW LEVEL SECURITY;
CREATE POLICY saved_view_own ON platform.saved_view TO app_role USING (owner_id = platform.actor_id());
GRANT SELECT, INSERT, DELETE ON platform.saved_view TO app_role;

CREATE TABLE platform.sign_in_lock (
  user_name text PRIMARY KEY,
  failures integer NOT NULL,
  window_started_at timestamptz NOT NULL,
  locked_until timestamptz
);
COMMENT ON TABLE platform.sign_in_lock IS 'Failed sign-ins per account (not per address: a whole office shares one).';
GRANT SELECT, INSERT, UPDATE, DELETE ON platform.sign_in_lock TO app_role;

CREATE TABLE platform.non_working_day (
  day date PRIMARY KEY,
  working boolean NOT NULL,
  name text NOT NULL,
  basis text NOT NULL
);
COMMENT ON TABLE platform.non_working_day IS 'Deviations from Monday to Friday: holidays, and weekends worked in exchange.';
GRANT SELECT ON platform.non_working_day TO app_role;

CREATE TABLE platform.policy_value (
  region_code platform.region_code NOT NULL,
  code text NOT NULL,
  value jsonb NOT NULL,
  valid_from date NOT NULL,
  valid_to date,
  basis text NOT NULL,
  PRIMARY KEY (region_code, code, valid_from)
);
COMMENT ON TABLE platform.policy_value IS 'Dated regional policy: lines, thresholds, deadlines, rule parameters. The nearest ancestor wins.';
GRANT SELECT ON platform.policy_value TO app_role;

CREATE TABLE platform.policy_proposal (
  id uuid PRIMARY KEY,
  region_code platform.region_code NOT NULL,
  code text NOT NULL,
  value jsonb NOT NULL,
  valid_from date NOT NULL,
  basis text NOT NULL,
  state text NOT NULL DEFAULT 'proposed' CHECK (state IN ('proposed', 'approved', 'refused')),
  proposed_by uuid NOT NULL,
  proposed_by_name text NOT NULL,
  proposed_at timestamptz NOT NULL DEFAULT now(),
  decided_by uuid,
  decided_by_name text,
  decided_at timestamptz,
  decision_reason text,
  CHECK (decided_by IS NULL OR decided_by <> proposed_by)
);
COMMENT ON TABLE platform.policy_proposal IS 'A policy value changes only when a second person approves it.';
ALTER TABLE platform.policy_proposal ENABLE ROW LEVEL SECURITY;
CREATE POLICY policy_proposal_region ON platform.policy_proposal TO app_role
  USING (region_code >= (SELECT platform.region_from()) AND region_code < (SELECT platform.region_to()));
GRANT SELECT, INSERT, UPDATE ON platform.policy_proposal TO app_role;

ALTER TABLE platform.policy_value ENABLE ROW LEVEL SECURITY;
CREATE POLICY policy_value_read ON platform.policy_value FOR SELECT TO app_role USING (true);
-- The database itself asks for a second person: a value enters only from an approved proposal.
CREATE POLICY policy_value_insert ON platform.policy_value FOR INSERT TO app_role
  WITH CHECK (region_code >= (SELECT platform.region_from()) AND region_code < (SELECT platform.region_to())
    AND EXISTS (SELECT 1 FROM platform.policy_proposal p WHERE p.region_code = policy_value.region_code AND p.code = policy_value.code
      AND p.valid_from = policy_value.valid_from AND p.value = policy_value.value AND p.state = 'approved'));
CREATE POLICY policy_value_close ON platform.policy_value FOR UPDATE TO app_role
  USING (region_code >= (SELECT platform.region_from()) AND region_code < (SELECT platform.region_to()));
GRANT INSERT ON platform.policy_value TO app_role;
GRANT UPDATE (valid_to) ON platform.policy_value TO app_role;

CREATE TABLE platform.event (
  id uuid PRIMARY KEY,
  name text NOT NULL,
  subject text NOT NULL,
  payload jsonb NOT NULL,
  actor_id uuid NOT NULL,
  at timestamptz NOT NULL DEFAULT now()
);
COMMENT ON TABLE platform.event IS 'Outbox: what happened, written in the transaction of the command. Ids and codes only.';
CREATE TABLE platform.event_delivery (
  position bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  event_id uuid NOT NULL REFERENCES platform.event (id) ON DELETE CASCADE,
  subscriber text NOT NULL,
  subject text NOT NULL,
  state text NOT NULL DEFAULT 'pending' CHECK (state IN ('pending', 'done', 'dead')),
  attempts integer NOT NULL DEFAULT 0,
  due_at timestamptz NOT NULL DEFAULT now(),
  done_at timestamptz,
  failure text,
  UNIQUE (event_id, subscriber)
);
COMMENT ON TABLE platform.event_delivery IS 'One row per event and subscriber; ticked off in the transaction of the subscriber.';
CREATE INDEX event_delivery_open ON platform.event_delivery (subscriber, subject, position) WHERE state IN ('pending', 'dead');
CREATE INDEX event_delivery_due ON platform.event_delivery (position) WHERE state = 'pending';
CREATE INDEX event_at ON platform.event (at);
ALTER TABLE platform.event ENABLE ROW LEVEL SECURITY;
ALTER TABLE platform.event_delivery ENABLE ROW LEVEL SECURITY;
-- Whoever acts may publish in their own name; only the worker reads.
CREATE POLICY event_publish ON platform.event FOR INSERT TO app_role WITH CHECK (actor_id = platform.actor_id());
CREATE POLICY event_work ON platform.event TO app_role USING (platform.has('worker')) WITH CHECK (platform.has('worker'));
CREATE POLICY event_delivery_publish ON platform.event_delivery FOR INSERT TO app_role WITH CHECK (state = 'pending');
CREATE POLICY event_delivery_work ON platform.event_delivery TO app_role USING (platform.has('worker')) WITH CHECK (platform.has('worker'));
GRANT SELECT, INSERT, DELETE ON platform.event TO app_role;
-- locked with SELECT … FOR UPDATE OF its delivery only
GRANT SELECT, INSERT ON platform.event_delivery TO app_role;
GRANT UPDATE (state, attempts, due_at, done_at, failure) ON platform.event_delivery TO app_role;
