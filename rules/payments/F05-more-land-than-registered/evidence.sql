-- Land and subsidies of all members together. The same parcel delivered twice is one parcel, of each list its latest delivery.
WITH paid AS (
  SELECT p.household_id, p.person_id, p.county_code, p.region_code, s.subsidy_year, s.area_thousandths, s.amount_fen, s.paid_on, s.delivery_id, s.source_row, r.percent,
         row_number() OVER (PARTITION BY p.person_id, s.parcel_code, s.subsidy_year ORDER BY s.paid_on DESC, s.delivery_id, s.source_row) AS copy
  FROM dataset_farmland_subsidy AS s
  JOIN persons AS p ON p.person_key = s.payee_key
  JOIN parameters AS r ON r.county_code = p.county_code
  CROSS JOIN run_context AS c
  WHERE s.paid_on <= c.as_of AND s.amount_fen > 0
),
own AS (
  SELECT household_id, sum(area_thousandths) AS area_thousandths
  FROM (SELECT p.household_id, f.parcel_code, max(f.area_thousandths) AS area_thousandths
    FROM dataset_farmland_right AS f JOIN persons AS p ON p.person_key = f.holder_key
    WHERE f.state = 'current' GROUP BY p.household_id, f.parcel_code) AS parcels
  GROUP BY household_id
),
yearly AS (
  SELECT household_id, subsidy_year, sum(area_thousandths) AS area_thousandths FROM paid WHERE copy = 1 GROUP BY household_id, subsidy_year
)
SELECT p.household_id AS subject_id, p.household_id, p.person_id, p.county_code, p.region_code, CAST(p.subsidy_year AS VARCHAR) AS period,
       'farmland-subsidy' AS dataset, p.delivery_id, p.source_row,
       CASE WHEN o.household_id IS NULL THEN 'without' ELSE 'above' END AS fact, p.paid_on AS observed_on, p.amount_fen, CAST(p.subsidy_year AS VARCHAR) AS detail
FROM paid AS p
JOIN yearly AS y ON y.household_id = p.household_id AND y.subsidy_year = p.subsidy_year
LEFT JOIN own AS o ON o.household_id = p.household_id
WHERE p.copy = 1 AND y.area_thousandths * 100 > coalesce(o.area_thousandths, 0) * p.percent
