SELECT m.project_id AS subject_id, CAST(NULL AS UUID) AS household_id, CAST(NULL AS UUID) AS person_id, m.county_code, m.region_code, '' AS period,
       'registry' AS dataset, CAST(NULL AS UUID) AS delivery_id, CAST(NULL AS BIGINT) AS source_row,
       'overdue' AS fact, m.due_on AS observed_on, m.amount_fen AS amount_fen, m.number AS detail
FROM contract_milestones AS m
JOIN parameters AS r ON r.county_code = m.county_code
CROSS JOIN run_context AS c
WHERE m.met_on IS NULL AND CAST(c.as_of - m.due_on AS BIGINT) > r.after_days
