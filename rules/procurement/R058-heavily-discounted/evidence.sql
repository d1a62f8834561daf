SELECT t.project_id AS subject_id, CAST(NULL AS UUID) AS household_id, CAST(NULL AS UUID) AS person_id, t.county_code, t.region_code, '' AS period,
       'registry' AS dataset, CAST(NULL AS UUID) AS delivery_id, CAST(NULL AS BIGINT) AS source_row,
       'low' AS fact, t.awarded_on AS observed_on, b.amount_fen AS amount_fen, t.number AS detail
FROM tenders AS t
JOIN bids AS b ON b.tender_id = t.tender_id AND b.is_winner
JOIN parameters AS r ON r.county_code = t.county_code
WHERE t.awarded_on IS NOT NULL AND t.estimate_fen > 0 AND b.amount_fen * 100 <= t.estimate_fen * (100 - r.percent)
