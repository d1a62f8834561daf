-- Members certified as disabled lately for the first time. A certificate that renews an older one is no news.
WITH certified AS (
  SELECT p.person_id, p.person_key, p.household_id, p.county_code, p.region_code, s.delivery_id, s.source_row, s.issued_on, s.disability_level, s.state,
         row_number() OVER (PARTITION BY p.person_id ORDER BY s.issued_on DESC, CASE WHEN s.state = 'valid' THEN 1 ELSE 0 END, s.delivery_id, s.source_row) AS last_copy,
         min(s.issued_on) OVER (PARTITION BY p.person_id) AS first_on
  FROM dataset_disability AS s
  JOIN persons AS p ON p.person_key = s.person_key
  CROSS JOIN run_context AS c
  WHERE s.issued_on <= c.as_of
),
allowance AS (
  SELECT e.person_key, e.valid_from AS since FROM enrolments AS e WHERE e.programme_code IN ('disability-living', 'disability-care')
  UNION
  SELECT b.person_key, month_start(b.from_month) FROM dataset_benefit AS b WHERE b.programme_code IN ('disability-living', 'disability-care')
)
SELECT t.person_id AS subject_id, t.household_id, t.person_id, t.county_code, t.region_code, '' AS period,
       'disability' AS dataset, t.delivery_id, t.source_row, 'newly-certified' AS fact, t.issued_on AS observed_on,
       CAST(NULL AS BIGINT) AS amount_fen, CAST(t.disability_level AS VARCHAR) AS detail
FROM certified AS t
JOIN parameters AS r ON r.county_code = t.county_code
CROSS JOIN run_context AS c
WHERE t.last_copy = 1 AND t.state = 'valid'
  AND CAST(c.as_of - t.first_on AS BIGINT) <= r.recent_days
  AND t.disability_level BETWEEN 1 AND r.up_to_level
  -- an allowance before the certificate shows an older one that the list no longer holds; one since shows that help came
  AND NOT EXISTS (SELECT 1 FROM allowance AS k WHERE k.person_key = t.person_key AND k.since <= c.as_of)
  AND NOT EXISTS (
    SELECT 1 FROM dataset_payout AS o
    WHERE o.payee_key = t.person_key AND o.programme_code IN ('disability-living', 'disability-care') AND coalesce(o.result, 'paid') = 'paid' AND o.paid_on <= c.as_of)
  AND NOT EXISTS (SELECT 1 FROM dataset_death AS d WHERE d.person_key = t.person_key AND d.died_on <= c.as_of)
