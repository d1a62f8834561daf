SELECT k.project_id AS subject_id, CAST(NULL AS UUID) AS household_id, CAST(NULL AS UUID) AS person_id, k.county_code, k.region_code, '' AS period,
       'registry' AS dataset, CAST(NULL AS UUID) AS delivery_id, CAST(NULL AS BIGINT) AS source_row,
       'raised' AS fact, k.signed_on AS observed_on, k.value_fen AS amount_fen, k.number AS detail
FROM contracts AS k
JOIN parameters AS r ON r.county_code = k.county_code
WHERE k.method_code = 'direct' AND k.signed_fen < r.threshold_fen AND k.value_fen >= r.threshold_fen
