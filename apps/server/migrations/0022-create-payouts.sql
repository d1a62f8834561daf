-- Owner: modules/registries/payouts. Pay-outs to households (一卡通): who is paid how much and why, who checked it, what
-- the bank answered. Amounts are fen; what was really paid lies in the ledger.
CREATE SCHEMA payouts;
GRANT USAGE ON SCHEMA payouts TO app_role;

CREATE TABLE payouts.batch (
  county_code platform.region_code NOT NULL,
  id uuid NOT NULL,
  number text NOT NULL,
  region_code platform.region_code NOT NULL,
  plan_id uuid NOT NULL,
  kind text NOT NULL CHECK (kind IN ('monthly', 're-issue')),
  programme_code text COLLATE "C" NOT NULL,
  month text COLLATE "C" NOT NULL CHECK (month ~ '^\d{4}-(0[1-9]|1[0-2])$'),
  months smallint NOT NULL CHECK (months BETWEEN 1 AND 12),
  as_of date NOT NULL,
  pay_day date NOT NULL,
  standard jsonb NOT NULL,
  state text COLLATE "C" NOT NULL DEFAULT 'draft' CHECK (state IN ('draft', 'checked', 'approved', 'sent', 'settled', 'withdrawn')),
  line_count integer NOT NULL CHECK (line_count > 0),
  household_count integer NOT NULL CHECK (household_count > 0),
  total_fen bigint NOT NULL CHECK (total_fen > 0),
  examined_on jsonb,
  made_by uuid NOT NULL,
  made_by_name text NOT NULL,
  made_at timestamptz NOT NULL DEFAULT now(),
  checked_by uuid,
  checked_by_name text,
  checked_at timestamptz,
  approved_by uuid,
  approved_by_name text,
  approved_at timestamptz,
  sent_by uuid,
  sent_by_name text,
  sent_at timestamptz,
  settled_at timestamptz,
  withdrawn_reason text,
  PRIMARY KEY (county_code, id),
  CONSTRAINT batch_number UNIQUE (county_code, number),
  -- whoever makes a batch neither checks nor approves it
  CONSTRAINT batch_three_people CHECK (checked_by IS DISTINCT FROM made_by AND approved_by IS DISTINCT FROM made_by AND (approved_by IS NULL OR approved_by IS DISTINCT FROM checked_by)),
  CONSTRAINT batch_in_order CHECK (
    (state NOT IN ('checked', 'approved', 'sent', 'settled') OR checked_by IS NOT NULL)
    AND (state NOT IN ('approved', 'sent', 'settled') OR approved_by IS NOT NULL)
    AND (state NOT IN ('sent', 'settled') OR sent_by IS NOT NULL)
    AND (state <> 'withdrawn' OR length(btrim(withdrawn_reason)) >= 2))
);
COMMENT ON TABLE payouts.batch IS 'A list that is paid as one, against one plan of the funds: draft → checked → approved → sent → settled.';
COMMENT ON COLUMN payouts.batch.standard IS 'The standard in force: amount, unit, since when, on what basis.';
COMMENT ON COLUMN payouts.batch.examined_on IS 'When the check before paying ran, and the day of each dataset it looked at; NULL until then.';
CREATE INDEX batch_id ON payouts.batch (id);
CREATE INDEX batch_region ON payouts.batch (region_code, made_at DESC, id DESC);
CREATE INDEX batch_plan ON payouts.batch (plan_id);

