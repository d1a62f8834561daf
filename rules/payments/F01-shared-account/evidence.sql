-- One bank account that receives for people of different households.
WITH paid AS (
  SELECT o.account_key, o.payee_key, o.amount_fen, o.delivery_id, o.source_row, o.paid_on, o.pay_month, o.programme_code
  FROM dataset_payout AS o CROSS JOIN run_context AS c
  WHERE coalesce(o.result, 'paid') = 'paid' AND o.account_key IS NOT NULL AND o.paid_on <= c.as_of
),
several AS (
  SELECT account_key FROM paid GROUP BY account_key HAVING count(DISTINCT payee_key) > 1
),
payees AS (
  SELECT o.account_key, o.payee_key, p.person_id, p.household_id, p.county_code, p.region_code,
         o.delivery_id, o.source_row, o.paid_on, o.programme_code,
         CAST(sum(o.amount_fen) OVER (PARTITION BY o.account_key, o.payee_key) AS BIGINT) AS amount_fen,
         row_number() OVER (PARTITION BY o.account_key, o.payee_key ORDER BY o.paid_on DESC, o.delivery_id, o.source_row) AS age
  FROM paid AS o
  JOIN several AS s ON s.account_key = o.account_key
  LEFT JOIN persons AS p ON p.person_key = o.payee_key
  CROSS JOIN run_context AS c
  -- the widest look-back of any county bounds the scan; each county's own is applied below
  WHERE o.pay_month > month_of(add_months(c.as_of, -(SELECT max(look_back_months) FROM parameters)))
),
shared AS (
  -- whoever is in no registry counts as a household of his own
  SELECT account_key, min(CAST(household_id AS VARCHAR)) AS household_id, CAST(count(*) AS BIGINT) AS payee_count
  FROM payees WHERE age = 1
  GROUP BY account_key
  HAVING min(coalesce(CAST(household_id AS VARCHAR), CAST(payee_key AS VARCHAR))) <> max(coalesce(CAST(household_id AS VARCHAR), CAST(payee_key AS VARCHAR)))
     AND min(CAST(household_id AS VARCHAR)) IS NOT NULL
),
home AS (
  SELECT s.account_key, s.payee_count, h.county_code, h.region_code, r.payees_from
  FROM shared AS s
  JOIN households AS h ON CAST(h.household_id AS VARCHAR) = s.household_id
  JOIN parameters AS r ON r.county_code = h.county_code
)
SELECT y.account_key AS subject_id, y.household_id, y.person_id, coalesce(y.county_code, m.county_code) AS county_code,
       coalesce(y.region_code, m.region_code) AS region_code, '' AS period, 'payout' AS dataset, y.delivery_id, y.source_row,
       CASE WHEN y.person_id IS NULL THEN 'payee-outside-registry' ELSE 'payee-of-account' END AS fact,
       y.paid_on AS observed_on, y.amount_fen, y.programme_code AS detail
FROM payees AS y
JOIN home AS m ON m.account_key = y.account_key
WHERE y.age = 1 AND m.payee_count >= m.payees_from
