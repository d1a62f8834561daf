-- Owner: modules/publication. Notices on the board of a village: only white-listed fields, masked before they are kept,
-- approved by a second person, gone from the public site after their last day.
CREATE SCHEMA publication;
GRANT USAGE ON SCHEMA publication TO app_role;
CREATE SEQUENCE publication.notice_number;
CREATE SEQUENCE publication.objection_number;
GRANT USAGE ON SEQUENCE publication.notice_number, publication.objection_number TO app_role;

CREATE TABLE publication.notice (
  county_code platform.region_code NOT NULL,
  id uuid NOT NULL,
  number text NOT NULL,
  kind text COLLATE "C" NOT NULL,
  region_code platform.region_code NOT NULL,
  subject_kind text COLLATE "C",
  subject_id uuid,
  state text COLLATE "C" NOT NULL DEFAULT 'draft' CHECK (state IN ('draft', 'published', 'ended', 'withdrawn', 'taken-down')),
  entry_count integer NOT NULL CHECK (entry_count > 0),
  note text NOT NULL DEFAULT '',
  contact text NOT NULL,
  minimum_days integer NOT NULL CHECK (minimum_days > 0),
  retention_days integer NOT NULL CHECK (retention_days > 0),
  starts_on date,
  ends_on date,
  taken_down_for_leak boolean NOT NULL DEFAULT false,
  closed_on date,
  forgotten_at timestamptz,
  made_by uuid NOT NULL,
  made_by_name text NOT NULL,
  made_at timestamptz NOT NULL DEFAULT now(),
  approved_by uuid,
  approved_by_name text,
  approved_at timestamptz,
  version integer NOT NULL DEFAULT 1,
  PRIMARY KEY (county_code, id),
  CONSTRAINT notice_number_once UNIQUE (county_code, number),
  CONSTRAINT notice_second_person CHECK (approved_by IS DISTINCT FROM made_by),
  CONSTRAINT notice_has_period CHECK (state NOT IN ('published', 'ended') OR (approved_by IS NOT NULL AND starts_on IS NOT NULL AND ends_on - starts_on >= minimum_days))
);
COMMENT ON TABLE publication.notice IS 'A notice: draft → published → ended; withdrawn before, or taken down meanwhile.';
COMMENT ON COLUMN publication.notice.subject_kind IS 'What the module above published it for; opaque here.';
COMMENT ON COLUMN publication.notice.minimum_days IS 'As it was in force when drafted; the day of publishing does not count.';
COMMENT ON COLUMN publication.notice.forgotten_at IS 'When its rows and files were deleted, the time of keeping being over; the trail stays.';
CREATE INDEX notice_id ON publication.notice (id);
CREATE INDEX notice_region ON publication.notice (region_code, made_at DESC, id DESC);
CREATE INDEX notice_standing ON publication.notice (region_code, ends_on) WHERE state = 'published';
CREATE INDEX notice_subject ON publication.notice (subject_id) WHERE subject_id IS NOT NULL;

CREATE TABLE publication.entry (
  county_code platform.region_code NOT NULL,
  notice_id uuid NOT NULL,
  ordinal integer NOT NULL,
  region_code platform.region_code NOT NULL,
  subject_id uuid,
  field_values jsonb NOT NULL,
  PRIMARY KEY (county_code, notice_id, ordinal)
);
COMMENT ON COLUMN publication.entry.field_values IS 'White-listed fields as they stand on the board: names already masked.';
CREATE INDEX entry_notice ON publication.entry (notice_id, ordinal);

CREATE TABLE publication.attachment (
  county_code platform.region_code NOT NULL,
  id uuid NOT NULL,
  notice_id uuid NOT NULL,
  region_code platform.region_code NOT NULL,
  file_id uuid NOT NULL,
  file_name text NOT NULL,
  size_bytes bigint NOT NULL,
  state text COLLATE "C" NOT NULL CHECK (state IN ('clean', 'look', 'leak', 'removed')),
  leaks jsonb NOT NULL DEFAULT '[]',
  added_by uuid NOT NULL,
  added_by_name text NOT NULL,
  added_at timestamptz NOT NULL DEFAULT now(),
  seen_by uuid,
  seen_by_name text,
  seen_at timestamptz,
  removed_at timestamptz,
  PRIMARY KEY (county_code, id),
  -- a picture is looked at by somebody else than who added it
  CONSTRAINT attachment_second_person CHECK (seen_by IS DISTINCT FROM added_by)
);
COMMENT ON COLUMN publication.attachment.leaks IS 'Kinds and counts of what was found; never the value itself.';
CREATE INDEX attachment_notice ON publication.attachment (notice_id);

CREATE TABLE publication.step (
  county_code platform.region_code NOT NULL,
  id uuid NOT NULL,
  notice_id uuid NOT NULL,
  region_code platform.region_code NOT NULL,
  action text NOT NULL,
  reason text NOT NULL DEFAULT '',
  by_id uuid NOT NULL,
  by_name text NOT NULL,
  at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (county_code, id)
);
COMMENT ON TABLE publication.step IS 'The trail of a notice: it stays when the notice is taken down or forgotten.';
CREATE INDEX step_notice ON publication.step (notice_id, at);

CREATE TABLE publication.objection (
  county_code platform.region_code NOT NULL,
  id uuid NOT NULL,
  number text NOT NULL,
  notice_id uuid NOT NULL,
  region_code platform.region_code NOT NULL,
  channel text COLLATE "C" NOT NULL,
  text_enc bytea NOT NULL,
  speaker_enc bytea,
  recorded_by uuid NOT NULL,
  recorded_by_name text NOT NULL,
  recorded_at timestamptz NOT NULL DEFAULT now(),
  answer text,
  answered_by uuid,
  answered_by_name text,
  answered_at timestamptz,
  PRIMARY KEY (county_code, id),
  CONSTRAINT objection_number_once UNIQUE (county_code, number),
  CONSTRAINT objection_answered_by_person CHECK ((answer IS NULL) = (answered_by IS NULL))
);
COMMENT ON COLUMN publication.objection.speaker_enc IS 'Name and phone, if left; never shown to whom the notice is about.';
CREATE INDEX objection_notice ON publication.objection (notice_id);
CREATE INDEX objection_open ON publication.objection (notice_id) WHERE answer IS NULL;

DO $$
DECLARE t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['notice', 'entry', 'attachment', 'step', 'objection'] LOOP
    EXECUTE format('ALTER TABLE publication.%I ENABLE ROW LEVEL SECURITY', t);
    EXECUTE format('CREATE POLICY %I ON publication.%I TO app_role USING (region_code >= (SELECT platform.region_from()) AND region_code < (SELECT platform.region_to()))', t || '_region', t);
    EXECUTE format('GRANT SELECT, INSERT ON publication.%I TO app_role', t);
  END LOOP;
END $$;
GRANT UPDATE (state, starts_on, ends_on, taken_down_for_leak, closed_on, forgotten_at, approved_by, approved_by_name, approved_at, version) ON publication.notice TO app_role;
GRANT DELETE ON publication.entry TO app_role;
GRANT UPDATE (state, seen_by, seen_by_name, seen_at, removed_at) ON publication.attachment TO app_role;
GRANT UPDATE (answer, answered_by, answered_by_name, answered_at) ON publication.objection TO app_role;
