-- Owner: modules/registries/projects. Procurement and works contracts: who bid, who won, what was signed, changed, invoiced
-- and paid. A payment itself is a posting of the ledger; here stands what it was for.
CREATE TABLE projects.vendor (
  county_code platform.region_code NOT NULL,
  id uuid NOT NULL,
  credit_code text COLLATE "C" NOT NULL,
  name text NOT NULL,
  debarred_until date,
  recorded_by uuid NOT NULL,
  recorded_by_name text NOT NULL,
  recorded_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (county_code, id),
  CONSTRAINT vendor_once UNIQUE (county_code, credit_code)
);
COMMENT ON TABLE projects.vendor IS 'A firm (供应商) as the public business register names it: visible to every member of staff, recorded within the own county.';
CREATE UNIQUE INDEX vendor_id ON projects.vendor (id);
ALTER TABLE projects.vendor ENABLE ROW LEVEL SECURITY;
CREATE POLICY vendor_read ON projects.vendor FOR SELECT TO app_role USING ((SELECT platform.actor_id()) IS NOT NULL);
CREATE POLICY vendor_insert ON projects.vendor FOR INSERT TO app_role
  WITH CHECK (county_code = left((SELECT platform.region_from()), 6) || '000000' OR (county_code >= (SELECT platform.region_from()) AND county_code < (SELECT platform.region_to())));
GRANT SELECT, INSERT ON projects.vendor TO app_role;

CREATE TABLE projects.vendor_key (
  county_code platform.region_code NOT NULL,
  vendor_id uuid NOT NULL,
  kind text COLLATE "C" NOT NULL CHECK (kind IN ('representative', 'contact')),
  key uuid NOT NULL,
  PRIMARY KEY (county_code, vendor_id, kind)
);
COMMENT ON TABLE projects.vendor_key IS 'Keyed pseudonyms of who represents a firm and of its telephone: equal when two firms share them. Neither number nor name is kept.';
ALTER TABLE projects.vendor_key ENABLE ROW LEVEL SECURITY;
CREATE POLICY vendor_key_read ON projects.vendor_key FOR SELECT TO app_role
  USING (county_code >= (SELECT platform.region_from()) AND county_code < (SELECT platform.region_to()));
CREATE POLICY vendor_key_insert ON projects.vendor_key FOR INSERT TO app_role
  WITH CHECK (county_code = left((SELECT platform.region_from()), 6) || '000000' OR (county_code >= (SELECT platform.region_from()) AND county_code < (SELECT platform.region_to())));
GRANT SELECT, INSERT ON projects.vendor_key TO app_role;

CREATE TABLE projects.vendor_change (
  county_code platform.region_code NOT NULL,
  id uuid NOT NULL,
  vendor_id uuid NOT NULL,
  changed_on date NOT NULL,
  name text,
  debarred_until date,
  representative_key uuid,
  contact_key uuid,
  paper text NOT NULL,
  state text COLLATE "C" NOT NULL DEFAULT 'proposed' CHECK (state IN ('proposed', 'approved', 'refused')),
  old_name text,
  old_debarred_until date,
  old_representative_key uuid,
  old_contact_key uuid,
  proposed_by uuid NOT NULL,
  proposed_by_name text NOT NULL,
  proposed_at timestamptz NOT NULL DEFAULT now(),
  decided_by uuid,
  decided_by_name text,
  decided_at timestamptz,
  decision_reason text,
  PRIMARY KEY (county_code, id),
  CONSTRAINT vendor_change_second_person CHECK (decided_by IS DISTINCT FROM proposed_by),
  CHECK ((state = 'proposed') = (decided_by IS NULL)),
  CHECK (num_nonnulls(name, debarred_until, representative_key, contact_key) > 0)
);
COMMENT ON TABLE projects.vendor_change IS 'What changed of a firm and from which day, by two persons; NULL is what stayed. What was before stays here, so that rules see who stood behind a firm when it signed.';
CREATE UNIQUE INDEX vendor_change_pending ON projects.vendor_change (county_code, vendor_id) WHERE state = 'proposed';
CREATE INDEX vendor_change_id ON projects.vendor_change (id);
CREATE INDEX vendor_change_vendor ON projects.vendor_change (vendor_id, changed_on);
DO $$ DECLARE here text := $q$ (county_code = left((SELECT platform.region_from()), 6) || '000000' OR (county_code >= (SELECT platform.region_from()) AND county_code < (SELECT platform.region_to()))) $q$; BEGIN
  ALTER TABLE projects.vendor_change ENABLE ROW LEVEL SECURITY;
  EXECUTE 'CREATE POLICY vendor_change_county ON projects.vendor_change TO app_role USING ' || here;
  EXECUTE 'CREATE POLICY vendor_update ON projects.vendor FOR UPDATE TO app_role USING ' || here;
  EXECUTE 'CREATE POLICY vendor_key_update ON projects.vendor_key FOR UPDATE TO app_role USING ' || here;
