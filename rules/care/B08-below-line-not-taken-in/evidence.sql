-- Households whose recorded income a head lies below the monitoring line and whom nobody takes care of: neither monitored,
-- nor taken in by a procedure, nor on a subsistence roll.
WITH on_roll AS (
  SELECT e.household_id FROM enrolments AS e CROSS JOIN run_context AS c
  WHERE e.programme_code IN ('subsistence-rural', 'subsistence-urban', 'destitute-support')
    AND e.valid_from <= c.as_of AND (e.valid_to IS NULL OR e.valid_to >= c.as_of)
  UNION
  SELECT p.household_id FROM dataset_benefit AS b JOIN persons AS p ON p.person_key = b.person_key CROSS JOIN run_context AS c
  WHERE b.programme_code IN ('subsistence-rural', 'subsistence-urban', 'destitute-support')
    AND b.from_month <= month_of(c.as_of) AND (b.to_month IS NULL OR b.to_month >= month_of(c.as_of))
)
SELECT h.household_id AS subject_id, h.household_id, CAST(NULL AS UUID) AS person_id, h.county_code, h.region_code, '' AS period,
       'registry' AS dataset, CAST(NULL AS UUID) AS delivery_id, CAST(NULL AS BIGINT) AS source_row,
       'below-monitoring-line' AS fact, date_of(h.income_year, 12, 31) AS observed_on, h.income_per_capita_fen AS amount_fen,
       CAST(h.income_year AS VARCHAR) AS detail
FROM households AS h
JOIN parameters AS r ON r.county_code = h.county_code
JOIN policy_lines AS l ON l.county_code = h.county_code AND l.line_code = 'monitoring-year'
CROSS JOIN run_context AS c
WHERE l.valid_from <= c.as_of AND (l.valid_to IS NULL OR l.valid_to >= c.as_of)
  AND h.status_code IN ('lifted', 'ordinary')
  AND h.income_per_capita_fen < l.amount_fen
  AND h.income_year >= year_of(c.as_of) - r.income_not_older_than_years
  AND NOT EXISTS (SELECT 1 FROM on_roll AS g WHERE g.household_id = h.household_id)
  AND NOT EXISTS (SELECT 1 FROM identified_households AS i WHERE i.household_id = h.household_id)
