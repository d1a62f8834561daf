-- Money that arrived and was not passed on or planned, and money that nobody confirmed after the deadline. What lies for
-- longer than the idle limit is the matter of F08; income of assets, of F19.
WITH waiting AS (
  SELECT i.indicator_id, i.county_code, i.region_code, i.document_number, i.held_since AS since, i.available_fen AS amount_fen,
         CAST(c.as_of - i.held_since AS BIGINT) AS days, r.orange_days, r.red_days, r.yellow_days,
         CASE WHEN CAST(c.as_of - i.held_since AS BIGINT) > r.idle_days THEN TRUE ELSE FALSE END AS is_idle
  FROM fund_indicators AS i
  JOIN parameters AS r ON r.county_code = i.county_code
  CROSS JOIN run_context AS c
  WHERE i.held_since IS NOT NULL AND i.available_fen > 0 AND coalesce(i.fund_source, '') <> 'village'
),
unconfirmed AS (
  SELECT i.indicator_id, i.county_code, i.region_code, i.document_number, i.issued_on AS since, i.in_transit_fen AS amount_fen
  FROM fund_indicators AS i
  JOIN parameters AS r ON r.county_code = i.county_code
  CROSS JOIN run_context AS c
  WHERE i.held_since IS NULL AND i.in_transit_fen > 0 AND c.as_of > i.expected_on
)
SELECT indicator_id AS subject_id, CAST(NULL AS UUID) AS household_id, CAST(NULL AS UUID) AS person_id, county_code, region_code, '' AS period,
       'registry' AS dataset, CAST(NULL AS UUID) AS delivery_id, CAST(NULL AS BIGINT) AS source_row,
       CASE WHEN days > red_days THEN 'waiting-long' WHEN days > orange_days THEN 'waiting-longer' ELSE 'waiting' END AS fact,
       since AS observed_on, amount_fen, document_number AS detail
FROM waiting WHERE days > yellow_days AND NOT is_idle
UNION ALL
SELECT indicator_id, CAST(NULL AS UUID), CAST(NULL AS UUID), county_code, region_code, '', 'registry', CAST(NULL AS UUID), CAST(NULL AS BIGINT),
       'unconfirmed', since, amount_fen, document_number
FROM unconfirmed
