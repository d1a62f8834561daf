-- Benefits paid to an account whose holder is neither the payee nor anybody of the payee's household.
WITH paid AS (
  -- the few payments to another name first, then whose they are
  SELECT o.payee_key, o.account_key, o.account_holder_key, o.pay_month, o.amount_fen, o.delivery_id, o.source_row, o.paid_on, o.programme_code
  FROM dataset_payout AS o CROSS JOIN run_context AS c
  WHERE coalesce(o.result, 'paid') = 'paid'
    AND o.paid_on <= c.as_of
    AND o.account_holder_key IS NOT NULL
    AND o.account_holder_key <> o.payee_name_key
    AND o.pay_month > month_of(add_months(c.as_of, -(SELECT max(look_back_months) FROM parameters)))
),
of_registered AS (
  SELECT p.person_id, p.household_id, p.county_code, p.region_code, o.account_key, o.account_holder_key, o.amount_fen,
         o.delivery_id, o.source_row, o.paid_on, o.programme_code
  FROM paid AS o
  JOIN persons AS p ON p.person_key = o.payee_key
  JOIN parameters AS r ON r.county_code = p.county_code
  CROSS JOIN run_context AS c
  WHERE o.pay_month > month_of(add_months(c.as_of, -r.look_back_months))
),
in_family AS (
  -- a parent, child or spouse in the household who keeps the card for a minor or a frail person is in order
  SELECT DISTINCT o.person_id, o.account_holder_key
  FROM of_registered AS o
  JOIN persons AS m ON m.household_id = o.household_id AND m.name_key = o.account_holder_key
),
foreign_account AS (
  SELECT o.*,
         CAST(sum(o.amount_fen) OVER (PARTITION BY o.person_id, o.account_key) AS BIGINT) AS sum_fen,
         row_number() OVER (PARTITION BY o.person_id, o.account_key ORDER BY o.paid_on DESC, o.delivery_id, o.source_row) AS age
  FROM of_registered AS o
  LEFT JOIN in_family AS f ON f.person_id = o.person_id AND f.account_holder_key = o.account_holder_key
  WHERE f.person_id IS NULL
)
SELECT person_id AS subject_id, household_id, person_id, county_code, region_code, '' AS period, 'payout' AS dataset,
       delivery_id, source_row, 'paid-to-other-holder' AS fact, paid_on AS observed_on, sum_fen AS amount_fen, programme_code AS detail
FROM foreign_account
WHERE age = 1
