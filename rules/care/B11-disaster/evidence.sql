-- Households whose losses from recent disasters reach the line, or whose house fell or was badly damaged, without relief since.
WITH losses AS (
  SELECT p.household_id, p.county_code, p.region_code, s.delivery_id, s.source_row, s.happened_on, s.damage_class, s.loss_fen, r.loss_fen AS line_fen,
         row_number() OVER (PARTITION BY s.record_number, p.household_id ORDER BY s.happened_on DESC, s.delivery_id, s.source_row) AS copy
  FROM dataset_disaster AS s
  JOIN persons AS p ON p.person_key = s.person_key
  JOIN parameters AS r ON r.county_code = p.county_code
  CROSS JOIN run_context AS c
  WHERE s.happened_on <= c.as_of AND CAST(c.as_of - s.happened_on AS BIGINT) <= r.recent_days
),
hit AS (
  SELECT household_id, min(happened_on) AS first_on
  FROM losses WHERE copy = 1
  GROUP BY household_id
  HAVING sum(loss_fen) >= max(line_fen) OR sum(CASE WHEN damage_class IN ('house-collapsed', 'house-damaged') THEN 1 ELSE 0 END) > 0
),
relief AS (
  SELECT e.household_id, e.valid_from AS given_on FROM enrolments AS e WHERE e.programme_code = 'temporary-relief'
  UNION
  SELECT p.household_id, month_start(b.from_month) FROM dataset_benefit AS b JOIN persons AS p ON p.person_key = b.person_key
  WHERE b.programme_code = 'temporary-relief'
)
SELECT l.household_id AS subject_id, l.household_id, CAST(NULL AS UUID) AS person_id, l.county_code, l.region_code, '' AS period,
       'disaster' AS dataset, l.delivery_id, l.source_row,
       CASE WHEN l.damage_class IN ('house-collapsed', 'house-damaged') THEN 'house-hit' ELSE 'loss' END AS fact,
       l.happened_on AS observed_on, l.loss_fen AS amount_fen, CAST(NULL AS VARCHAR) AS detail
FROM losses AS l
JOIN hit AS t ON t.household_id = l.household_id
CROSS JOIN run_context AS c
WHERE l.copy = 1
  -- civil affairs says the month alone: relief of the month of the disaster counts
  AND NOT EXISTS (SELECT 1 FROM relief AS g WHERE g.household_id = t.household_id AND g.given_on >= month_start(month_of(t.first_on)) AND g.given_on <= c.as_of)
