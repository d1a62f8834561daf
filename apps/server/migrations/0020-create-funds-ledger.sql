-- Owner: modules/registries/funds. The double-entry ledger: append-only, integer fen, balanced within every indicator
-- of every regional book. A debit is positive, a credit negative.
CREATE SCHEMA funds;
GRANT USAGE ON SCHEMA funds TO app_role;

CREATE TABLE funds.ledger_transaction (
  county_code platform.region_code NOT NULL,
  id uuid NOT NULL,
  book_code platform.region_code NOT NULL,
  other_book_code platform.region_code,
  kind text NOT NULL,
  business_key text NOT NULL,
  day date NOT NULL,
  line_count integer NOT NULL CHECK (line_count >= 2),
  total_fen bigint NOT NULL CHECK (total_fen > 0),
  summary text NOT NULL,
  reason text,
  reverses_id uuid,
  posted_by uuid NOT NULL,
  posted_by_name text NOT NULL,
  posted_at timestamptz NOT NULL DEFAULT now(),
  xact_id xid8 NOT NULL DEFAULT pg_current_xact_id(),
  PRIMARY KEY (county_code, id),
  CONSTRAINT ledger_business_key UNIQUE (county_code, business_key),
  CONSTRAINT ledger_reversed_once UNIQUE (county_code, reverses_id),
  CHECK (reverses_id IS NULL OR length(btrim(reason)) >= 2),
  CHECK (other_book_code IS DISTINCT FROM book_code)
);
COMMENT ON TABLE funds.ledger_transaction IS 'Header of a posting. Its lines come in one statement of the same database transaction, or it does not exist.';
COMMENT ON COLUMN funds.ledger_transaction.county_code IS 'County of the posting book; its lines carry the same, so that both can be partitioned together.';
COMMENT ON COLUMN funds.ledger_transaction.business_key IS 'What the posting is for, e.g. allocation:<id>: the same business is never posted twice.';
COMMENT ON COLUMN funds.ledger_transaction.day IS 'Accounting day; posted_at is when it was written.';
COMMENT ON COLUMN funds.ledger_transaction.xact_id IS 'With posted_at: the only database transaction that may add lines.';
CREATE INDEX ledger_transaction_id ON funds.ledger_transaction (id);
CREATE INDEX ledger_transaction_book ON funds.ledger_transaction (book_code, day DESC, id DESC);
CREATE INDEX ledger_transaction_other_book ON funds.ledger_transaction (other_book_code, day DESC, id DESC) WHERE other_book_code IS NOT NULL;
CREATE INDEX ledger_transaction_day ON funds.ledger_transaction (day DESC, id DESC);

CREATE TABLE funds.ledger_line (
  county_code platform.region_code NOT NULL,
  transaction_id uuid NOT NULL,
  line_number integer NOT NULL,
  book_code platform.region_code NOT NULL,
  account_code text COLLATE "C" NOT NULL CHECK (account_code IN ('source', 'received', 'brought-forward', 'in-transit', 'available', 'planned', 'paid', 'passed-on', 'carried-forward')),
  indicator_id uuid NOT NULL,
  fund_code text COLLATE "C" NOT NULL,
  fiscal_year smallint NOT NULL,
  plan_id uuid,
  project_id uuid,
  household_id uuid,
  amount_fen bigint NOT NULL CHECK (amount_fen <> 0 AND abs(amount_fen) <= 9007199254740991),
  PRIMARY KEY (county_code, transaction_id, line_number)
);
COMMENT ON TABLE funds.ledger_line IS 'One side of a posting. Projects and households are opaque ids here.';
COMMENT ON COLUMN funds.ledger_line.indicator_id IS 'The tranche of money: every transaction is zero within each indicator, so that no yuan changes its purpose unseen.';
CREATE INDEX ledger_line_indicator ON funds.ledger_line (indicator_id);
CREATE INDEX ledger_line_project ON funds.ledger_line (project_id) WHERE project_id IS NOT NULL;
CREATE INDEX ledger_line_household ON funds.ledger_line (household_id) WHERE household_id IS NOT NULL;

