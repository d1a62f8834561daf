-- Severely disabled members with a valid certificate for whom no care allowance is known.
WITH certified AS (
  SELECT p.person_id, p.person_key, p.household_id, p.county_code, p.region_code, s.delivery_id, s.source_row, s.issued_on,
         s.disability_level, r.exempt_destitute, r.recent_months,
         row_number() OVER (PARTITION BY p.person_id ORDER BY s.issued_on DESC, s.delivery_id, s.source_row) AS copy
  FROM dataset_disability AS s
  JOIN persons AS p ON p.person_key = s.person_key
  JOIN parameters AS r ON r.county_code = p.county_code
  CROSS JOIN run_context AS c
  WHERE s.state = 'valid'
    AND s.disability_level BETWEEN 1 AND r.up_to_level
    AND s.issued_on <= add_months(c.as_of, -r.wait_months)
),
receiving AS (
  SELECT e.person_key, e.programme_code FROM enrolments AS e CROSS JOIN run_context AS c
  WHERE e.valid_from <= c.as_of AND (e.valid_to IS NULL OR e.valid_to >= c.as_of)
  UNION
  SELECT b.person_key, b.programme_code FROM dataset_benefit AS b CROSS JOIN run_context AS c
  WHERE b.from_month <= month_of(c.as_of) AND (b.to_month IS NULL OR b.to_month >= month_of(c.as_of))
)
SELECT t.person_id AS subject_id, t.household_id, t.person_id, t.county_code, t.region_code,
       '' AS period, 'disability' AS dataset, t.delivery_id, t.source_row, 'severe-without-allowance' AS fact,
       t.issued_on AS observed_on, CAST(NULL AS BIGINT) AS amount_fen, CAST(t.disability_level AS VARCHAR) AS detail
FROM certified AS t
CROSS JOIN run_context AS c
WHERE t.copy = 1
  AND NOT EXISTS (
    SELECT 1 FROM receiving AS g
    WHERE g.person_key = t.person_key
      AND (g.programme_code = 'disability-care' OR (t.exempt_destitute AND g.programme_code = 'destitute-support')))
  AND NOT EXISTS (
    SELECT 1 FROM dataset_payout AS o
    WHERE o.payee_key = t.person_key AND o.programme_code = 'disability-care' AND coalesce(o.result, 'paid') = 'paid'
      AND o.pay_month > month_of(add_months(c.as_of, -t.recent_months)))
  AND NOT EXISTS (SELECT 1 FROM dataset_death AS d WHERE d.person_key = t.person_key AND d.died_on <= c.as_of)
