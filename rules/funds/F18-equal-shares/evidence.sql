SELECT s.indicator_id AS subject_id, CAST(NULL AS UUID) AS household_id, CAST(NULL AS UUID) AS person_id, s.county_code, s.region_code, '' AS period,
       'registry' AS dataset, CAST(NULL AS UUID) AS delivery_id, CAST(NULL AS BIGINT) AS source_row,
       'equal' AS fact, s.last_paid_on AS observed_on, s.least_fen AS amount_fen, CAST(s.households AS VARCHAR) AS detail
FROM plan_shares AS s
JOIN parameters AS r ON r.county_code = s.county_code
WHERE position(',' || s.use_code || ',' IN ',' || r.uses || ',') > 0 AND s.households > r.more_than AND s.least_fen = s.most_fen