CREATE TABLE funds.balance (
  county_code platform.region_code NOT NULL,
  book_code platform.region_code NOT NULL,
  indicator_id uuid NOT NULL,
  account_code text COLLATE "C" NOT NULL,
  fund_code text COLLATE "C" NOT NULL,
  fiscal_year smallint NOT NULL,
  amount_fen bigint NOT NULL,
  PRIMARY KEY (county_code, indicator_id, account_code),
  CHECK (abs(amount_fen) <= 9007199254740991)
);
COMMENT ON TABLE funds.balance IS 'Projection of the lines; written by their trigger only, rebuilt by funds.rebuild_balances(), compared by funds.balance_differences().';
CREATE INDEX balance_book ON funds.balance (book_code, fund_code, fiscal_year);
CREATE INDEX balance_indicator ON funds.balance (indicator_id);

CREATE TABLE funds.subject_balance (
  county_code platform.region_code NOT NULL,
  subject_kind text COLLATE "C" NOT NULL CHECK (subject_kind IN ('plan', 'project', 'household')),
  subject_id uuid NOT NULL,
  account_code text COLLATE "C" NOT NULL,
  book_code platform.region_code NOT NULL,
  fund_code text COLLATE "C" NOT NULL,
  fiscal_year smallint NOT NULL,
  amount_fen bigint NOT NULL,
  PRIMARY KEY (county_code, subject_kind, subject_id, account_code, book_code, fund_code, fiscal_year)
);
COMMENT ON TABLE funds.subject_balance IS 'The same projection by plan, project and household.';

-- Lines come once, complete, in the database transaction of their header; then the projections follow them.
-- SECURITY DEFINER: nobody but this function writes a balance.
CREATE FUNCTION funds.take_lines() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  expected bigint;
  written bigint;
  overdrawn boolean;
BEGIN
  IF EXISTS (
    SELECT 1
    FROM (SELECT county_code, transaction_id, count(*) AS lines, sum(amount_fen) FILTER (WHERE amount_fen > 0) AS debit FROM new_lines GROUP BY 1, 2) n
    LEFT JOIN funds.ledger_transaction t ON t.county_code = n.county_code AND t.id = n.transaction_id AND t.xact_id = pg_current_xact_id() AND t.posted_at = now()
    WHERE t.id IS NULL OR n.lines <> t.line_count OR n.debit IS DISTINCT FROM t.total_fen
       OR (SELECT count(*) FROM funds.ledger_line l WHERE l.county_code = n.county_code AND l.transaction_id = n.transaction_id) <> t.line_count
       OR EXISTS (SELECT 1 FROM new_lines l WHERE l.transaction_id = n.transaction_id AND l.book_code <> t.book_code AND l.book_code IS DISTINCT FROM t.other_book_code)
  ) THEN
    RAISE EXCEPTION 'ledger lines come once, complete, in the database transaction of their header' USING ERRCODE = 'check_violation', CONSTRAINT = 'ledger_lines_complete';
  END IF;

  SELECT count(*) INTO expected FROM (SELECT 1 FROM new_lines GROUP BY book_code, indicator_id, account_code, fund_code, fiscal_year) g;
  -- The rows are locked in one order. A CHECK would test the change instead of the sum, so the sign is tested here.
  WITH kept AS (
    INSERT INTO funds.balance AS b (county_code, book_code, indicator_id, account_code, fund_code, fiscal_year, amount_fen)
    SELECT left(book_code, 6) || '000000', book_code, indicator_id, account_code, fund_code, fiscal_year, sum(amount_fen)
    FROM new_lines GROUP BY book_code, indicator_id, account_code, fund_code, fiscal_year ORDER BY indicator_id, account_code
    ON CONFLICT (county_code, indicator_id, account_code) DO UPDATE SET amount_fen = b.amount_fen + excluded.amount_fen
      WHERE b.book_code = excluded.book_code AND b.fund_code = excluded.fund_code AND b.fiscal_year = excluded.fiscal_year
    RETURNING account_code, amount_fen)
  SELECT count(*), bool_or(CASE WHEN account_code IN ('source', 'received', 'brought-forward') THEN amount_fen > 0 ELSE amount_fen < 0 END) INTO written, overdrawn FROM kept;
  IF written <> expected THEN
    RAISE EXCEPTION 'an indicator belongs to one book, one fund and one year' USING ERRCODE = 'check_violation', CONSTRAINT = 'indicator_of_one_book';
  END IF;
  IF overdrawn THEN
    RAISE EXCEPTION 'more than there is' USING ERRCODE = 'check_violation', CONSTRAINT = 'balance_never_overdrawn';
  END IF;

  WITH kept AS (
  INSERT INTO funds.subject_balance AS b (county_code, subject_kind, subject_id, account_code, book_code, fund_code, fiscal_year, amount_fen)
  SELECT left(l.book_code, 6) || '000000', s.kind, s.id, l.account_code, l.book_code, l.fund_code, l.fiscal_year, sum(l.amount_fen)
  FROM new_lines l CROSS JOIN LATERAL (VALUES ('plan', l.plan_id), ('project', l.project_id), ('household', l.household_id)) AS s (kind, id)
  WHERE s.id IS NOT NULL
  GROUP BY l.book_code, s.kind, s.id, l.account_code, l.fund_code, l.fiscal_year ORDER BY s.kind, s.id, l.account_code, l.book_code, l.fund_code, l.fiscal_year
  ON CONFLICT (county_code, subject_kind, subject_id, account_code, book_code, fund_code, fiscal_year) DO UPDATE SET amount_fen = b.amount_fen + excluded.amount_fen
  RETURNING subject_kind, account_code, amount_fen)
  SELECT bool_or(amount_fen < 0) INTO overdrawn FROM kept WHERE subject_kind = 'plan' AND account_code IN ('planned', 'paid');
  IF overdrawn THEN
    RAISE EXCEPTION 'more than was planned' USING ERRCODE = 'check_violation', CONSTRAINT = 'plan_never_overdrawn';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER ledger_line_taken AFTER INSERT ON funds.ledger_line REFERENCING NEW TABLE AS new_lines FOR EACH STATEMENT EXECUTE FUNCTION funds.take_lines();