CREATE TABLE payouts.line (
  county_code platform.region_code NOT NULL,
  id uuid NOT NULL,
  batch_id uuid NOT NULL,
  ordinal integer NOT NULL,
  region_code platform.region_code NOT NULL,
  enrolment_id uuid NOT NULL,
  household_id uuid NOT NULL,
  person_id uuid NOT NULL,
  payee_key uuid NOT NULL,
  payee_name text NOT NULL,
  bank_name text,
  account_enc bytea NOT NULL,
  account_key uuid,
  units integer NOT NULL CHECK (units > 0),
  months smallint NOT NULL CHECK (months > 0),
  standard_fen bigint NOT NULL CHECK (standard_fen > 0),
  amount_fen bigint NOT NULL CHECK (amount_fen = standard_fen * units * months),
  state text COLLATE "C" NOT NULL DEFAULT 'listed' CHECK (state IN ('listed', 'held', 'sent', 'paid', 'failed', 're-issued', 'withdrawn')),
  reissues_id uuid,
  bank_code text,
  bank_text text,
  paid_on date,
  transaction_id uuid,
  held_until date,
  PRIMARY KEY (county_code, id),
  UNIQUE (county_code, batch_id, ordinal)
);
COMMENT ON TABLE payouts.line IS 'One payment to one person: amount = standard × units × months, kept with its working. Lines are never taken away.';
COMMENT ON COLUMN payouts.line.payee_name IS 'As it stood when the list was made, and as it goes to the bank.';
COMMENT ON COLUMN payouts.line.reissues_id IS 'The line that failed or was held, and that this one pays instead.';
COMMENT ON COLUMN payouts.line.transaction_id IS 'The ledger posting that paid it; NULL when nothing is posted or the posting was reversed.';
CREATE INDEX line_id ON payouts.line (id);
CREATE INDEX line_batch ON payouts.line (batch_id, ordinal);
CREATE INDEX line_region ON payouts.line (batch_id, region_code);
CREATE INDEX line_household ON payouts.line (household_id);
CREATE INDEX line_work ON payouts.line (region_code, id) WHERE state IN ('failed', 'held');
-- one line is re-issued once at a time
CREATE UNIQUE INDEX line_reissued_once ON payouts.line (county_code, reissues_id) WHERE reissues_id IS NOT NULL AND state <> 'withdrawn';

CREATE TABLE payouts.claim (
  county_code platform.region_code NOT NULL,
  enrolment_id uuid NOT NULL,
  month text COLLATE "C" NOT NULL,
  region_code platform.region_code NOT NULL,
  batch_id uuid NOT NULL,
  PRIMARY KEY (county_code, enrolment_id, month)
);
COMMENT ON TABLE payouts.claim IS 'An enrolment is listed once for a month, whoever makes the list; a withdrawn batch gives its months back.';
CREATE INDEX claim_batch ON payouts.claim (batch_id);

CREATE TABLE payouts.proposal (
  county_code platform.region_code NOT NULL,
  id uuid NOT NULL,
  batch_id uuid NOT NULL,
  line_id uuid NOT NULL,
  region_code platform.region_code NOT NULL,
  doubt text COLLATE "C" NOT NULL CHECK (doubt IN ('died', 'in-custody', 'twice-in-month', 'exclusive', 'shared-account', 'owner-mismatch', 'over-standard')),
  fact jsonb NOT NULL,
  proposed_at timestamptz NOT NULL DEFAULT now(),
  decision text CHECK (decision IN ('pay', 'hold')),
  reason text,
  legal_basis text,
  hold_days integer,
  hold_until date,
  decided_by uuid,
  decided_by_name text,
  decided_at timestamptz,
  PRIMARY KEY (county_code, id),
  UNIQUE (county_code, line_id, doubt),
  -- a machine proposes; only a named person holds a payment, with reason, basis and an end
  CONSTRAINT proposal_decided_by_person CHECK ((decision IS NULL) = (decided_by IS NULL) AND (decision IS NULL OR length(btrim(reason)) >= 2)),
  CONSTRAINT proposal_hold_has_basis CHECK (decision IS DISTINCT FROM 'hold' OR (length(btrim(legal_basis)) >= 2 AND hold_days > 0 AND hold_until IS NOT NULL))
);
COMMENT ON TABLE payouts.proposal IS 'What the check before paying found about a line. Left undecided, the line is paid.';
COMMENT ON COLUMN payouts.proposal.fact IS 'Codes, days and numbers that say what was found; no name, no identity number.';
CREATE INDEX proposal_batch ON payouts.proposal (batch_id);
CREATE INDEX proposal_id ON payouts.proposal (id);

