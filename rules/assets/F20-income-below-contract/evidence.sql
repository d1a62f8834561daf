SELECT x.asset_id AS subject_id, CAST(NULL AS UUID) AS household_id, CAST(NULL AS UUID) AS person_id, x.county_code, x.region_code, '' AS period,
       'registry' AS dataset, CAST(NULL AS UUID) AS delivery_id, CAST(NULL AS BIGINT) AS source_row,
       'below' AS fact, x.due_on AS observed_on, x.amount_fen - x.received_fen AS amount_fen, x.number AS detail
FROM rents AS x
JOIN parameters AS r ON r.county_code = x.county_code
CROSS JOIN run_context AS c
WHERE x.received_fen > 0 AND x.received_fen * 100 < x.amount_fen * r.percent AND CAST(c.as_of - x.due_on AS BIGINT) > r.after_days
