WITH counted AS (SELECT tender_id, count(*) AS bids, max(amount_fen) AS amount_fen FROM bids GROUP BY tender_id),
watched AS (SELECT t.*, n.amount_fen, CAST(n.bids AS BIGINT) AS bid_count FROM tenders AS t JOIN counted AS n ON n.tender_id = t.tender_id WHERE t.method_code <> 'direct' AND t.awarded_on IS NOT NULL)
SELECT t.project_id AS subject_id, CAST(NULL AS UUID) AS household_id, CAST(NULL AS UUID) AS person_id, t.county_code, t.region_code, '' AS period,
       'registry' AS dataset, CAST(NULL AS UUID) AS delivery_id, CAST(NULL AS BIGINT) AS source_row,
       'single' AS fact, t.published_on AS observed_on, t.amount_fen AS amount_fen, t.number AS detail
FROM watched AS t
JOIN parameters AS r ON r.county_code = t.county_code
CROSS JOIN run_context AS c
WHERE t.bid_count < r.least_bids