-- Whoever's payment is held is told in the same moment: what, why, on what basis, until when, and whom to ask.
CREATE SEQUENCE payouts.hold_notice_number;
GRANT USAGE ON SEQUENCE payouts.hold_notice_number TO app_role;
CREATE TABLE payouts.hold_notice (
  county_code platform.region_code NOT NULL,
  id uuid NOT NULL,
  number text NOT NULL,
  proposal_id uuid NOT NULL,
  batch_id uuid NOT NULL,
  line_id uuid NOT NULL,
  household_id uuid NOT NULL,
  region_code platform.region_code NOT NULL,
  reason text NOT NULL CHECK (length(btrim(reason)) >= 2),
  legal_basis text NOT NULL CHECK (length(btrim(legal_basis)) >= 2),
  hold_until date NOT NULL,
  decided_by uuid NOT NULL,
  contact_name text NOT NULL CHECK (contact_name <> ''),
  contact_phone text NOT NULL CHECK (contact_phone <> ''),
  made_at timestamptz NOT NULL DEFAULT now(),
  withdrawn_at timestamptz,
  PRIMARY KEY (county_code, id)
);
COMMENT ON TABLE payouts.hold_notice IS 'What the household of a held payment is told. It stays as it was written; a decision changed later withdraws it.';
CREATE UNIQUE INDEX hold_notice_standing ON payouts.hold_notice (county_code, proposal_id) WHERE withdrawn_at IS NULL;
CREATE INDEX hold_notice_line ON payouts.hold_notice (line_id);
CREATE INDEX hold_notice_id ON payouts.hold_notice (id);
CREATE INDEX hold_notice_batch ON payouts.hold_notice (batch_id) WHERE withdrawn_at IS NULL;

-- A hold that turns out wrong ends before its term, and the household is told that too.
CREATE SEQUENCE payouts.hold_end_number;
GRANT USAGE ON SEQUENCE payouts.hold_end_number TO app_role;
CREATE TABLE payouts.hold_end (
  county_code platform.region_code NOT NULL,
  id uuid NOT NULL,
  number text NOT NULL,
  notice_id uuid NOT NULL,
  batch_id uuid NOT NULL,
  line_id uuid NOT NULL,
  household_id uuid NOT NULL,
  region_code platform.region_code NOT NULL,
  reason text NOT NULL CHECK (length(btrim(reason)) >= 2),
  -- the objection that was right; NULL where a checker ended the hold without one
  objection_number text,
  ended_by uuid NOT NULL,
  ended_by_name text NOT NULL,
  made_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (county_code, id),
  CONSTRAINT hold_ends_once UNIQUE (county_code, notice_id)
);
COMMENT ON TABLE payouts.hold_end IS 'What the household is told when a hold ends before its term: why, by whom, after which objection.';
CREATE INDEX hold_end_notice ON payouts.hold_end (notice_id);
CREATE INDEX hold_end_batch ON payouts.hold_end (batch_id);

CREATE TABLE payouts.bank_file (
  county_code platform.region_code NOT NULL,
  id uuid NOT NULL,
  batch_id uuid NOT NULL,
  region_code platform.region_code NOT NULL,
  direction text NOT NULL CHECK (direction IN ('out', 'in')),
  format text NOT NULL CHECK (format IN ('delimited', 'fixed-width', 'camt.053', 'mt940', 'csv')),
  file_id uuid NOT NULL,
  file_name text NOT NULL,
  sha256 text NOT NULL,
  record_count integer NOT NULL,
  total_fen bigint NOT NULL,
  outcomes jsonb,
  made_by uuid NOT NULL,
  made_by_name text NOT NULL,
  made_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (county_code, id)
);
COMMENT ON TABLE payouts.bank_file IS 'What went to the bank and what came back, with its control totals.';
COMMENT ON COLUMN payouts.bank_file.outcomes IS 'How many records of a file that came back had which outcome.';
CREATE INDEX bank_file_batch ON payouts.bank_file (batch_id, made_at);
CREATE INDEX bank_file_id ON payouts.bank_file (id);
-- the same answer of the bank acts once
CREATE UNIQUE INDEX bank_file_once ON payouts.bank_file (county_code, batch_id, sha256) WHERE direction = 'in';

