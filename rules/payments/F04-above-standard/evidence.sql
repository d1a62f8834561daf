-- The same record delivered twice is one payment. The standard is the one of the month paid for.
WITH paid AS (
  SELECT p.person_id, p.household_id, p.county_code, p.region_code, h.member_count, o.programme_code, o.pay_month, o.paid_on, o.amount_fen, o.delivery_id, o.source_row, r.percent,
         row_number() OVER (PARTITION BY p.person_id, o.programme_code, o.pay_month, o.batch_number, o.paid_on, o.account_key, o.amount_fen ORDER BY o.delivery_id, o.source_row) AS copy
  FROM dataset_payout AS o
  JOIN persons AS p ON p.person_key = o.payee_key
  JOIN households AS h ON h.household_id = p.household_id
  JOIN parameters AS r ON r.county_code = p.county_code
  CROSS JOIN run_context AS c
  WHERE coalesce(o.result, 'paid') = 'paid' AND o.paid_on <= c.as_of AND o.pay_month > month_of(add_months(c.as_of, -r.look_back_months))
    AND position(',' || o.programme_code || ',' IN ',' || r.programmes || ',') > 0
)
SELECT y.person_id AS subject_id, y.household_id, y.person_id, y.county_code, y.region_code, y.pay_month AS period, 'payout' AS dataset,
       y.delivery_id, y.source_row, 'above' AS fact, y.paid_on AS observed_on, y.amount_fen, y.programme_code AS detail
FROM paid AS y
JOIN policy_lines AS l ON l.county_code = y.county_code AND l.line_code = y.programme_code || '-month'
WHERE y.copy = 1 AND l.valid_from <= month_start(y.pay_month) AND (l.valid_to IS NULL OR l.valid_to >= month_start(y.pay_month))
  AND y.amount_fen * 100 > l.amount_fen * y.member_count * y.percent
