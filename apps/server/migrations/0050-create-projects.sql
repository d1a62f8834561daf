-- Owner: modules/registries/projects. The pool of projects and their execution: who asked for what, who reviewed it, what
-- was promised, how far the work is. Money lies in the ledger, which knows a project as an opaque id.
CREATE SCHEMA projects;
GRANT USAGE ON SCHEMA projects TO app_role;
CREATE SEQUENCE projects.project_number;
GRANT USAGE ON SEQUENCE projects.project_number TO app_role;

CREATE TABLE projects.project (
  county_code platform.region_code NOT NULL,
  id uuid NOT NULL,
  region_code platform.region_code NOT NULL,
  number text NOT NULL,
  title text NOT NULL,
  category_code text COLLATE "C" NOT NULL,
  fiscal_year smallint NOT NULL,
  responsible_unit text NOT NULL,
  works text NOT NULL,
  mechanism text NOT NULL,
  households integer NOT NULL DEFAULT 0 CHECK (households >= 0),
  budget_fen bigint NOT NULL CHECK (budget_fen > 0),
  start_on date NOT NULL,
  finish_by date NOT NULL,
  state text COLLATE "C" NOT NULL,
  version integer NOT NULL DEFAULT 1,
  rank smallint,
  rank_reason text,
  published_on date,
  published_until date,
  approval_number text,
  approved_on date,
  started_on date,
  physical_percent smallint NOT NULL DEFAULT 0 CHECK (physical_percent BETWEEN 0 AND 100),
  progress_on date,
  completed_on date,
  accepted_on date,
  audited_on date,
  settled_on date,
  settlement_fen bigint CHECK (settlement_fen >= 0),
  cancelled_on date,
  recover_fen bigint CHECK (recover_fen >= 0),
  declared_by uuid NOT NULL,
  declared_by_name text NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  changed_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (county_code, id),
  CHECK (finish_by >= start_on)
);
COMMENT ON TABLE projects.project IS 'A project (项目) from its declaration to its settlement; region_code is where the work is done.';
COMMENT ON COLUMN projects.project.mechanism IS 'How the households it is meant for take part and benefit (联农带农机制).';
COMMENT ON COLUMN projects.project.physical_percent IS 'How much of the work is done, by the weights of the stages; compared with how much is paid.';
COMMENT ON COLUMN projects.project.recover_fen IS 'When cancelled: paid and not covered by work done, to be recovered.';
CREATE UNIQUE INDEX project_id ON projects.project (id);
CREATE INDEX project_region ON projects.project (region_code, created_at DESC, id DESC);
-- the bulk file is read in this order, part by part
-- the public list, newest notice first
CREATE INDEX project_public ON projects.project (published_on DESC, id DESC) WHERE published_on IS NOT NULL;
CREATE INDEX project_bulk ON projects.project (region_code, number, id) WHERE published_on IS NOT NULL;

CREATE TABLE projects.target (
  county_code platform.region_code NOT NULL,
  project_id uuid NOT NULL,
  region_code platform.region_code NOT NULL,
  ordinal smallint NOT NULL,
  kind text COLLATE "C" NOT NULL,
  title text NOT NULL,
  unit text NOT NULL,
  target_thousandths bigint NOT NULL,
  actual_thousandths bigint,
  PRIMARY KEY (county_code, project_id, ordinal)
);
COMMENT ON TABLE projects.target IS 'Performance targets (绩效目标); without them no project enters the pool.';

CREATE TABLE projects.stage (
  county_code platform.region_code NOT NULL,
  project_id uuid NOT NULL,
  region_code platform.region_code NOT NULL,
  ordinal smallint NOT NULL,
  title text NOT NULL,
  share_percent smallint NOT NULL CHECK (share_percent BETWEEN 1 AND 100),
  start_on date NOT NULL,
  finish_by date NOT NULL,
  done_percent smallint NOT NULL DEFAULT 0 CHECK (done_percent BETWEEN 0 AND 100),
  done_on date,
  PRIMARY KEY (county_code, project_id, ordinal)
);
COMMENT ON TABLE projects.stage IS 'Parts of the work with their share of the whole: the plan that actual progress is compared with.';

CREATE TABLE projects.village_vote (
  county_code platform.region_code NOT NULL,
  id uuid NOT NULL,
  region_code platform.region_code NOT NULL,
  subject_kind text COLLATE "C" NOT NULL CHECK (subject_kind IN ('project', 'lease', 'distribution', 'disposal')),
  subject_id uuid NOT NULL,
  meeting text COLLATE "C" NOT NULL CHECK (meeting IN ('villagers', 'representatives')),
  held_on date NOT NULL,
  eligible integer NOT NULL CHECK (eligible > 0),
  present integer NOT NULL CHECK (present > 0),
  in_favour integer NOT NULL CHECK (in_favour >= 0),
  minutes_number text NOT NULL,
  carried boolean NOT NULL,
  recorded_by uuid NOT NULL,
  recorded_by_name text NOT NULL,
  recorded_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (county_code, id),
  CHECK (present <= eligible AND in_favour <= present)
);
COMMENT ON TABLE projects.village_vote IS 'A decision of the villagers (村民会议/村民代表会议): counts and minutes, never who voted how.';
CREATE INDEX village_vote_subject ON projects.village_vote (subject_id);

