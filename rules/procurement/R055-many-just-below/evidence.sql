-- The finding is about the project of the earliest contract of the group; a township is nine digits of its code.
WITH near AS (
  SELECT k.*, substr(k.region_code, 1, 9) AS town, r.within_days, r.least_awards
  FROM contracts AS k
  JOIN parameters AS r ON r.county_code = k.county_code
  WHERE k.method_code = 'direct' AND k.signed_fen < r.threshold_fen AND k.signed_fen * 100 >= r.threshold_fen * r.near_percent
),
heads AS (
  SELECT a.contract_id AS head_id, a.project_id, a.town, a.signed_on
  FROM near AS a
  JOIN near AS b ON b.town = a.town AND b.signed_on >= a.signed_on AND CAST(b.signed_on - a.signed_on AS BIGINT) <= a.within_days
  WHERE NOT EXISTS (SELECT 1 FROM near AS e WHERE e.town = a.town AND e.contract_id <> a.contract_id
    AND (e.signed_on < a.signed_on OR (e.signed_on = a.signed_on AND e.contract_id < a.contract_id)) AND CAST(a.signed_on - e.signed_on AS BIGINT) <= a.within_days)
  GROUP BY a.contract_id, a.project_id, a.town, a.signed_on, a.least_awards
  HAVING count(*) >= a.least_awards
)
SELECT h.project_id AS subject_id, CAST(NULL AS UUID) AS household_id, CAST(NULL AS UUID) AS person_id, b.county_code, b.region_code, '' AS period,
       'registry' AS dataset, CAST(NULL AS UUID) AS delivery_id, CAST(NULL AS BIGINT) AS source_row,
       'near' AS fact, b.signed_on AS observed_on, b.signed_fen AS amount_fen, b.number AS detail
FROM heads AS h
JOIN near AS b ON b.town = h.town AND b.signed_on >= h.signed_on AND CAST(b.signed_on - h.signed_on AS BIGINT) <= b.within_days
