-- Who else was paid may be outside the registry; members of one household are one. Shares of a parcel may add up to its area.
WITH once AS (
  SELECT s.*, row_number() OVER (PARTITION BY s.payee_key, s.parcel_code, s.subsidy_year ORDER BY s.paid_on DESC, s.delivery_id, s.source_row) AS copy
  FROM dataset_farmland_subsidy AS s CROSS JOIN run_context AS c
  WHERE s.paid_on <= c.as_of AND s.amount_fen > 0
),
often AS (
  SELECT parcel_code, subsidy_year, sum(area_thousandths) AS area_thousandths FROM once WHERE copy = 1 GROUP BY parcel_code, subsidy_year HAVING count(*) > 1
),
paid AS (
  SELECT o.*, f.area_thousandths AS paid_thousandths, p.household_id, p.person_id, p.county_code, p.region_code
  FROM once AS o
  JOIN often AS f ON f.parcel_code = o.parcel_code AND f.subsidy_year = o.subsidy_year
  LEFT JOIN persons AS p ON p.person_key = o.payee_key
  WHERE o.copy = 1
),
parcels AS (
  SELECT parcel_code, max(area_thousandths) AS area_thousandths FROM dataset_farmland_right WHERE state = 'current' GROUP BY parcel_code
)
SELECT d.household_id AS subject_id, d.household_id, d.person_id, d.county_code, d.region_code, CAST(d.subsidy_year AS VARCHAR) AS period,
       'farmland-subsidy' AS dataset, d.delivery_id, d.source_row,
       'parcel' AS fact, d.paid_on AS observed_on, d.amount_fen, CAST(d.subsidy_year AS VARCHAR) AS detail
FROM paid AS d
JOIN parameters AS r ON r.county_code = d.county_code
LEFT JOIN parcels AS g ON g.parcel_code = d.parcel_code
WHERE d.household_id IS NOT NULL AND d.paid_thousandths * 100 > coalesce(g.area_thousandths, 0) * r.percent
  AND EXISTS (SELECT 1 FROM paid AS e WHERE e.parcel_code = d.parcel_code AND e.subsidy_year = d.subsidy_year AND e.payee_key <> d.payee_key AND (e.household_id IS NULL OR e.household_id <> d.household_id))
