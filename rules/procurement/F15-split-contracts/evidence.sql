-- The finding is about the project of the earliest contract of the group.
WITH direct AS (SELECT * FROM contracts WHERE method_code = 'direct'),
heads AS (
  SELECT a.contract_id AS head_id, a.project_id, a.county_code, a.region_code, a.vendor_id, a.signed_on, sum(b.signed_fen) AS total_fen, count(*) AS parts
  FROM direct AS a
  JOIN parameters AS r ON r.county_code = a.county_code
  JOIN direct AS b ON b.vendor_id = a.vendor_id AND b.region_code = a.region_code AND b.signed_on >= a.signed_on AND CAST(b.signed_on - a.signed_on AS BIGINT) <= r.within_days
  WHERE NOT EXISTS (SELECT 1 FROM direct AS e WHERE e.vendor_id = a.vendor_id AND e.region_code = a.region_code AND e.contract_id <> a.contract_id
    AND (e.signed_on < a.signed_on OR (e.signed_on = a.signed_on AND e.contract_id < a.contract_id)) AND CAST(a.signed_on - e.signed_on AS BIGINT) <= r.within_days)
  GROUP BY a.contract_id, a.project_id, a.county_code, a.region_code, a.vendor_id, a.signed_on
)
SELECT h.project_id AS subject_id, CAST(NULL AS UUID) AS household_id, CAST(NULL AS UUID) AS person_id, h.county_code, h.region_code, '' AS period,
       'registry' AS dataset, CAST(NULL AS UUID) AS delivery_id, CAST(NULL AS BIGINT) AS source_row,
       'part' AS fact, b.signed_on AS observed_on, b.signed_fen AS amount_fen, b.number AS detail
FROM heads AS h
JOIN parameters AS r ON r.county_code = h.county_code
JOIN direct AS b ON b.vendor_id = h.vendor_id AND b.region_code = h.region_code AND b.signed_on >= h.signed_on AND CAST(b.signed_on - h.signed_on AS BIGINT) <= r.within_days
WHERE h.parts > 1 AND h.total_fen >= r.threshold_fen
