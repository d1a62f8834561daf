-- Money that has lain for more than a year: neither passed on nor paid. Planned and unpaid money lies idle as well.
SELECT i.indicator_id AS subject_id, CAST(NULL AS UUID) AS household_id, CAST(NULL AS UUID) AS person_id, i.county_code, i.region_code, '' AS period,
       'registry' AS dataset, CAST(NULL AS UUID) AS delivery_id, CAST(NULL AS BIGINT) AS source_row,
       CASE WHEN CAST(c.as_of - i.held_since AS BIGINT) > r.red_days THEN 'idle-two-years' ELSE 'idle' END AS fact,
       i.held_since AS observed_on, i.available_fen + i.planned_fen AS amount_fen, i.document_number AS detail
FROM fund_indicators AS i
JOIN parameters AS r ON r.county_code = i.county_code
CROSS JOIN run_context AS c
WHERE i.held_since IS NOT NULL AND i.available_fen + i.planned_fen > 0 AND CAST(c.as_of - i.held_since AS BIGINT) > r.orange_days
