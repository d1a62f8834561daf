WITH doubts AS (
  SELECT l.asset_id, 'cheap-lease' AS fact, l.start_on AS seen_on, l.yearly_fen AS amount_fen, l.yearly_fen AS price_fen, l.appraised_fen FROM leases AS l
  UNION ALL SELECT l.asset_id, 'no-vote', l.start_on, l.yearly_fen, CAST(0 AS BIGINT), CAST(0 AS BIGINT) FROM leases AS l WHERE NOT l.has_vote
  UNION ALL SELECT d.asset_id, 'cheap-disposal', d.disposed_on, d.price_fen, d.price_fen, d.appraised_fen FROM asset_disposals AS d
  UNION ALL SELECT d.asset_id, 'unpublished', d.disposed_on, d.price_fen, CAST(0 AS BIGINT), CAST(0 AS BIGINT) FROM asset_disposals AS d WHERE d.published_on IS NULL
),
placed AS (SELECT a.asset_id, a.county_code, a.region_code, a.number, x.fact, x.seen_on, x.amount_fen, x.price_fen, x.appraised_fen FROM doubts AS x JOIN assets AS a ON a.asset_id = x.asset_id)
SELECT x.asset_id AS subject_id, CAST(NULL AS UUID) AS household_id, CAST(NULL AS UUID) AS person_id, x.county_code, x.region_code, '' AS period,
       'registry' AS dataset, CAST(NULL AS UUID) AS delivery_id, CAST(NULL AS BIGINT) AS source_row,
       x.fact AS fact, x.seen_on AS observed_on, x.amount_fen AS amount_fen, x.number AS detail
FROM placed AS x
JOIN parameters AS r ON r.county_code = x.county_code
CROSS JOIN run_context AS c
WHERE x.fact IN ('no-vote', 'unpublished') OR x.price_fen * 100 < x.appraised_fen * r.percent
