-- Owner: modules/registries/funds. The trail of public money: document, indicator, hop, plan, payment. Amounts lie in
-- the ledger; these tables say what each posting was for.
CREATE TABLE funds.source_document (
  county_code platform.region_code NOT NULL,
  id uuid NOT NULL,
  region_code platform.region_code NOT NULL,
  number text NOT NULL,
  title text NOT NULL,
  issuer text NOT NULL,
  issued_on date NOT NULL,
  amount_fen bigint NOT NULL CHECK (amount_fen > 0),
  indicated_fen bigint NOT NULL DEFAULT 0,
  recorded_by uuid NOT NULL,
  recorded_by_name text NOT NULL,
  recorded_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (county_code, id),
  CONSTRAINT source_document_number UNIQUE (county_code, region_code, number),
  CONSTRAINT document_never_exceeded CHECK (indicated_fen >= 0 AND indicated_fen <= amount_fen)
);
COMMENT ON TABLE funds.source_document IS 'The paper (文号) by which money is given; indicators made from it may not exceed its sum.';
CREATE INDEX source_document_id ON funds.source_document (id);
CREATE INDEX source_document_region ON funds.source_document (region_code, issued_on DESC);

CREATE TABLE funds.indicator (
  county_code platform.region_code NOT NULL,
  id uuid NOT NULL,
  region_code platform.region_code NOT NULL,
  department_code text,
  kind text NOT NULL CHECK (kind IN ('source', 'allocation', 'carry-over')),
  parent_id uuid,
  parent_region_code platform.region_code,
  root_id uuid NOT NULL,
  document_id uuid,
  document_number text NOT NULL,
  lineage jsonb NOT NULL DEFAULT '[]',
  fund_code text COLLATE "C" NOT NULL,
  fiscal_year smallint NOT NULL,
  purpose_code text NOT NULL,
  title text NOT NULL,
  amount_fen bigint NOT NULL CHECK (amount_fen > 0),
  issued_on date NOT NULL,
  expected_on date NOT NULL,
  arrived_on date,
  clock_from date,
  carried smallint NOT NULL DEFAULT 0,
  state text COLLATE "C" NOT NULL CHECK (state IN ('in-transit', 'held', 'withdrawn')),
  transaction_id uuid NOT NULL,
  arrival_transaction_id uuid,
  issued_by uuid NOT NULL,
  issued_by_name text NOT NULL,
  arrived_by uuid,
  arrived_by_name text,
  created_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (county_code, id),
  CHECK (arrived_on IS NULL OR arrived_on >= issued_on),
  -- whoever sends does not also sign for it
  CHECK (kind <> 'allocation' OR arrived_by IS NULL OR arrived_by <> issued_by)
);
COMMENT ON TABLE funds.indicator IS 'A tranche of money at one place (指标): its available, planned, paid and passed-on sums are ledger balances.';
COMMENT ON COLUMN funds.indicator.lineage IS 'The hops above as they stood when this one was made: a county sees where its money comes from without reading the city''s book.';
COMMENT ON COLUMN funds.indicator.expected_on IS 'Last day on which it should arrive, by the clock in force on the day of issue.';
COMMENT ON COLUMN funds.indicator.clock_from IS 'Since when the money lies here; carrying it into another year does not start the clock again.';
COMMENT ON COLUMN funds.indicator.carried IS 'How often it was carried forward.';
CREATE INDEX indicator_id ON funds.indicator (id);
CREATE INDEX indicator_region ON funds.indicator (region_code, issued_on DESC, id DESC);
CREATE INDEX indicator_parent ON funds.indicator (parent_id) WHERE parent_id IS NOT NULL;
CREATE INDEX indicator_root ON funds.indicator (root_id);
CREATE INDEX indicator_transaction ON funds.indicator (transaction_id);

CREATE TABLE funds.plan (
  county_code platform.region_code NOT NULL,
  id uuid NOT NULL,
  region_code platform.region_code NOT NULL,
  indicator_id uuid NOT NULL,
  kind text NOT NULL CHECK (kind IN ('project', 'direct-benefit', 'management-fee')),
  use_code text NOT NULL,
  title text NOT NULL,
  place_code platform.region_code NOT NULL,
  project_id uuid,
  households integer NOT NULL DEFAULT 0 CHECK (households >= 0),
  amount_fen bigint NOT NULL CHECK (amount_fen > 0),
  planned_on date NOT NULL,
  finish_by date NOT NULL,
  negative_words text[] NOT NULL DEFAULT '{}',
  state text COLLATE "C" NOT NULL DEFAULT 'planned' CHECK (state IN ('planned', 'cancelled')),
  transaction_id uuid NOT NULL,
  planned_by uuid NOT NULL,
  planned_by_name text NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (county_code, id)
);
COMMENT ON COLUMN funds.plan.negative_words IS 'Words of the negative list found in the title: a lead for whoever checks, not a refusal.';
CREATE INDEX plan_id ON funds.plan (id);
CREATE INDEX plan_indicator ON funds.plan (indicator_id);
CREATE INDEX plan_project ON funds.plan (project_id) WHERE project_id IS NOT NULL;
CREATE INDEX plan_region ON funds.plan (region_code, planned_on DESC);
CREATE INDEX plan_transaction ON funds.plan (transaction_id);

