-- The same record delivered twice is one payment. The standard is the one of the month paid for.
WITH month_lines AS (
  SELECT l.county_code, l.line_code, l.amount_fen, l.valid_from, l.valid_to, r.percent, r.programmes, r.look_back_months
  FROM policy_lines AS l JOIN parameters AS r ON r.county_code = l.county_code
  WHERE l.line_code LIKE '%-month'
),
large AS (
  -- the few payments above the lowest standard of a single person first, then whose they are
  SELECT o.payee_key, o.programme_code, o.pay_month, o.paid_on, o.amount_fen, o.batch_number, o.account_key, o.delivery_id, o.source_row
  FROM dataset_payout AS o CROSS JOIN run_context AS c
  WHERE coalesce(o.result, 'paid') = 'paid' AND o.paid_on <= c.as_of
    AND o.pay_month > month_of(add_months(c.as_of, -(SELECT max(look_back_months) FROM month_lines)))
    AND o.amount_fen * 100 > (SELECT min(amount_fen * percent) FROM month_lines)
),
above AS (
  SELECT p.person_id, p.household_id, p.county_code, p.region_code, o.programme_code, o.pay_month, o.paid_on, o.amount_fen, o.delivery_id, o.source_row,
         row_number() OVER (PARTITION BY p.person_id, o.programme_code, o.pay_month, o.batch_number, o.paid_on, o.account_key, o.amount_fen ORDER BY o.delivery_id, o.source_row) AS copy
  FROM large AS o
  JOIN persons AS p ON p.person_key = o.payee_key
  JOIN households AS h ON h.household_id = p.household_id
  JOIN month_lines AS l ON l.county_code = p.county_code AND l.line_code = o.programme_code || '-month'
  CROSS JOIN run_context AS c
  WHERE o.pay_month > month_of(add_months(c.as_of, -l.look_back_months)) AND position(',' || o.programme_code || ',' IN ',' || l.programmes || ',') > 0
    AND l.valid_from <= month_start(o.pay_month) AND (l.valid_to IS NULL OR l.valid_to >= month_start(o.pay_month))
    AND o.amount_fen * 100 > l.amount_fen * h.member_count * l.percent
)
SELECT person_id AS subject_id, household_id, person_id, county_code, region_code, pay_month AS period, 'payout' AS dataset,
       delivery_id, source_row, 'above' AS fact, paid_on AS observed_on, amount_fen, programme_code AS detail
FROM above
WHERE copy = 1