-- Once per header, when the database transaction ends: a check per line would be quadratic.
CREATE FUNCTION funds.require_balanced() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF (SELECT count(*) FROM funds.ledger_line l WHERE l.county_code = NEW.county_code AND l.transaction_id = NEW.id) <> NEW.line_count THEN
    RAISE EXCEPTION 'a ledger transaction without its lines' USING ERRCODE = 'check_violation', CONSTRAINT = 'ledger_lines_complete';
  END IF;
  IF EXISTS (SELECT 1 FROM funds.ledger_line l WHERE l.county_code = NEW.county_code AND l.transaction_id = NEW.id GROUP BY l.book_code, l.indicator_id HAVING sum(l.amount_fen) <> 0) THEN
    RAISE EXCEPTION 'a ledger transaction that does not balance' USING ERRCODE = 'check_violation', CONSTRAINT = 'ledger_balanced';
  END IF;
  IF NEW.reverses_id IS NOT NULL AND (
    NOT EXISTS (SELECT 1 FROM funds.ledger_transaction o WHERE o.county_code = NEW.county_code AND o.id = NEW.reverses_id AND o.reverses_id IS NULL AND o.line_count = NEW.line_count)
    OR EXISTS (
      SELECT l.line_number, l.book_code, l.account_code, l.indicator_id, l.fund_code, l.fiscal_year, l.plan_id, l.project_id, l.household_id, -l.amount_fen FROM funds.ledger_line l WHERE l.county_code = NEW.county_code AND l.transaction_id = NEW.reverses_id
      EXCEPT
      SELECT l.line_number, l.book_code, l.account_code, l.indicator_id, l.fund_code, l.fiscal_year, l.plan_id, l.project_id, l.household_id, l.amount_fen FROM funds.ledger_line l WHERE l.county_code = NEW.county_code AND l.transaction_id = NEW.id)
  ) THEN
    RAISE EXCEPTION 'a reversal mirrors one posting line by line' USING ERRCODE = 'check_violation', CONSTRAINT = 'ledger_reversal_mirrors';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER ledger_transaction_balanced AFTER INSERT ON funds.ledger_transaction DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION funds.require_balanced();

