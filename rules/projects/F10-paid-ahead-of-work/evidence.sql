-- An advance before the start is agreed by law: compared from thirty days after the start on.
WITH shares AS (
  SELECT p.project_id, p.county_code, p.region_code, p.number, p.paid_fen, p.physical_percent, p.started_on,
         CAST(p.paid_fen * 100 / CASE WHEN p.contract_fen > 0 THEN p.contract_fen ELSE p.budget_fen END AS BIGINT) AS paid_percent
  FROM projects AS p WHERE p.started_on IS NOT NULL AND p.state_code <> 'cancelled'
)
SELECT s.project_id AS subject_id, CAST(NULL AS UUID) AS household_id, CAST(NULL AS UUID) AS person_id, s.county_code, s.region_code, '' AS period,
       'registry' AS dataset, CAST(NULL AS UUID) AS delivery_id, CAST(NULL AS BIGINT) AS source_row,
       CASE WHEN s.paid_percent - s.physical_percent > r.red_points THEN 'far-ahead' ELSE 'ahead' END AS fact, c.as_of AS observed_on, s.paid_fen AS amount_fen, s.number AS detail
FROM shares AS s
JOIN parameters AS r ON r.county_code = s.county_code
CROSS JOIN run_context AS c
WHERE s.paid_percent - s.physical_percent > r.points AND CAST(c.as_of - s.started_on AS BIGINT) > 30
