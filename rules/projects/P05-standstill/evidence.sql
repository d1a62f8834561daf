WITH signed AS (SELECT project_id, min(signed_on) AS first_on FROM contracts GROUP BY project_id),
watched AS (
  SELECT p.project_id, p.county_code, p.region_code, p.number, p.state_code, CASE WHEN p.started_on IS NULL THEN s.first_on ELSE coalesce(p.progress_on, p.started_on) END AS since, p.started_on
  FROM projects AS p LEFT JOIN signed AS s ON s.project_id = p.project_id
  WHERE p.state_code IN ('approved', 'under-way') AND p.physical_percent < 100
)
SELECT w.project_id AS subject_id, CAST(NULL AS UUID) AS household_id, CAST(NULL AS UUID) AS person_id, w.county_code, w.region_code, '' AS period,
       'registry' AS dataset, CAST(NULL AS UUID) AS delivery_id, CAST(NULL AS BIGINT) AS source_row,
       CASE WHEN w.started_on IS NULL THEN 'not-begun' ELSE 'standing' END AS fact, w.since AS observed_on, CAST(NULL AS BIGINT) AS amount_fen, w.number AS detail
FROM watched AS w
JOIN parameters AS r ON r.county_code = w.county_code
CROSS JOIN run_context AS c
WHERE w.since IS NOT NULL AND CAST(c.as_of - w.since AS BIGINT) > r.after_days
