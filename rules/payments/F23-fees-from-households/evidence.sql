-- A receipt delivered twice is one receipt.
WITH words AS (
  SELECT county_code, look_back_months, unnest(string_to_array(fee_words, '、')) AS word FROM parameters
),
fees AS (
  SELECT p.household_id, p.person_id, p.county_code, p.region_code, t.received_on, t.amount_fen, t.fee_title, t.delivery_id, t.source_row,
         row_number() OVER (PARTITION BY p.person_id, t.receipt_number, t.received_on, t.amount_fen ORDER BY t.delivery_id, t.source_row) AS copy
  FROM dataset_village_receipt AS t
  JOIN persons AS p ON p.person_key = t.payer_key
  CROSS JOIN run_context AS c
  WHERE t.amount_fen > 0 AND t.received_on <= c.as_of AND NOT coalesce(t.has_basis, false)
    AND EXISTS (SELECT 1 FROM words AS w WHERE w.county_code = p.county_code AND position(w.word IN t.fee_title) > 0 AND t.received_on > add_months(c.as_of, -w.look_back_months))
)
SELECT household_id AS subject_id, household_id, person_id, county_code, region_code, '' AS period, 'village-receipt' AS dataset,
       delivery_id, source_row, 'fee' AS fact, received_on AS observed_on, amount_fen, fee_title AS detail
FROM fees
WHERE copy = 1
