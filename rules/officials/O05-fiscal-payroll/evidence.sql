-- Members of assisted households who are paid from the public budget, by their latest pay record.
WITH latest AS (
  SELECT p.person_id, p.household_id, p.county_code, p.region_code, f.delivery_id, f.source_row, f.post_class, f.pay_month, f.gross_pay_fen,
         row_number() OVER (PARTITION BY p.person_id ORDER BY f.pay_month DESC, f.delivery_id, f.source_row) AS age
  FROM dataset_fiscal_payroll AS f
  JOIN persons AS p ON p.person_key = f.person_key
  JOIN assisted_households AS h ON h.household_id = p.household_id
  JOIN parameters AS r ON r.county_code = p.county_code
  CROSS JOIN run_context AS c
  -- public-welfare posts are themselves help; temporary staff are not on the establishment
  WHERE f.post_class IN ('civil-servant', 'public-institution', 'retired')
    AND f.pay_month <= month_of(c.as_of)
    AND f.pay_month > month_of(add_months(c.as_of, -r.recent_months))
)
SELECT person_id AS subject_id, household_id, person_id, county_code, region_code,
       '' AS period, 'fiscal-payroll' AS dataset, delivery_id, source_row,
       CASE WHEN post_class = 'retired' THEN 'retired-official' ELSE 'on-payroll' END AS fact,
       month_start(pay_month) AS observed_on, gross_pay_fen AS amount_fen, pay_month AS detail
FROM latest
WHERE age = 1