END $$;
GRANT SELECT, INSERT, UPDATE (state, old_name, old_debarred_until, old_representative_key, old_contact_key, decided_by, decided_by_name, decided_at, decision_reason) ON projects.vendor_change TO app_role;
GRANT UPDATE (name, debarred_until) ON projects.vendor TO app_role;
GRANT UPDATE (key) ON projects.vendor_key TO app_role;

CREATE TABLE projects.tender (
  county_code platform.region_code NOT NULL,
  id uuid NOT NULL,
  project_id uuid NOT NULL,
  region_code platform.region_code NOT NULL,
  number text NOT NULL,
  title text NOT NULL,
  method_code text COLLATE "C" NOT NULL CHECK (method_code IN ('open', 'limited', 'direct')),
  method_reason text,
  estimate_fen bigint NOT NULL CHECK (estimate_fen > 0),
  price_only boolean NOT NULL,
  published_on date NOT NULL,
  bids_due_at timestamptz NOT NULL,
  state text COLLATE "C" NOT NULL DEFAULT 'active' CHECK (state IN ('active', 'awarded', 'cancelled')),
  awarded_bid_id uuid,
  awarded_on date,
  award_number text,
  closed_reason text,
  recorded_by uuid NOT NULL,
  recorded_by_name text NOT NULL,
  recorded_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (county_code, id),
  CONSTRAINT tender_number UNIQUE (county_code, number)
);
CREATE UNIQUE INDEX tender_id ON projects.tender (id);
CREATE INDEX tender_project ON projects.tender (project_id);

CREATE TABLE projects.bid (
  county_code platform.region_code NOT NULL,
  id uuid NOT NULL,
  tender_id uuid NOT NULL,
  region_code platform.region_code NOT NULL,
  vendor_id uuid NOT NULL,
  amount_fen bigint NOT NULL CHECK (amount_fen > 0),
  received_at timestamptz NOT NULL,
  origin_key uuid,
  state text COLLATE "C" NOT NULL DEFAULT 'valid' CHECK (state IN ('valid', 'disqualified')),
  reason text,
  PRIMARY KEY (county_code, id),
  CONSTRAINT bid_once UNIQUE (county_code, tender_id, vendor_id)
);
COMMENT ON COLUMN projects.bid.origin_key IS 'Keyed pseudonym of the device or address a bid was sent from: equal when two bids came from one.';
CREATE INDEX bid_tender ON projects.bid (tender_id);

CREATE TABLE projects.contract (
  county_code platform.region_code NOT NULL,
  id uuid NOT NULL,
  project_id uuid NOT NULL,
  region_code platform.region_code NOT NULL,
  tender_id uuid,
  direct_reason text,
  vendor_id uuid NOT NULL,
  number text NOT NULL,
  title text NOT NULL,
  signed_fen bigint NOT NULL CHECK (signed_fen > 0),
  value_fen bigint NOT NULL CHECK (value_fen > 0),
  signed_on date NOT NULL,
  start_on date NOT NULL,
  finish_by date NOT NULL,
  retention_percent smallint NOT NULL CHECK (retention_percent BETWEEN 0 AND 20),
  retention_until date NOT NULL,
  state text COLLATE "C" NOT NULL DEFAULT 'active' CHECK (state IN ('active', 'completed', 'terminated')),
  ended_on date,
  ended_reason text,
  recorded_by uuid NOT NULL,
  recorded_by_name text NOT NULL,
  recorded_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (county_code, id),
  CONSTRAINT contract_number UNIQUE (county_code, number),
  -- whoever gives a contract without a tender says why
  CONSTRAINT contract_direct_with_reason CHECK (tender_id IS NOT NULL OR length(btrim(direct_reason)) >= 4)
);
COMMENT ON COLUMN projects.contract.direct_reason IS 'Why there was no tender, and on what basis: public.';
COMMENT ON COLUMN projects.contract.value_fen IS 'Signed value with all amendments: what may be paid at most.';
COMMENT ON COLUMN projects.contract.retention_percent IS 'Retention money (质保金): this share stays unpaid until retention_until.';
CREATE UNIQUE INDEX contract_id ON projects.contract (id);
CREATE INDEX contract_project ON projects.contract (project_id);
CREATE INDEX contract_region ON projects.contract (region_code, signed_on DESC, id DESC);