CREATE TABLE funds.payment (
  county_code platform.region_code NOT NULL,
  id uuid NOT NULL,
  region_code platform.region_code NOT NULL,
  plan_id uuid NOT NULL,
  indicator_id uuid NOT NULL,
  voucher_number text NOT NULL,
  payee_kind text NOT NULL CHECK (payee_kind IN ('vendor', 'village', 'institution', 'household')),
  payee text NOT NULL,
  account_kind text COLLATE "C" NOT NULL DEFAULT 'unit' CHECK (account_kind IN ('unit', 'personal', 'cash')),
  households integer NOT NULL DEFAULT 0,
  batch_id uuid,
  batch_number text,
  amount_fen bigint NOT NULL CHECK (amount_fen > 0),
  paid_on date NOT NULL,
  state text COLLATE "C" NOT NULL DEFAULT 'paid' CHECK (state IN ('paid', 'reversed')),
  transaction_id uuid NOT NULL,
  paid_by uuid NOT NULL,
  paid_by_name text NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (county_code, id),
  CHECK ((batch_id IS NULL) = (batch_number IS NULL))
);
COMMENT ON COLUMN funds.payment.batch_id IS 'The list of households that it pays, where it pays one; the trail leads through it.';
COMMENT ON COLUMN funds.payment.account_kind IS 'Where the money went: an account of the payee, a person''s account, or cash. Households are paid into their own accounts.';
COMMENT ON COLUMN funds.payment.payee IS 'A firm, village or institution; households are only counted here, the ledger lines carry their ids.';
CREATE INDEX payment_id ON funds.payment (id);
CREATE INDEX payment_indicator ON funds.payment (indicator_id, paid_on);
CREATE INDEX payment_plan ON funds.payment (plan_id);
CREATE INDEX payment_transaction ON funds.payment (transaction_id);
-- the same voucher pays once
CREATE UNIQUE INDEX payment_voucher ON funds.payment (county_code, region_code, voucher_number) WHERE state = 'paid';

CREATE TABLE funds.attachment (
  county_code platform.region_code NOT NULL,
  id uuid NOT NULL,
  region_code platform.region_code NOT NULL,
  subject_kind text COLLATE "C" NOT NULL CHECK (subject_kind IN ('document', 'transaction')),
  subject_id uuid NOT NULL,
  file_id uuid NOT NULL,
  file_name text NOT NULL,
  size_bytes bigint NOT NULL,
  added_by uuid NOT NULL,
  added_by_name text NOT NULL,
  added_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (county_code, id)
);
COMMENT ON TABLE funds.attachment IS 'The paper behind a document of funds or a posting: the letter itself, the voucher, the receipt. Files are added, never taken away.';
CREATE INDEX attachment_subject ON funds.attachment (subject_id, added_at);

DO $$ DECLARE name text; BEGIN
  FOREACH name IN ARRAY ARRAY['source_document', 'indicator', 'plan', 'payment', 'attachment'] LOOP
    EXECUTE format('ALTER TABLE funds.%I ENABLE ROW LEVEL SECURITY', name);
    EXECUTE format('CREATE POLICY %I ON funds.%I TO app_role USING (region_code >= (SELECT platform.region_from()) AND region_code < (SELECT platform.region_to()))', name || '_region', name);
    EXECUTE format('GRANT SELECT, INSERT ON funds.%I TO app_role', name);
  END LOOP;
END $$;
-- What was recorded stays; only its state moves on.
GRANT UPDATE (indicated_fen) ON funds.source_document TO app_role;
GRANT UPDATE (state, arrived_on, clock_from, arrival_transaction_id, arrived_by, arrived_by_name) ON funds.indicator TO app_role;
GRANT UPDATE (state) ON funds.plan TO app_role;
GRANT UPDATE (state) ON funds.payment TO app_role;

-- Offered to other modules: tranches that were not withdrawn. Read with the reader's own rights.
CREATE VIEW funds.standing_indicator WITH (security_invoker = true) AS SELECT county_code, id FROM funds.indicator WHERE state <> 'withdrawn';
GRANT SELECT ON funds.standing_indicator TO app_role;
