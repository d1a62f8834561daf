-- A blank picture has no differences at all and tells nothing.
WITH shared AS (SELECT picture_key FROM project_pictures WHERE picture_key <> 0 GROUP BY picture_key HAVING count(DISTINCT project_id) > 1),
reused AS (
  SELECT x.project_id, x.county_code, x.region_code, p.number, min(x.added_on) AS added_on
  FROM project_pictures AS x JOIN shared AS s ON s.picture_key = x.picture_key JOIN projects AS p ON p.project_id = x.project_id
  GROUP BY x.project_id, x.county_code, x.region_code, p.number
)
SELECT x.project_id AS subject_id, CAST(NULL AS UUID) AS household_id, CAST(NULL AS UUID) AS person_id, x.county_code, x.region_code, '' AS period,
       'registry' AS dataset, CAST(NULL AS UUID) AS delivery_id, CAST(NULL AS BIGINT) AS source_row,
       'reused' AS fact, x.added_on AS observed_on, CAST(NULL AS BIGINT) AS amount_fen, x.number AS detail
FROM reused AS x
JOIN parameters AS r ON r.county_code = x.county_code
CROSS JOIN run_context AS c
WHERE r.least_bits > 0
