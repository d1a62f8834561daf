WITH doubts AS (
  SELECT x.asset_id, x.county_code, x.region_code, 'not-collected' AS fact, x.due_on AS seen_on, x.amount_fen, x.number AS paper FROM rents AS x WHERE x.received_fen = 0
  UNION ALL
  SELECT n.asset_id, n.county_code, n.region_code, 'not-shared', n.received_on, n.amount_fen, n.receipt_number FROM asset_incomes AS n WHERE n.distributed_on IS NULL
)
SELECT x.asset_id AS subject_id, CAST(NULL AS UUID) AS household_id, CAST(NULL AS UUID) AS person_id, x.county_code, x.region_code, '' AS period,
       'registry' AS dataset, CAST(NULL AS UUID) AS delivery_id, CAST(NULL AS BIGINT) AS source_row,
       x.fact AS fact, x.seen_on AS observed_on, x.amount_fen AS amount_fen, x.paper AS detail
FROM doubts AS x
JOIN parameters AS r ON r.county_code = x.county_code
CROSS JOIN run_context AS c
WHERE CAST(c.as_of - x.seen_on AS BIGINT) > CASE WHEN x.fact = 'not-collected' THEN r.overdue_days ELSE r.share_days END
