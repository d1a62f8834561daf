-- One person on two rolls that exclude each other in the same month; a pair of a programme with itself means two counties.
WITH spells AS (
  SELECT b.person_key, b.programme_code, b.from_month, b.to_month, substr(coalesce(b.region_code, ''), 1, 6) AS county6,
         b.delivery_id, b.source_row, 'benefit' AS dataset, b.monthly_amount_fen
  FROM dataset_benefit AS b
  UNION ALL
  SELECT e.person_key, e.programme_code, month_of(e.valid_from), month_of(e.valid_to), substr(e.county_code, 1, 6),
         CAST(NULL AS UUID), CAST(NULL AS BIGINT), 'registry', CAST(NULL AS BIGINT)
  FROM enrolments AS e
  WHERE e.person_id IS NOT NULL
),
shared_months AS (
  SELECT p.person_id, p.household_id, p.county_code, p.region_code, x.programme_a, x.programme_b,
         greatest(a.from_month, b.from_month, coalesce(month_of(x.valid_from), '0000-00')) AS first_month,
         least(coalesce(a.to_month, month_of(c.as_of)), coalesce(b.to_month, month_of(c.as_of)),
               coalesce(month_of(x.valid_to), month_of(c.as_of)), month_of(c.as_of)) AS last_month,
         month_of(add_months(c.as_of, -r.look_back_months)) AS earliest_month,
         a.dataset AS a_dataset, a.delivery_id AS a_delivery_id, a.source_row AS a_source_row, a.monthly_amount_fen AS a_amount_fen, a.from_month AS a_from,
         b.dataset AS b_dataset, b.delivery_id AS b_delivery_id, b.source_row AS b_source_row, b.monthly_amount_fen AS b_amount_fen, b.from_month AS b_from,
         r.min_overlap_months
  FROM persons AS p
  JOIN parameters AS r ON r.county_code = p.county_code
  JOIN exclusive_programmes AS x ON x.county_code = p.county_code
  JOIN spells AS a ON a.person_key = p.person_key AND a.programme_code = x.programme_a
  JOIN spells AS b ON b.person_key = p.person_key AND b.programme_code = x.programme_b
  CROSS JOIN run_context AS c
  WHERE x.programme_a <> x.programme_b
     OR (a.county6 < b.county6 AND a.county6 <> '')
),
found AS (
  SELECT * FROM shared_months
  WHERE last_month >= earliest_month AND last_month >= first_month
    AND months_between(first_month, last_month) + 1 >= min_overlap_months
)
SELECT person_id AS subject_id, household_id, person_id, county_code, region_code, '' AS period, a_dataset AS dataset,
       a_delivery_id AS delivery_id, a_source_row AS source_row, 'on-roll' AS fact, month_start(a_from) AS observed_on,
       a_amount_fen AS amount_fen, programme_a AS detail
FROM found
UNION
SELECT person_id, household_id, person_id, county_code, region_code, '', b_dataset, b_delivery_id, b_source_row, 'on-roll',
       month_start(b_from), b_amount_fen, programme_b
FROM found
