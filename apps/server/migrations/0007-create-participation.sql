-- Owner: modules/participation. What residents say, recorded by a clerk or hotline officer.
CREATE SCHEMA participation;
GRANT USAGE ON SCHEMA participation TO app_role;
CREATE TABLE participation.voice (
  id uuid PRIMARY KEY,
  number text NOT NULL UNIQUE,
  region_code platform.region_code NOT NULL,
  channel text NOT NULL,
  subject text NOT NULL,
  text_enc bytea NOT NULL,
  speaker_enc bytea,
  state text NOT NULL DEFAULT 'received' CHECK (state IN ('received', 'in-progress', 'answered')),
  answer text,
  recorded_by uuid NOT NULL,
  recorded_by_name text NOT NULL,
  recorded_at timestamptz NOT NULL DEFAULT now(),
  answered_at timestamptz
);
COMMENT ON COLUMN participation.voice.speaker_enc IS 'Name and phone of the speaker, if given; never shown to anyone the matter is about.';
CREATE INDEX voice_region ON participation.voice (region_code, recorded_at DESC);
ALTER TABLE participation.voice ENABLE ROW LEVEL SECURITY;
CREATE POLICY voice_region ON participation.voice TO app_role
  USING (region_code >= (SELECT platform.region_from()) AND region_code < (SELECT platform.region_to()));
GRANT SELECT, INSERT, UPDATE ON participation.voice TO app_role;
