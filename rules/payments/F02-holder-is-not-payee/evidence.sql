-- Benefits paid to an account whose holder is neither the payee nor anybody of the payee's household.
WITH foreign_account AS (
  SELECT p.person_id, p.household_id, p.county_code, p.region_code, o.delivery_id, o.source_row, o.paid_on, o.programme_code,
         CAST(sum(o.amount_fen) OVER (PARTITION BY p.person_id, o.account_key) AS BIGINT) AS amount_fen,
         row_number() OVER (PARTITION BY p.person_id, o.account_key ORDER BY o.paid_on DESC, o.delivery_id, o.source_row) AS age
  FROM dataset_payout AS o
  JOIN persons AS p ON p.person_key = o.payee_key
  JOIN parameters AS r ON r.county_code = p.county_code
  CROSS JOIN run_context AS c
  WHERE coalesce(o.result, 'paid') = 'paid'
    AND o.paid_on <= c.as_of
    AND o.pay_month > month_of(add_months(c.as_of, -r.look_back_months))
    AND o.account_holder_key IS NOT NULL
    AND o.account_holder_key <> o.payee_name_key
    -- a parent, child or spouse in the household who keeps the card for a minor or a frail person is in order
    AND NOT EXISTS (SELECT 1 FROM persons AS m WHERE m.household_id = p.household_id AND m.name_key = o.account_holder_key)
)
SELECT person_id AS subject_id, household_id, person_id, county_code, region_code, '' AS period, 'payout' AS dataset,
       delivery_id, source_row, 'paid-to-other-holder' AS fact, paid_on AS observed_on, amount_fen, programme_code AS detail
FROM foreign_account
WHERE age = 1