CREATE TABLE projects.contract_item (
  county_code platform.region_code NOT NULL,
  contract_id uuid NOT NULL,
  region_code platform.region_code NOT NULL,
  ordinal smallint NOT NULL,
  item_code text COLLATE "C" NOT NULL,
  title text NOT NULL,
  quantity_thousandths bigint NOT NULL CHECK (quantity_thousandths > 0),
  unit_price_fen bigint NOT NULL CHECK (unit_price_fen > 0),
  measured_thousandths bigint CHECK (measured_thousandths >= 0),
  measured_on date,
  document_id uuid,
  measured_by uuid,
  measured_by_name text,
  PRIMARY KEY (county_code, contract_id, ordinal),
  CHECK ((measured_thousandths IS NULL) = (measured_on IS NULL))
);
COMMENT ON TABLE projects.contract_item IS 'Bill of quantities (工程量清单): what is built for which unit price, and how much of it was measured. The items make the contract.';

CREATE TABLE projects.amendment (
  county_code platform.region_code NOT NULL,
  id uuid NOT NULL,
  contract_id uuid NOT NULL,
  region_code platform.region_code NOT NULL,
  amended_on date NOT NULL,
  change_fen bigint NOT NULL,
  finish_by date NOT NULL,
  reason text NOT NULL,
  recorded_by uuid NOT NULL,
  recorded_by_name text NOT NULL,
  PRIMARY KEY (county_code, id)
);
CREATE INDEX amendment_contract ON projects.amendment (contract_id);

CREATE TABLE projects.milestone (
  county_code platform.region_code NOT NULL,
  contract_id uuid NOT NULL,
  region_code platform.region_code NOT NULL,
  ordinal smallint NOT NULL,
  title text NOT NULL,
  due_on date NOT NULL,
  amount_fen bigint NOT NULL CHECK (amount_fen > 0),
  met_on date,
  document_id uuid,
  confirmed_by uuid,
  confirmed_by_name text,
  PRIMARY KEY (county_code, contract_id, ordinal)
);
COMMENT ON TABLE projects.milestone IS 'What must be reached, with evidence, before which part of the contract is paid.';

CREATE TABLE projects.invoice (
  county_code platform.region_code NOT NULL,
  id uuid NOT NULL,
  contract_id uuid NOT NULL,
  region_code platform.region_code NOT NULL,
  number text COLLATE "C" NOT NULL,
  issued_on date NOT NULL,
  amount_fen bigint NOT NULL CHECK (amount_fen > 0),
  void_on date,
  void_reason text,
  recorded_by uuid NOT NULL,
  recorded_by_name text NOT NULL,
  recorded_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (county_code, id),
  CONSTRAINT invoice_once UNIQUE (county_code, number)
);
CREATE INDEX invoice_contract ON projects.invoice (contract_id);

CREATE TABLE projects.contract_payment (
  county_code platform.region_code NOT NULL,
  payment_id uuid NOT NULL,
  contract_id uuid NOT NULL,
  region_code platform.region_code NOT NULL,
  milestone_ordinal smallint NOT NULL,
  invoice_ids uuid[] NOT NULL,
  PRIMARY KEY (county_code, payment_id)
);
COMMENT ON TABLE projects.contract_payment IS 'Which payment of the ledger paid which milestone, by which invoices.';
CREATE INDEX contract_payment_contract ON projects.contract_payment (contract_id);

DO $$ DECLARE name text; BEGIN
  FOREACH name IN ARRAY ARRAY['tender', 'bid', 'contract', 'contract_item', 'amendment', 'milestone', 'invoice', 'contract_payment'] LOOP
    EXECUTE format('ALTER TABLE projects.%I ENABLE ROW LEVEL SECURITY', name);
    EXECUTE format('CREATE POLICY %I ON projects.%I TO app_role USING (region_code >= (SELECT platform.region_from()) AND region_code < (SELECT platform.region_to()))', name || '_region', name);
    EXECUTE format('GRANT SELECT, INSERT ON projects.%I TO app_role', name);
  END LOOP;
END $$;
GRANT UPDATE (state, awarded_bid_id, awarded_on, award_number, closed_reason) ON projects.tender TO app_role;
GRANT UPDATE (state, reason) ON projects.bid TO app_role;
GRANT UPDATE (value_fen, finish_by, state, ended_on, ended_reason) ON projects.contract TO app_role;
GRANT UPDATE (met_on, document_id, confirmed_by, confirmed_by_name) ON projects.milestone TO app_role;
GRANT UPDATE (measured_thousandths, measured_on, document_id, measured_by, measured_by_name) ON projects.contract_item TO app_role;
GRANT UPDATE (void_on, void_reason) ON projects.invoice TO app_role;
