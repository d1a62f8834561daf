-- Households being helped that live in a house whose last assessment says C or D.
WITH assessed AS (
  SELECT p.household_id, p.county_code, p.region_code, h.status_code, s.delivery_id, s.source_row, s.assessed_on, s.grade, s.use_state,
         row_number() OVER (PARTITION BY p.household_id ORDER BY s.assessed_on DESC, CASE WHEN s.use_state = 'lived-in' THEN 1 ELSE 0 END, s.delivery_id, s.source_row) AS copy
  FROM dataset_house_safety AS s
  JOIN persons AS p ON p.person_key = s.person_key
  JOIN households AS h ON h.household_id = p.household_id
  CROSS JOIN run_context AS c
  WHERE s.assessed_on <= c.as_of
)
SELECT a.household_id AS subject_id, a.household_id, CAST(NULL AS UUID) AS person_id, a.county_code, a.region_code, '' AS period,
       'house-safety' AS dataset, a.delivery_id, a.source_row, 'lives-in-unsafe-house' AS fact, a.assessed_on AS observed_on,
       CAST(NULL AS BIGINT) AS amount_fen, upper(a.grade) AS detail
FROM assessed AS a
JOIN parameters AS r ON r.county_code = a.county_code
CROSS JOIN run_context AS c
WHERE a.copy = 1
  AND a.grade IN ('c', 'd') AND a.use_state = 'lived-in'
  AND (a.status_code <> 'ordinary' OR r.every_household)
  AND CAST(c.as_of - a.assessed_on AS BIGINT) >= r.wait_days
