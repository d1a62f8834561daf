SELECT y.indicator_id AS subject_id, CAST(NULL AS UUID) AS household_id, CAST(NULL AS UUID) AS person_id, y.county_code, y.region_code, '' AS period,
       'registry' AS dataset, CAST(NULL AS UUID) AS delivery_id, CAST(NULL AS BIGINT) AS source_row,
       y.account_kind AS fact, y.paid_on AS observed_on, y.amount_fen AS amount_fen, y.voucher_number AS detail
FROM fund_payments AS y
JOIN parameters AS r ON r.county_code = y.county_code
WHERE y.payee_kind <> 'household' AND y.account_kind <> 'unit' AND y.amount_fen >= r.from_fen
