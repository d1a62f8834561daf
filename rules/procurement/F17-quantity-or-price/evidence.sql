SELECT i.project_id AS subject_id, CAST(NULL AS UUID) AS household_id, CAST(NULL AS UUID) AS person_id, i.county_code, i.region_code, '' AS period,
       'registry' AS dataset, CAST(NULL AS UUID) AS delivery_id, CAST(NULL AS BIGINT) AS source_row,
       'price' AS fact, i.signed_on AS observed_on, i.unit_price_fen AS amount_fen, i.number || '#' || CAST(i.ordinal AS VARCHAR) AS detail
FROM contract_items AS i
JOIN parameters AS r ON r.county_code = i.county_code
JOIN policy_lines AS p ON p.county_code = i.county_code AND p.line_code = 'works-price-' || i.item_code AND p.valid_from <= i.signed_on AND (p.valid_to IS NULL OR p.valid_to > i.signed_on)
WHERE (i.unit_price_fen - p.amount_fen) * 100 > p.amount_fen * r.price_percent
UNION ALL
SELECT i.project_id, CAST(NULL AS UUID), CAST(NULL AS UUID), i.county_code, i.region_code, '',
       'registry', CAST(NULL AS UUID), CAST(NULL AS BIGINT),
       CASE WHEN i.measured_thousandths < i.quantity_thousandths THEN 'less' ELSE 'more' END, i.measured_on,
       CAST((abs(i.measured_thousandths - i.quantity_thousandths) * i.unit_price_fen - abs(i.measured_thousandths - i.quantity_thousandths) * i.unit_price_fen % 1000) / 1000 AS BIGINT), i.number || '#' || CAST(i.ordinal AS VARCHAR)
FROM contract_items AS i
JOIN parameters AS r ON r.county_code = i.county_code
WHERE i.measured_on IS NOT NULL AND abs(i.measured_thousandths - i.quantity_thousandths) * 100 > i.quantity_thousandths * r.quantity_percent
