WITH counted AS (
  SELECT tender_id, sum(CASE WHEN NOT is_valid THEN 1 ELSE 0 END) AS outs, sum(CASE WHEN is_valid AND NOT is_winner THEN 1 ELSE 0 END) AS left_in, max(CASE WHEN is_winner THEN amount_fen END) AS amount_fen
  FROM bids GROUP BY tender_id
),
watched AS (SELECT t.*, n.amount_fen, CAST(n.outs AS BIGINT) AS outs FROM tenders AS t JOIN counted AS n ON n.tender_id = t.tender_id WHERE n.left_in = 0 AND n.amount_fen IS NOT NULL)
SELECT t.project_id AS subject_id, CAST(NULL AS UUID) AS household_id, CAST(NULL AS UUID) AS person_id, t.county_code, t.region_code, '' AS period,
       'registry' AS dataset, CAST(NULL AS UUID) AS delivery_id, CAST(NULL AS BIGINT) AS source_row,
       'all-out' AS fact, t.published_on AS observed_on, t.amount_fen AS amount_fen, t.number AS detail
FROM watched AS t
JOIN parameters AS r ON r.county_code = t.county_code
CROSS JOIN run_context AS c
WHERE t.outs >= r.least_out
