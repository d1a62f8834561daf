-- One bank account that receives for people of different households.
WITH pairs AS (
  -- whose account it is comes first: the payments themselves are read again for the few accounts that are shared
  SELECT DISTINCT o.account_key, o.payee_key
  FROM dataset_payout AS o CROSS JOIN run_context AS c
  WHERE coalesce(o.result, 'paid') = 'paid' AND o.account_key IS NOT NULL AND o.paid_on <= c.as_of
    -- an account may cross counties, so the widest look-back in scope counts
    AND o.pay_month > month_of(add_months(c.as_of, -(SELECT max(look_back_months) FROM parameters)))
),
payees AS (
  SELECT d.account_key, d.payee_key, p.person_id, p.household_id, p.county_code, p.region_code
  FROM (SELECT account_key FROM pairs GROUP BY account_key HAVING count(*) > 1) AS s
  JOIN pairs AS d ON d.account_key = s.account_key
  LEFT JOIN persons AS p ON p.person_key = d.payee_key
),
shared AS (
  -- whoever is in no registry counts as a household of his own; nobody registered, nobody to ask
  SELECT account_key, min(CAST(household_id AS VARCHAR)) AS first_household, count(*) AS payee_count
  FROM payees
  GROUP BY account_key
  HAVING count(household_id) > 0 AND count(DISTINCT coalesce(household_id, payee_key)) > 1
),
home AS (
  SELECT s.account_key, h.county_code, h.region_code
  FROM shared AS s
  JOIN households AS h ON h.household_id = CAST(s.first_household AS UUID)
  JOIN parameters AS r ON r.county_code = h.county_code
  WHERE s.payee_count >= r.payees_from
),
latest AS (
  SELECT o.account_key, o.payee_key, o.amount_fen, o.delivery_id, o.source_row, o.paid_on, o.programme_code,
         CAST(sum(o.amount_fen) OVER (PARTITION BY o.account_key, o.payee_key) AS BIGINT) AS sum_fen,
         row_number() OVER (PARTITION BY o.account_key, o.payee_key ORDER BY o.paid_on DESC, o.delivery_id, o.source_row) AS age
  FROM dataset_payout AS o
  JOIN home AS m ON m.account_key = o.account_key
  CROSS JOIN run_context AS c
  WHERE coalesce(o.result, 'paid') = 'paid' AND o.paid_on <= c.as_of
    AND o.pay_month > month_of(add_months(c.as_of, -(SELECT max(look_back_months) FROM parameters)))
)
SELECT l.account_key AS subject_id, y.household_id, y.person_id, coalesce(y.county_code, m.county_code) AS county_code,
       coalesce(y.region_code, m.region_code) AS region_code, '' AS period, 'payout' AS dataset, l.delivery_id, l.source_row,
       CASE WHEN y.person_id IS NULL THEN 'payee-outside-registry' ELSE 'payee-of-account' END AS fact,
       l.paid_on AS observed_on, l.sum_fen AS amount_fen, l.programme_code AS detail
FROM latest AS l
JOIN home AS m ON m.account_key = l.account_key
JOIN payees AS y ON y.account_key = l.account_key AND y.payee_key = l.payee_key
WHERE l.age = 1
