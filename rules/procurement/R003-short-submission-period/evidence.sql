WITH watched AS (SELECT t.*, CAST(NULL AS BIGINT) AS amount_fen FROM tenders AS t WHERE t.method_code = 'open')
SELECT t.project_id AS subject_id, CAST(NULL AS UUID) AS household_id, CAST(NULL AS UUID) AS person_id, t.county_code, t.region_code, '' AS period,
       'registry' AS dataset, CAST(NULL AS UUID) AS delivery_id, CAST(NULL AS BIGINT) AS source_row,
       'short' AS fact, t.published_on AS observed_on, t.amount_fen AS amount_fen, t.number AS detail
FROM watched AS t
JOIN parameters AS r ON r.county_code = t.county_code
CROSS JOIN run_context AS c
WHERE CAST(t.due_on - t.published_on AS BIGINT) < r.least_days
