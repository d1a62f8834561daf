-- Successful payments for whole months spent in prison or compulsory drug rehabilitation.
WITH held AS (
  SELECT p.person_id, p.household_id, p.county_code, p.region_code, u.delivery_id AS custody_delivery_id,
         u.source_row AS custody_source_row, u.from_date, u.custody_class, o.delivery_id, o.source_row, o.paid_on, o.amount_fen, o.pay_month
  FROM dataset_custody AS u
  JOIN persons AS p ON p.person_key = u.person_key
  JOIN parameters AS r ON r.county_code = p.county_code
  JOIN dataset_payout AS o ON o.payee_key = u.person_key
  CROSS JOIN run_context AS c
  -- community correction is served at home and changes no entitlement by itself
  WHERE u.custody_class IN ('prison', 'drug-rehabilitation')
    AND coalesce(o.result, 'paid') = 'paid'
    AND o.programme_code NOT IN ('farm-subsidy', 'industry-subsidy')
    AND o.paid_on <= c.as_of
    -- the months of entry and release are partly lived at home
    AND months_between(month_of(u.from_date), o.pay_month) > r.grace_months
    AND (u.to_date IS NULL OR o.pay_month < month_of(u.to_date))
)
SELECT person_id AS subject_id, household_id, person_id, county_code, region_code, '' AS period, 'payout' AS dataset,
       delivery_id, source_row, 'paid-in-custody' AS fact, paid_on AS observed_on, amount_fen, pay_month AS detail
FROM held
UNION ALL
SELECT DISTINCT person_id, household_id, person_id, county_code, region_code, '', 'custody', custody_delivery_id,
       custody_source_row, 'in-custody', from_date, CAST(NULL AS BIGINT), custody_class
FROM held
