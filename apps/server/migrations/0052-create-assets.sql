-- Owner: modules/registries/projects. What projects leave behind: who owns and uses it, what it should bring and brings, and
-- how the village shares it out. The money itself lies in the ledger.
CREATE TABLE projects.asset (
  county_code platform.region_code NOT NULL,
  id uuid NOT NULL,
  region_code platform.region_code NOT NULL,
  number text NOT NULL,
  project_id uuid,
  title text NOT NULL,
  class_code text COLLATE "C" NOT NULL CHECK (class_code IN ('operating', 'public', 'household')),
  original_fen bigint NOT NULL CHECK (original_fen > 0),
  formed_on date NOT NULL,
  owner_kind text COLLATE "C" CHECK (owner_kind IN ('county', 'town', 'village', 'household')),
  owner_name text,
  registered_on date,
  certificate_number text,
  operator_name text NOT NULL,
  state text COLLATE "C" NOT NULL DEFAULT 'in-use' CHECK (state IN ('in-use', 'idle', 'damaged', 'lost', 'disposed')),
  state_on date NOT NULL,
  plate_token uuid NOT NULL UNIQUE,
  recorded_by uuid NOT NULL,
  recorded_by_name text NOT NULL,
  recorded_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (county_code, id),
  CHECK ((registered_on IS NULL) = (owner_kind IS NULL))
);
COMMENT ON TABLE projects.asset IS 'An asset formed with aid money (帮扶项目资产): operating, public or of a household.';
COMMENT ON COLUMN projects.asset.registered_on IS 'Day on which ownership was settled (确权); none before.';
COMMENT ON COLUMN projects.asset.plate_token IS 'On the plate at the asset; leads the public to its page and tells nothing else.';
CREATE UNIQUE INDEX asset_id ON projects.asset (id);
CREATE INDEX asset_region ON projects.asset (region_code, recorded_at DESC, id DESC);
CREATE INDEX asset_project ON projects.asset (project_id) WHERE project_id IS NOT NULL;
CREATE SEQUENCE projects.asset_number;
GRANT USAGE ON SEQUENCE projects.asset_number TO app_role;

CREATE TABLE projects.inspection (
  county_code platform.region_code NOT NULL,
  id uuid NOT NULL,
  asset_id uuid NOT NULL,
  region_code platform.region_code NOT NULL,
  inspected_on date NOT NULL,
  state text COLLATE "C" NOT NULL CHECK (state IN ('in-use', 'idle', 'damaged', 'lost')),
  note text NOT NULL,
  by_id uuid NOT NULL,
  by_name text NOT NULL,
  at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (county_code, id)
);
CREATE INDEX inspection_asset ON projects.inspection (asset_id, inspected_on);

CREATE TABLE projects.lease (
  county_code platform.region_code NOT NULL,
  id uuid NOT NULL,
  asset_id uuid NOT NULL,
  region_code platform.region_code NOT NULL,
  number text NOT NULL,
  vendor_id uuid NOT NULL,
  start_on date NOT NULL,
  end_on date NOT NULL,
  yearly_fen bigint NOT NULL CHECK (yearly_fen > 0),
  appraised_fen bigint NOT NULL CHECK (appraised_fen > 0),
  vote_id uuid,
  published_on date,
  ended_on date,
  ended_reason text,
  ended_by uuid,
  ended_by_name text,
  recorded_by uuid NOT NULL,
  recorded_by_name text NOT NULL,
  PRIMARY KEY (county_code, id),
  CONSTRAINT lease_number UNIQUE (county_code, number),
  CHECK (end_on > start_on),
  CHECK ((ended_on IS NULL) = (ended_reason IS NULL) AND (ended_on IS NULL OR (ended_on >= start_on AND ended_on <= end_on))),
  -- whoever let it does not also release the lessee
  CHECK (ended_by IS NULL OR ended_by <> recorded_by)
);
COMMENT ON COLUMN projects.lease.ended_on IS 'Last day of a lease that ended before its term; what the lessee still owes then stands as a due of its own.';
COMMENT ON COLUMN projects.lease.appraised_fen IS 'What a year of it was appraised at; a rent far below asks for an explanation.';
CREATE UNIQUE INDEX lease_id ON projects.lease (id);
CREATE INDEX lease_asset ON projects.lease (asset_id);

CREATE TABLE projects.rent_due (
  county_code platform.region_code NOT NULL,
  lease_id uuid NOT NULL,
  asset_id uuid NOT NULL,
  region_code platform.region_code NOT NULL,
  ordinal smallint NOT NULL,
  due_on date NOT NULL,
  amount_fen bigint NOT NULL CHECK (amount_fen > 0),
  cancelled_on date,
  PRIMARY KEY (county_code, lease_id, ordinal)
);
COMMENT ON COLUMN projects.rent_due.cancelled_on IS 'No longer due because the lease ended before; never one that was paid.';