CREATE TABLE projects.opinion (
  county_code platform.region_code NOT NULL,
  id uuid NOT NULL,
  project_id uuid NOT NULL,
  region_code platform.region_code NOT NULL,
  kind text COLLATE "C" NOT NULL CHECK (kind IN ('expert', 'accounting-firm')),
  reviewer text NOT NULL,
  result text COLLATE "C" NOT NULL CHECK (result IN ('agree', 'agree-with-changes', 'disagree')),
  score smallint NOT NULL CHECK (score BETWEEN 0 AND 100),
  summary text NOT NULL,
  given_on date NOT NULL,
  recorded_by uuid NOT NULL,
  recorded_by_name text NOT NULL,
  recorded_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (county_code, id)
);
COMMENT ON COLUMN projects.opinion.reviewer IS 'The firm or the expert panel, not a person.';
CREATE INDEX opinion_project ON projects.opinion (project_id);

CREATE TABLE projects.step (
  county_code platform.region_code NOT NULL,
  id uuid NOT NULL,
  project_id uuid NOT NULL,
  region_code platform.region_code NOT NULL,
  action text COLLATE "C" NOT NULL,
  from_state text COLLATE "C" NOT NULL,
  to_state text COLLATE "C" NOT NULL,
  happened_on date NOT NULL,
  reason text,
  by_id uuid NOT NULL,
  by_name text NOT NULL,
  at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (county_code, id)
);
CREATE INDEX step_project ON projects.step (project_id, at);

CREATE TABLE projects.progress (
  county_code platform.region_code NOT NULL,
  id uuid NOT NULL,
  project_id uuid NOT NULL,
  region_code platform.region_code NOT NULL,
  stage_ordinal smallint NOT NULL,
  done_percent smallint NOT NULL CHECK (done_percent BETWEEN 0 AND 100),
  physical_percent smallint NOT NULL,
  reported_on date NOT NULL,
  note text NOT NULL,
  by_id uuid NOT NULL,
  by_name text NOT NULL,
  at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (county_code, id)
);
CREATE INDEX progress_project ON projects.progress (project_id, reported_on);

CREATE TABLE projects.document (
  county_code platform.region_code NOT NULL,
  id uuid NOT NULL,
  project_id uuid NOT NULL,
  region_code platform.region_code NOT NULL,
  kind_code text COLLATE "C" NOT NULL,
  file_id uuid NOT NULL,
  file_name text NOT NULL,
  sha256 text NOT NULL,
  picture_key bigint,
  size_bytes bigint NOT NULL,
  public_state text COLLATE "C" NOT NULL DEFAULT 'internal' CHECK (public_state IN ('internal', 'approved', 'withdrawn')),
  public_file_id uuid,
  caption text,
  consent_id uuid,
  approved_by uuid,
  added_by uuid NOT NULL,
  added_by_name text NOT NULL,
  added_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (county_code, id),
  -- whoever took the picture does not also release it
  CHECK (approved_by IS NULL OR approved_by <> added_by)
);
COMMENT ON COLUMN projects.document.picture_key IS 'Difference hash of what a picture shows: the same picture has the same key whatever its size or metadata.';
COMMENT ON COLUMN projects.document.consent_id IS 'The paper in which those whose faces a picture shows agree to that; NULL where it shows none.';
COMMENT ON COLUMN projects.document.public_file_id IS 'A copy without metadata; the only file the public ever gets.';
CREATE UNIQUE INDEX document_once ON projects.document (project_id, kind_code, sha256);
CREATE UNIQUE INDEX document_id ON projects.document (id);

CREATE TABLE projects.linked_household (
  county_code platform.region_code NOT NULL,
  project_id uuid NOT NULL,
  household_id uuid NOT NULL,
  region_code platform.region_code NOT NULL,
  linked_by uuid NOT NULL,
  linked_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (county_code, project_id, household_id)
);
COMMENT ON TABLE projects.linked_household IS 'Households that a project is meant for; opaque ids of the household registry.';
CREATE INDEX linked_household_household ON projects.linked_household (household_id);

DO $$ DECLARE name text; BEGIN
  FOREACH name IN ARRAY ARRAY['project', 'target', 'stage', 'village_vote', 'opinion', 'step', 'progress', 'document', 'linked_household'] LOOP
    EXECUTE format('ALTER TABLE projects.%I ENABLE ROW LEVEL SECURITY', name);
    EXECUTE format('CREATE POLICY %I ON projects.%I TO app_role USING (region_code >= (SELECT platform.region_from()) AND region_code < (SELECT platform.region_to()))', name || '_region', name);
    EXECUTE format('GRANT SELECT, INSERT ON projects.%I TO app_role', name);
  END LOOP;
END $$;
GRANT UPDATE ON projects.project TO app_role;
GRANT UPDATE (actual_thousandths) ON projects.target TO app_role;
GRANT UPDATE (done_percent, done_on) ON projects.stage TO app_role;
GRANT UPDATE (public_state, public_file_id, caption, consent_id, approved_by) ON projects.document TO app_role;
-- a draft is rewritten as a whole
GRANT DELETE ON projects.target, projects.stage, projects.linked_household TO app_role;