-- Not even the owner changes what was posted without first removing this.
CREATE FUNCTION funds.refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'the ledger is append-only: post a reversal' USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE TRIGGER ledger_transaction_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON funds.ledger_transaction FOR EACH STATEMENT EXECUTE FUNCTION funds.refuse_change();
CREATE TRIGGER ledger_line_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON funds.ledger_line FOR EACH STATEMENT EXECUTE FUNCTION funds.refuse_change();

-- What the postings say against what the projections say, on one picture of the data; empty when all is well.
CREATE FUNCTION funds.balance_differences() RETURNS TABLE (county_code text, projection text, subject_id uuid, account_code text, posted_fen bigint, kept_fen bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT left(book_code, 6) || '000000', 'indicator', indicator_id, account_code, posted, kept FROM (
    SELECT book_code, indicator_id, account_code, coalesce(p.amount, 0)::bigint AS posted, coalesce(b.amount_fen, 0) AS kept
    FROM (SELECT book_code, indicator_id, account_code, fund_code, fiscal_year, sum(amount_fen) AS amount FROM funds.ledger_line GROUP BY 1, 2, 3, 4, 5) p
    FULL JOIN funds.balance b USING (book_code, indicator_id, account_code, fund_code, fiscal_year)) d WHERE posted <> kept
  UNION ALL
  SELECT left(book_code, 6) || '000000', subject_kind, subject_id, account_code, posted, kept FROM (
    SELECT book_code, subject_kind, subject_id, account_code, coalesce(p.amount, 0)::bigint AS posted, coalesce(b.amount_fen, 0) AS kept
    FROM (SELECT s.kind AS subject_kind, s.id AS subject_id, l.account_code, l.book_code, l.fund_code, l.fiscal_year, sum(l.amount_fen) AS amount
          FROM funds.ledger_line l CROSS JOIN LATERAL (VALUES ('plan', l.plan_id), ('project', l.project_id), ('household', l.household_id)) AS s (kind, id)
          WHERE s.id IS NOT NULL GROUP BY 1, 2, 3, 4, 5, 6) p
    FULL JOIN funds.subject_balance b USING (subject_kind, subject_id, account_code, book_code, fund_code, fiscal_year)) d WHERE posted <> kept
  UNION ALL
  SELECT left(min(book_code), 6) || '000000', 'unbalanced', indicator_id, '', sum(amount_fen)::bigint, 0 FROM funds.ledger_line GROUP BY indicator_id HAVING sum(amount_fen) <> 0
$$;
REVOKE ALL ON FUNCTION funds.balance_differences() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION funds.balance_differences() TO app_role;

CREATE TABLE funds.ledger_alarm (
  county_code platform.region_code NOT NULL,
  id uuid NOT NULL,
  differences integer NOT NULL CHECK (differences > 0),
  opened_at timestamptz NOT NULL DEFAULT now(),
  seen_at timestamptz NOT NULL DEFAULT now(),
  gone_at timestamptz,
  settled_at timestamptz,
  settled_by uuid,
  settled_by_name text,
  cause text,
  PRIMARY KEY (county_code, id),
  -- a person says what it was, after the balances agree again
  CHECK ((settled_at IS NULL) = (settled_by IS NULL) AND (settled_at IS NULL) = (cause IS NULL) AND (settled_at IS NULL OR gone_at IS NOT NULL))
);
COMMENT ON TABLE funds.ledger_alarm IS 'Balances of a county that did not agree with their postings: a task for finance and operations until one of them has said why.';
CREATE UNIQUE INDEX ledger_alarm_open ON funds.ledger_alarm (county_code) WHERE settled_at IS NULL;
CREATE INDEX ledger_alarm_id ON funds.ledger_alarm (id);

CREATE FUNCTION funds.rebuild_balances() RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  LOCK TABLE funds.ledger_line IN SHARE MODE;
  DELETE FROM funds.balance;
  DELETE FROM funds.subject_balance;
  INSERT INTO funds.balance (county_code, book_code, indicator_id, account_code, fund_code, fiscal_year, amount_fen)
  SELECT left(book_code, 6) || '000000', book_code, indicator_id, account_code, fund_code, fiscal_year, sum(amount_fen) FROM funds.ledger_line GROUP BY book_code, indicator_id, account_code, fund_code, fiscal_year;
  INSERT INTO funds.subject_balance (county_code, subject_kind, subject_id, account_code, book_code, fund_code, fiscal_year, amount_fen)
  SELECT left(l.book_code, 6) || '000000', s.kind, s.id, l.account_code, l.book_code, l.fund_code, l.fiscal_year, sum(l.amount_fen)
  FROM funds.ledger_line l CROSS JOIN LATERAL (VALUES ('plan', l.plan_id), ('project', l.project_id), ('household', l.household_id)) AS s (kind, id)
  WHERE s.id IS NOT NULL GROUP BY l.book_code, s.kind, s.id, l.account_code, l.fund_code, l.fiscal_year;
END $$;
REVOKE ALL ON FUNCTION funds.rebuild_balances() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION funds.rebuild_balances() TO app_role;

ALTER TABLE funds.ledger_transaction ENABLE ROW LEVEL SECURITY;
CREATE POLICY ledger_transaction_read ON funds.ledger_transaction FOR SELECT TO app_role
  USING ((book_code >= (SELECT platform.region_from()) AND book_code < (SELECT platform.region_to()))
      OR (other_book_code >= (SELECT platform.region_from()) AND other_book_code < (SELECT platform.region_to())));
CREATE POLICY ledger_transaction_insert ON funds.ledger_transaction FOR INSERT TO app_role
  WITH CHECK (posted_by = platform.actor_id() AND book_code >= (SELECT platform.region_from()) AND book_code < (SELECT platform.region_to()));
-- xact_id and posted_at are not for the application to choose; nothing grants UPDATE, DELETE or TRUNCATE.
GRANT SELECT, INSERT (county_code, id, book_code, other_book_code, kind, business_key, day, line_count, total_fen, summary, reason, reverses_id, posted_by, posted_by_name) ON funds.ledger_transaction TO app_role;

ALTER TABLE funds.ledger_alarm ENABLE ROW LEVEL SECURITY;
CREATE POLICY ledger_alarm_region ON funds.ledger_alarm TO app_role USING (county_code >= (SELECT platform.region_from()) AND county_code < (SELECT platform.region_to()));
GRANT SELECT, INSERT (county_code, id, differences), UPDATE (differences, seen_at, gone_at, settled_at, settled_by, settled_by_name, cause) ON funds.ledger_alarm TO app_role;

ALTER TABLE funds.ledger_line ENABLE ROW LEVEL SECURITY;
CREATE POLICY ledger_line_read ON funds.ledger_line FOR SELECT TO app_role
  USING (book_code >= (SELECT platform.region_from()) AND book_code < (SELECT platform.region_to()));
CREATE POLICY ledger_line_insert ON funds.ledger_line FOR INSERT TO app_role
  WITH CHECK (book_code >= (SELECT platform.region_from()) AND book_code < (SELECT platform.region_to()));
GRANT SELECT, INSERT ON funds.ledger_line TO app_role;

ALTER TABLE funds.balance ENABLE ROW LEVEL SECURITY;
CREATE POLICY balance_read ON funds.balance FOR SELECT TO app_role
  USING (book_code >= (SELECT platform.region_from()) AND book_code < (SELECT platform.region_to()));
GRANT SELECT ON funds.balance TO app_role;
ALTER TABLE funds.subject_balance ENABLE ROW LEVEL SECURITY;
CREATE POLICY subject_balance_read ON funds.subject_balance FOR SELECT TO app_role
  USING (book_code >= (SELECT platform.region_from()) AND book_code < (SELECT platform.region_to()));
GRANT SELECT ON funds.subject_balance TO app_role;