CREATE TABLE projects.income (
  county_code platform.region_code NOT NULL,
  id uuid NOT NULL,
  asset_id uuid NOT NULL,
  region_code platform.region_code NOT NULL,
  lease_id uuid,
  due_ordinal smallint,
  kind text COLLATE "C" NOT NULL CHECK (kind IN ('rent', 'dividend', 'other')),
  receipt_number text NOT NULL,
  amount_fen bigint NOT NULL CHECK (amount_fen > 0),
  received_on date NOT NULL,
  indicator_id uuid NOT NULL,
  recorded_by uuid NOT NULL,
  recorded_by_name text NOT NULL,
  recorded_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (county_code, id),
  CONSTRAINT income_receipt UNIQUE (county_code, region_code, receipt_number)
);
COMMENT ON COLUMN projects.income.indicator_id IS 'The tranche of the ledger that holds it: from there it goes to the households.';
CREATE UNIQUE INDEX income_id ON projects.income (id);
CREATE INDEX income_asset ON projects.income (asset_id, received_on);

CREATE TABLE projects.distribution (
  county_code platform.region_code NOT NULL,
  id uuid NOT NULL,
  asset_id uuid NOT NULL,
  income_id uuid NOT NULL,
  region_code platform.region_code NOT NULL,
  vote_id uuid NOT NULL,
  total_fen bigint NOT NULL CHECK (total_fen > 0),
  households integer NOT NULL CHECK (households > 0),
  state text COLLATE "C" NOT NULL DEFAULT 'proposed' CHECK (state IN ('proposed', 'approved', 'paid', 'rejected')),
  proposed_on date NOT NULL,
  decided_on date,
  decided_by_name text,
  decided_reason text,
  plan_id uuid,
  payment_id uuid,
  paid_on date,
  paid_by uuid,
  transaction_id uuid,
  proposed_by uuid NOT NULL,
  proposed_by_name text NOT NULL,
  PRIMARY KEY (county_code, id)
);
CREATE UNIQUE INDEX distribution_id ON projects.distribution (id);
CREATE INDEX distribution_asset ON projects.distribution (asset_id);
-- one plan at a time shares out an income
CREATE UNIQUE INDEX distribution_of_income ON projects.distribution (income_id) WHERE state <> 'rejected';

CREATE TABLE projects.household_share (
  county_code platform.region_code NOT NULL,
  distribution_id uuid NOT NULL,
  household_id uuid NOT NULL,
  region_code platform.region_code NOT NULL,
  amount_fen bigint NOT NULL CHECK (amount_fen > 0),
  answer text COLLATE "C" CHECK (answer IN ('received', 'less', 'nothing')),
  answered_fen bigint CHECK (answered_fen >= 0),
  answered_on date,
  answer_by uuid,
  answer_by_name text,
  PRIMARY KEY (county_code, distribution_id, household_id)
);
COMMENT ON TABLE projects.household_share IS 'What each household should get, and what it says it got.';
CREATE INDEX household_share_household ON projects.household_share (household_id);

CREATE TABLE projects.disposal (
  county_code platform.region_code NOT NULL,
  id uuid NOT NULL,
  asset_id uuid NOT NULL,
  region_code platform.region_code NOT NULL,
  kind text COLLATE "C" NOT NULL CHECK (kind IN ('sale', 'scrap', 'transfer', 'loss')),
  appraised_fen bigint NOT NULL CHECK (appraised_fen >= 0),
  price_fen bigint NOT NULL CHECK (price_fen >= 0),
  vote_id uuid NOT NULL,
  published_on date,
  disposed_on date NOT NULL,
  reason text NOT NULL,
  approved_by uuid NOT NULL,
  approved_by_name text NOT NULL,
  PRIMARY KEY (county_code, id),
  CONSTRAINT disposed_once UNIQUE (county_code, asset_id)
);

DO $$ DECLARE name text; BEGIN
  FOREACH name IN ARRAY ARRAY['asset', 'inspection', 'lease', 'rent_due', 'income', 'distribution', 'household_share', 'disposal'] LOOP
    EXECUTE format('ALTER TABLE projects.%I ENABLE ROW LEVEL SECURITY', name);
    EXECUTE format('CREATE POLICY %I ON projects.%I TO app_role USING (region_code >= (SELECT platform.region_from()) AND region_code < (SELECT platform.region_to()))', name || '_region', name);
    EXECUTE format('GRANT SELECT, INSERT ON projects.%I TO app_role', name);
  END LOOP;
END $$;
GRANT UPDATE (owner_kind, owner_name, registered_on, certificate_number, operator_name, state, state_on) ON projects.asset TO app_role;
GRANT UPDATE (ended_on, ended_reason, ended_by, ended_by_name) ON projects.lease TO app_role;
GRANT UPDATE (cancelled_on) ON projects.rent_due TO app_role;
GRANT UPDATE (state, decided_on, decided_by_name, decided_reason, plan_id, payment_id, paid_on, paid_by, transaction_id) ON projects.distribution TO app_role;
GRANT UPDATE (answer, answered_fen, answered_on, answer_by, answer_by_name) ON projects.household_share TO app_role;
