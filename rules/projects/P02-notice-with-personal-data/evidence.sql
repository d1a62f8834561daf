SELECT n.notice_id AS subject_id, CAST(NULL AS UUID) AS household_id, CAST(NULL AS UUID) AS person_id, n.county_code, n.region_code, '' AS period,
       'registry' AS dataset, CAST(NULL AS UUID) AS delivery_id, CAST(NULL AS BIGINT) AS source_row,
       n.leak_kind AS fact, n.starts_on AS observed_on, CAST(NULL AS BIGINT) AS amount_fen, n.number AS detail
FROM leaking_notices AS n
JOIN parameters AS r ON r.county_code = n.county_code
CROSS JOIN run_context AS c
WHERE n.starts_on <= c.as_of AND n.ends_on >= c.as_of AND (n.leak_kind <> 'illness' OR r.include_illness)
