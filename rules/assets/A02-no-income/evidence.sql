WITH last_income AS (SELECT asset_id, max(received_on) AS last_on FROM asset_incomes GROUP BY asset_id),
watched AS (SELECT a.*, coalesce(i.last_on, a.formed_on) AS since FROM assets AS a LEFT JOIN last_income AS i ON i.asset_id = a.asset_id WHERE a.class_code = 'operating' AND a.state_code NOT IN ('disposed', 'idle'))
SELECT a.asset_id AS subject_id, CAST(NULL AS UUID) AS household_id, CAST(NULL AS UUID) AS person_id, a.county_code, a.region_code, '' AS period,
       'registry' AS dataset, CAST(NULL AS UUID) AS delivery_id, CAST(NULL AS BIGINT) AS source_row,
       'nothing' AS fact, a.since AS observed_on, a.original_fen AS amount_fen, a.number AS detail
FROM watched AS a
JOIN parameters AS r ON r.county_code = a.county_code
CROSS JOIN run_context AS c
WHERE add_months(a.since, r.months) < c.as_of
