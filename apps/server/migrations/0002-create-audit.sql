-- Owner: platform/audit. Records are written in the command's own transaction and sealed into a hash chain afterwards.
CREATE SCHEMA audit;
GRANT USAGE ON SCHEMA audit TO app_role;

CREATE TABLE audit.record (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  transaction_id bigint NOT NULL DEFAULT (pg_current_xact_id()::text::bigint),
  at timestamptz NOT NULL DEFAULT clock_timestamp(),
  actor_id uuid NOT NULL,
  actor_name text NOT NULL,
  action text NOT NULL,
  object_kind text NOT NULL,
  object_id text NOT NULL,
  region_code text COLLATE "C" NOT NULL DEFAULT '',
  household_id uuid,
  reason text,
  details jsonb NOT NULL DEFAULT '{}'
);
COMMENT ON TABLE audit.record IS 'Who did what when. Ids and codes only, never a personal value.';
COMMENT ON COLUMN audit.record.household_id IS 'The household looked at or changed, so that it can be shown who looked.';
CREATE INDEX record_household ON audit.record (household_id, id DESC) WHERE household_id IS NOT NULL;
CREATE INDEX record_at ON audit.record (at DESC, id DESC);
CREATE INDEX record_transaction ON audit.record (transaction_id);
CREATE INDEX record_object ON audit.record (object_id);

CREATE TABLE audit.seal (
  number bigint PRIMARY KEY,
  first_sequence bigint NOT NULL,
  last_sequence bigint NOT NULL,
  merkle_root bytea NOT NULL,
  previous_hash bytea NOT NULL,
  hash bytea NOT NULL,
  frontier bigint NOT NULL,
  sealed_at timestamptz NOT NULL
);
COMMENT ON TABLE audit.seal IS 'hash = sha256(previous_hash, number, first, last, merkle_root, sealed_at): a chain of Merkle batches.';

COMMENT ON COLUMN audit.seal.frontier IS 'Every record of an older transaction is sealed: where the next search begins.';

CREATE TABLE audit.leaf (
  sequence bigint PRIMARY KEY,
  record_id bigint NOT NULL UNIQUE,
  seal_number bigint NOT NULL,
  hash bytea NOT NULL
);

ALTER TABLE audit.record ENABLE ROW LEVEL SECURITY;
CREATE POLICY record_insert ON audit.record FOR INSERT TO app_role WITH CHECK (actor_id = platform.actor_id());
CREATE POLICY record_select ON audit.record FOR SELECT TO app_role
  USING (platform.has('audit_reader') OR (household_id IS NOT NULL AND region_code >= (SELECT platform.region_from()) AND region_code < (SELECT platform.region_to())));
-- The application can add and read; nothing grants it UPDATE, DELETE or TRUNCATE.
GRANT SELECT, INSERT ON audit.record, audit.seal, audit.leaf TO app_role;
