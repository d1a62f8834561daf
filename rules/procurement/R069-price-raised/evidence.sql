SELECT k.project_id AS subject_id, CAST(NULL AS UUID) AS household_id, CAST(NULL AS UUID) AS person_id, k.county_code, k.region_code, '' AS period,
       'registry' AS dataset, CAST(NULL AS UUID) AS delivery_id, CAST(NULL AS BIGINT) AS source_row,
       'raised' AS fact, k.signed_on AS observed_on, k.value_fen AS amount_fen, k.number AS detail
FROM contracts AS k
JOIN parameters AS r ON r.county_code = k.county_code
CROSS JOIN run_context AS c
WHERE k.value_fen * 100 > k.signed_fen * (100 + r.percent)
