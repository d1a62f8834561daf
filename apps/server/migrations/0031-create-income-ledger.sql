-- Owner: modules/registries/households/income. A row of households.income is what one source says of one accounting year; its
-- items stand beneath it. Sources are never mixed: each keeps its own statement, side by side.
ALTER TABLE households.income
  ADD COLUMN medical_fen bigint NOT NULL DEFAULT 0,
  ADD COLUMN insurance_fen bigint NOT NULL DEFAULT 0,
  ADD COLUMN rank smallint NOT NULL DEFAULT 3,
  ADD COLUMN observed_on date,
  ADD COLUMN recorded_by uuid,
  ADD COLUMN recorded_by_name text,
  ADD COLUMN change_id uuid,
  ADD COLUMN superseded_by_change uuid;
COMMENT ON COLUMN households.income.medical_fen IS 'Medical cost borne by the household within the insured catalogue (合规自付支出).';
COMMENT ON COLUMN households.income.insurance_fen IS 'Insurance pay-outs received (理赔收入).';
COMMENT ON COLUMN households.income.rank IS 'Which source speaks first of a year: 1 before 2; the order of the region when it was recorded.';
COMMENT ON COLUMN households.income.per_capita_fen IS 'As stated by an imported file, else computed by the formula of the region.';

CREATE TABLE households.income_item (
  county_code platform.region_code NOT NULL,
  id uuid NOT NULL,
  income_id uuid NOT NULL,
  responsible_region_code platform.region_code NOT NULL,
  item_code text NOT NULL,
  amount_fen bigint NOT NULL CHECK (amount_fen >= 0),
  PRIMARY KEY (county_code, id)
);
CREATE INDEX income_item_income ON households.income_item (income_id);
ALTER TABLE households.income_item ENABLE ROW LEVEL SECURITY;
CREATE POLICY income_item_region ON households.income_item TO app_role USING (responsible_region_code >= (SELECT platform.region_from()) AND responsible_region_code < (SELECT platform.region_to()));
GRANT SELECT, INSERT ON households.income_item TO app_role;
