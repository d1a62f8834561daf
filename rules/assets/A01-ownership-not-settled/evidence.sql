SELECT a.asset_id AS subject_id, CAST(NULL AS UUID) AS household_id, CAST(NULL AS UUID) AS person_id, a.county_code, a.region_code, '' AS period,
       'registry' AS dataset, CAST(NULL AS UUID) AS delivery_id, CAST(NULL AS BIGINT) AS source_row,
       'unowned' AS fact, a.formed_on AS observed_on, a.original_fen AS amount_fen, a.number AS detail
FROM assets AS a
JOIN parameters AS r ON r.county_code = a.county_code
CROSS JOIN run_context AS c
WHERE a.registered_on IS NULL AND a.state_code <> 'disposed' AND CAST(c.as_of - a.formed_on AS BIGINT) > r.after_days