CREATE TABLE payouts.bank_record (
  county_code platform.region_code NOT NULL,
  file_id uuid NOT NULL,
  ordinal integer NOT NULL,
  region_code platform.region_code NOT NULL,
  batch_id uuid NOT NULL,
  line_id uuid,
  reference text NOT NULL,
  outcome text COLLATE "C" NOT NULL CHECK (outcome IN ('paid', 'failed', 'returned', 'returned-after-reversal', 'duplicate', 'unknown', 'wrong-amount', 'return-without-payment', 'paid-after-reissue')),
  amount_fen bigint NOT NULL,
  bank_code text NOT NULL,
  bank_text text NOT NULL,
  day date NOT NULL,
  PRIMARY KEY (county_code, file_id, ordinal)
);
COMMENT ON TABLE payouts.bank_record IS 'Each record of the bank and what it came to. What does not fit changes no line: a person looks.';
CREATE INDEX bank_record_line ON payouts.bank_record (line_id) WHERE line_id IS NOT NULL;
CREATE INDEX bank_record_batch ON payouts.bank_record (batch_id, outcome);

-- A machine never stops a benefit: not even a mistake in the code holds a line that no person decided to hold.
CREATE FUNCTION payouts.require_decision() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (SELECT 1 FROM payouts.proposal p WHERE p.line_id = NEW.id AND p.decision = 'hold') THEN
    RAISE EXCEPTION 'a payment is held by a named person only' USING ERRCODE = 'check_violation', CONSTRAINT = 'line_held_by_person';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER line_held_by_person BEFORE INSERT OR UPDATE OF state ON payouts.line FOR EACH ROW WHEN (NEW.state = 'held') EXECUTE FUNCTION payouts.require_decision();
CREATE INDEX proposal_line ON payouts.proposal (line_id);
CREATE FUNCTION payouts.require_notice() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (SELECT 1 FROM payouts.hold_notice n WHERE n.proposal_id = NEW.id AND n.hold_until = NEW.hold_until AND n.withdrawn_at IS NULL) THEN
    RAISE EXCEPTION 'a payment is held with a notice to the household only' USING ERRCODE = 'check_violation', CONSTRAINT = 'proposal_hold_has_notice';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER proposal_hold_has_notice BEFORE INSERT OR UPDATE OF decision, hold_until ON payouts.proposal FOR EACH ROW WHEN (NEW.decision = 'hold') EXECUTE FUNCTION payouts.require_notice();

DO $$ DECLARE name text; BEGIN
  FOREACH name IN ARRAY ARRAY['batch', 'line', 'claim', 'proposal', 'hold_notice', 'hold_end', 'bank_file', 'bank_record'] LOOP
    EXECUTE format('ALTER TABLE payouts.%I ENABLE ROW LEVEL SECURITY', name);
    EXECUTE format('CREATE POLICY %I ON payouts.%I TO app_role USING (region_code >= (SELECT platform.region_from()) AND region_code < (SELECT platform.region_to()))', name || '_region', name);
    EXECUTE format('GRANT SELECT, INSERT ON payouts.%I TO app_role', name);
  END LOOP;
END $$;
-- A village sees of a county's batch what its own lines say; nothing below the batch's division may change it.
CREATE POLICY batch_of_own_lines ON payouts.batch FOR SELECT TO app_role
  USING (EXISTS (SELECT 1 FROM payouts.line l WHERE l.batch_id = batch.id AND l.region_code >= (SELECT platform.region_from()) AND l.region_code < (SELECT platform.region_to())));
-- What a line pays, to whom and why stays as it was made; only its state moves on.
GRANT UPDATE (state, examined_on, checked_by, checked_by_name, checked_at, approved_by, approved_by_name, approved_at, sent_by, sent_by_name, sent_at, settled_at, withdrawn_reason) ON payouts.batch TO app_role;
GRANT UPDATE (state, bank_code, bank_text, paid_on, transaction_id, held_until) ON payouts.line TO app_role;
GRANT UPDATE (decision, reason, legal_basis, hold_days, hold_until, decided_by, decided_by_name, decided_at) ON payouts.proposal TO app_role;
GRANT UPDATE (withdrawn_at) ON payouts.hold_notice TO app_role;
GRANT DELETE ON payouts.claim TO app_role;
-- A check run again replaces what nobody decided; a decision stays.
GRANT DELETE ON payouts.proposal TO app_role;
CREATE POLICY proposal_decided_stays ON payouts.proposal AS RESTRICTIVE FOR DELETE TO app_role USING (decision IS NULL);
