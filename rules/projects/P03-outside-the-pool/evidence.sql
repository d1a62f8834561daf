SELECT p.indicator_id AS subject_id, CAST(NULL AS UUID) AS household_id, CAST(NULL AS UUID) AS person_id, p.county_code, p.region_code, '' AS period,
       'registry' AS dataset, CAST(NULL AS UUID) AS delivery_id, CAST(NULL AS BIGINT) AS source_row,
       'unpooled' AS fact, p.planned_on AS observed_on, p.paid_fen AS amount_fen, CAST(NULL AS VARCHAR) AS detail
FROM fund_plans AS p
JOIN parameters AS r ON r.county_code = p.county_code
CROSS JOIN run_context AS c
WHERE p.kind_code = 'project' AND p.project_id IS NULL AND p.paid_fen >= r.from_fen
