-- In a row: numbers of one length that follow one another without a gap, of more than one contract.
WITH steps AS (
  SELECT i.*, CAST(i.number AS DECIMAL(38, 0)) - row_number() OVER (PARTITION BY i.vendor_id, length(i.number) ORDER BY i.number) AS run_key FROM invoices AS i
),
runs AS (
  SELECT vendor_id, run_key, length(number) AS digits, count(*) AS in_run, count(DISTINCT contract_id) AS of_contracts FROM steps GROUP BY vendor_id, run_key, length(number)
),
doubts AS (
  SELECT i.project_id, i.county_code, i.region_code, i.number, 'void-paid' AS fact, i.void_on AS seen_on, i.amount_fen, CAST(0 AS BIGINT) AS in_run FROM invoices AS i WHERE i.void_on IS NOT NULL AND i.is_paid
  UNION ALL
  SELECT s.project_id, s.county_code, s.region_code, s.number, 'in-row', s.issued_on, s.amount_fen, CAST(u.in_run AS BIGINT)
  FROM steps AS s JOIN runs AS u ON u.vendor_id = s.vendor_id AND u.run_key = s.run_key AND u.digits = length(s.number) WHERE u.of_contracts > 1
)
SELECT x.project_id AS subject_id, CAST(NULL AS UUID) AS household_id, CAST(NULL AS UUID) AS person_id, x.county_code, x.region_code, '' AS period,
       'registry' AS dataset, CAST(NULL AS UUID) AS delivery_id, CAST(NULL AS BIGINT) AS source_row,
       x.fact AS fact, x.seen_on AS observed_on, x.amount_fen AS amount_fen, x.number AS detail
FROM doubts AS x
JOIN parameters AS r ON r.county_code = x.county_code
CROSS JOIN run_context AS c
WHERE x.fact = 'void-paid' OR x.in_run >= r.in_row
