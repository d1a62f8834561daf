SELECT s.household_id AS subject_id, s.household_id AS household_id, CAST(NULL AS UUID) AS person_id, s.county_code, s.region_code, '' AS period,
       'registry' AS dataset, CAST(NULL AS UUID) AS delivery_id, CAST(NULL AS BIGINT) AS source_row,
       'less' AS fact, s.answered_on AS observed_on, s.amount_fen - s.answered_fen AS amount_fen, s.asset_number AS detail
FROM income_shares AS s
JOIN parameters AS r ON r.county_code = s.county_code
CROSS JOIN run_context AS c
WHERE s.amount_fen - s.answered_fen >= r.from_fen
