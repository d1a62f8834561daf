-- Owner: modules/registries/record-linkage. Who may be one person twice, and what people said about it. Ids, levels and weights
-- only: never a value of a record.
CREATE SCHEMA linkage;
GRANT USAGE ON SCHEMA linkage TO app_role;

CREATE TABLE linkage.pair (
  id uuid PRIMARY KEY,
  responsible_region_code platform.region_code NOT NULL,
  county_a platform.region_code NOT NULL,
  person_a uuid NOT NULL,
  region_a platform.region_code NOT NULL,
  county_b platform.region_code NOT NULL,
  person_b uuid NOT NULL,
  region_b platform.region_code NOT NULL,
  probability_ppm integer NOT NULL CHECK (probability_ppm BETWEEN 0 AND 1000000),
  steps jsonb NOT NULL,
  state text NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'undecided', 'different', 'same', 'gone')),
  found_at timestamptz NOT NULL DEFAULT now(),
  CHECK (person_a < person_b),
  UNIQUE (person_a, person_b)
);
COMMENT ON COLUMN linkage.pair.responsible_region_code IS 'The lowest division that both persons lie in: only there is the pair seen and decided.';
COMMENT ON COLUMN linkage.pair.probability_ppm IS 'That both records are one person, as the model believes, in millionths.';
COMMENT ON COLUMN linkage.pair.steps IS 'Levels of agreement and their weights in bits, in order: why the pair weighs what it weighs.';
COMMENT ON COLUMN linkage.pair.state IS 'gone: a later search no longer finds the pair and nobody had decided it.';
CREATE INDEX pair_list ON linkage.pair (responsible_region_code, state, probability_ppm DESC, id);
CREATE INDEX pair_b ON linkage.pair (person_b);

CREATE TABLE linkage.decision (
  id uuid PRIMARY KEY,
  pair_id uuid NOT NULL REFERENCES linkage.pair (id),
  decision text NOT NULL CHECK (decision IN ('same', 'different', 'undecided', 'reopened')),
  kept_person uuid,
  reason text NOT NULL,
  decided_by uuid NOT NULL,
  decided_by_name text NOT NULL,
  decided_at timestamptz NOT NULL DEFAULT now(),
  CHECK ((decision = 'same') = (kept_person IS NOT NULL))
);
COMMENT ON TABLE linkage.decision IS 'Every decision in order, never changed: the trail of a pair.';
CREATE INDEX decision_pair ON linkage.decision (pair_id, decided_at);

CREATE TABLE linkage.alias (
  person_id uuid NOT NULL,
  kept_person uuid NOT NULL,
  pair_id uuid NOT NULL REFERENCES linkage.pair (id),
  responsible_region_code platform.region_code NOT NULL,
  since timestamptz NOT NULL DEFAULT now(),
  ended_at timestamptz,
  PRIMARY KEY (pair_id, since),
  CHECK (person_id <> kept_person)
);
COMMENT ON TABLE linkage.alias IS 'The merged id stays an alias of the kept one; both records, with their findings and enrolments, stay as they are. ended_at: the merge was taken back.';
CREATE UNIQUE INDEX alias_person ON linkage.alias (person_id) WHERE ended_at IS NULL;

CREATE TABLE linkage.search (
  id uuid PRIMARY KEY,
  region_code platform.region_code NOT NULL,
  started_at timestamptz NOT NULL DEFAULT now(),
  finished_at timestamptz,
  persons integer,
  expected jsonb
);
COMMENT ON COLUMN linkage.search.expected IS 'Errors to expect of three thresholds, as the model believes.';
CREATE INDEX search_region ON linkage.search (region_code, started_at DESC);

ALTER TABLE linkage.pair ENABLE ROW LEVEL SECURITY;
CREATE POLICY pair_region ON linkage.pair TO app_role USING (responsible_region_code >= (SELECT platform.region_from()) AND responsible_region_code < (SELECT platform.region_to()));
GRANT SELECT, INSERT, UPDATE ON linkage.pair TO app_role;
ALTER TABLE linkage.decision ENABLE ROW LEVEL SECURITY;
CREATE POLICY decision_pair ON linkage.decision TO app_role USING (EXISTS (SELECT 1 FROM linkage.pair p WHERE p.id = pair_id));
GRANT SELECT, INSERT ON linkage.decision TO app_role;
ALTER TABLE linkage.alias ENABLE ROW LEVEL SECURITY;
CREATE POLICY alias_region ON linkage.alias TO app_role USING (responsible_region_code >= (SELECT platform.region_from()) AND responsible_region_code < (SELECT platform.region_to()));
GRANT SELECT, INSERT, UPDATE ON linkage.alias TO app_role;
ALTER TABLE linkage.search ENABLE ROW LEVEL SECURITY;
CREATE POLICY search_region ON linkage.search TO app_role USING (region_code >= (SELECT platform.region_from()) AND region_code < (SELECT platform.region_to()));
GRANT SELECT, INSERT, UPDATE ON linkage.search TO app_role;
