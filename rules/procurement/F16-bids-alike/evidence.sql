WITH alike AS (
  SELECT b.tender_id, b.amount_fen, 'same-price' AS fact, count(*) OVER (PARTITION BY b.tender_id, b.amount_fen) AS how_many, b.bid_id FROM bids AS b
  UNION ALL
  SELECT b.tender_id, b.amount_fen, 'same-origin', count(*) OVER (PARTITION BY b.tender_id, b.origin_key), b.bid_id FROM bids AS b WHERE b.origin_key IS NOT NULL
  UNION ALL
  SELECT b.tender_id, b.amount_fen, 'same-person', count(*) OVER (PARTITION BY b.tender_id, b.representative_key), b.bid_id FROM bids AS b WHERE b.representative_key IS NOT NULL
),
placed AS (SELECT t.project_id, t.county_code, t.region_code, t.number, t.published_on, a.fact, a.amount_fen, a.how_many FROM alike AS a JOIN tenders AS t ON t.tender_id = a.tender_id)
SELECT x.project_id AS subject_id, CAST(NULL AS UUID) AS household_id, CAST(NULL AS UUID) AS person_id, x.county_code, x.region_code, '' AS period,
       'registry' AS dataset, CAST(NULL AS UUID) AS delivery_id, CAST(NULL AS BIGINT) AS source_row,
       x.fact AS fact, x.published_on AS observed_on, x.amount_fen AS amount_fen, x.number AS detail
FROM placed AS x
JOIN parameters AS r ON r.county_code = x.county_code
CROSS JOIN run_context AS c
WHERE x.how_many >= r.least
