WITH watched AS (SELECT t.*, b.amount_fen FROM tenders AS t JOIN bids AS b ON b.tender_id = t.tender_id WHERE b.is_winner AND b.is_late)
SELECT t.project_id AS subject_id, CAST(NULL AS UUID) AS household_id, CAST(NULL AS UUID) AS person_id, t.county_code, t.region_code, '' AS period,
       'registry' AS dataset, CAST(NULL AS UUID) AS delivery_id, CAST(NULL AS BIGINT) AS source_row,
       'late' AS fact, t.published_on AS observed_on, t.amount_fen AS amount_fen, t.number AS detail
FROM watched AS t
JOIN parameters AS r ON r.county_code = t.county_code
CROSS JOIN run_context AS c
WHERE t.amount_fen >= r.from_fen
