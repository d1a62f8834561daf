-- One person paid more than once for the same programme and month. The same record delivered again is not a payment.
WITH twice AS (
  -- asked of the payments alone first: nearly nobody is paid twice, and carrying everybody's household along costs most of the run
  SELECT o.payee_key, o.programme_code, o.pay_month
  FROM dataset_payout AS o CROSS JOIN run_context AS c
  WHERE coalesce(o.result, 'paid') = 'paid' AND o.amount_fen > 0 AND o.paid_on <= c.as_of
    AND o.pay_month > month_of(add_months(c.as_of, -(SELECT max(look_back_months) FROM parameters)))
  GROUP BY o.payee_key, o.programme_code, o.pay_month HAVING count(*) > 1
),
paid AS (
  SELECT p.person_id, p.household_id, p.county_code, p.region_code, o.programme_code, o.pay_month, o.paid_on, o.amount_fen,
         o.account_key, o.batch_number, o.delivery_id, o.source_row
  FROM dataset_payout AS o
  JOIN twice AS t ON t.payee_key = o.payee_key AND t.programme_code = o.programme_code AND t.pay_month = o.pay_month
  JOIN persons AS p ON p.person_key = o.payee_key
  JOIN parameters AS r ON r.county_code = p.county_code
  CROSS JOIN run_context AS c
  WHERE coalesce(o.result, 'paid') = 'paid' AND o.amount_fen > 0 AND o.paid_on <= c.as_of
    AND position(',' || o.programme_code || ',' IN ',' || r.monthly_programmes || ',') > 0
    AND o.pay_month > month_of(add_months(c.as_of, -r.look_back_months))
),
records AS (
  -- two equal rows of one delivery are two payments; equal rows of two deliveries are one payment reported twice
  SELECT o.*,
         row_number() OVER (PARTITION BY o.person_id, o.programme_code, o.pay_month, o.batch_number, o.paid_on, o.account_key, o.amount_fen, o.delivery_id ORDER BY o.source_row) AS copy
  FROM paid AS o
),
payments AS (
  SELECT o.*,
         row_number() OVER (PARTITION BY o.person_id, o.programme_code, o.pay_month, o.batch_number, o.paid_on, o.account_key, o.amount_fen, o.copy ORDER BY o.delivery_id, o.source_row) AS delivered
  FROM records AS o
),
counted AS (
  SELECT y.*, count(*) OVER (PARTITION BY y.person_id, y.programme_code, y.pay_month) AS times
  FROM payments AS y
  WHERE y.delivered = 1
)
SELECT person_id AS subject_id, household_id, person_id, county_code, region_code, pay_month AS period, 'payout' AS dataset,
       delivery_id, source_row, 'payment' AS fact, paid_on AS observed_on, amount_fen, programme_code AS detail
FROM counted
WHERE times > 1
