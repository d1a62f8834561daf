WITH prices AS (SELECT tender_id, min(amount_fen) AS lowest_fen, min(CASE WHEN NOT is_valid THEN amount_fen END) AS lowest_out_fen, max(CASE WHEN is_winner THEN amount_fen END) AS amount_fen FROM bids GROUP BY tender_id),
watched AS (SELECT t.*, x.amount_fen, x.lowest_fen FROM tenders AS t JOIN prices AS x ON x.tender_id = t.tender_id WHERE t.price_only AND x.lowest_out_fen = x.lowest_fen AND x.amount_fen IS NOT NULL)
SELECT t.project_id AS subject_id, CAST(NULL AS UUID) AS household_id, CAST(NULL AS UUID) AS person_id, t.county_code, t.region_code, '' AS period,
       'registry' AS dataset, CAST(NULL AS UUID) AS delivery_id, CAST(NULL AS BIGINT) AS source_row,
       'lowest-out' AS fact, t.published_on AS observed_on, t.amount_fen AS amount_fen, t.number AS detail
FROM watched AS t
JOIN parameters AS r ON r.county_code = t.county_code
CROSS JOIN run_context AS c
WHERE t.amount_fen * 100 >= t.lowest_fen * (100 + r.gap_percent)
