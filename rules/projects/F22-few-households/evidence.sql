SELECT p.project_id AS subject_id, CAST(NULL AS UUID) AS household_id, CAST(NULL AS UUID) AS person_id, p.county_code, p.region_code, '' AS period,
       'registry' AS dataset, CAST(NULL AS UUID) AS delivery_id, CAST(NULL AS BIGINT) AS source_row,
       'few' AS fact, p.approved_on AS observed_on, p.budget_fen AS amount_fen, p.number AS detail
FROM projects AS p
JOIN parameters AS r ON r.county_code = p.county_code
CROSS JOIN run_context AS c
WHERE p.category_code = 'industry' AND p.state_code <> 'cancelled' AND CAST(CASE WHEN p.households > p.linked_households THEN p.households ELSE p.linked_households END AS BIGINT) * 100000000 < p.budget_fen * r.per_million
