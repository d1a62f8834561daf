-- Successful payments for months after a death and the month of grace. A dead person who already left the registry is
-- still found through old enrolments.
WITH known AS (
  SELECT person_key, person_id, household_id, county_code, region_code FROM persons
  UNION
  SELECT e.person_key, e.person_id, e.household_id, e.county_code, e.region_code FROM enrolments AS e
  WHERE e.person_id IS NOT NULL AND e.person_key NOT IN (SELECT person_key FROM persons WHERE person_key IS NOT NULL)
),
deceased AS (
  -- where sources disagree, the latest date of death counts in the household's favour
  SELECT d.person_key, d.died_on, d.delivery_id, d.source_row,
         row_number() OVER (PARTITION BY d.person_key ORDER BY d.died_on DESC, d.delivery_id, d.source_row) AS copy
  FROM dataset_death AS d CROSS JOIN run_context AS c
  WHERE d.died_on <= c.as_of
),
late AS (
  SELECT k.person_id, k.household_id, k.county_code, k.region_code, d.died_on, d.delivery_id AS death_delivery_id,
         d.source_row AS death_source_row, o.delivery_id, o.source_row, o.paid_on, o.amount_fen, o.pay_month
  FROM deceased AS d
  JOIN known AS k ON k.person_key = d.person_key
  JOIN parameters AS r ON r.county_code = k.county_code
  JOIN dataset_payout AS o ON o.payee_key = d.person_key
  CROSS JOIN run_context AS c
  WHERE d.copy = 1
    AND coalesce(o.result, 'paid') = 'paid'
    -- land and industry subsidies belong to the household that farms, whoever's card they run over
    AND o.programme_code NOT IN ('farm-subsidy', 'industry-subsidy')
    AND o.paid_on <= c.as_of
    AND months_between(month_of(d.died_on), o.pay_month) > r.grace_months
)
SELECT person_id AS subject_id, household_id, person_id, county_code, region_code, '' AS period, 'payout' AS dataset,
       delivery_id, source_row, 'paid-after-death' AS fact, paid_on AS observed_on, amount_fen, pay_month AS detail
FROM late
UNION ALL
SELECT DISTINCT person_id, household_id, person_id, county_code, region_code, '', 'death', death_delivery_id,
       death_source_row, 'death-recorded', died_on, CAST(NULL AS BIGINT), CAST(NULL AS VARCHAR)
FROM late
