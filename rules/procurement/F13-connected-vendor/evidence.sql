-- Who stands behind a firm: as recorded with the vendor, or as the business register says where it was delivered.
WITH behind AS (
  SELECT v.vendor_id, v.person_key, v.from_on, v.to_on FROM vendor_people AS v
  UNION
  SELECT v.vendor_id, c.person_key, CAST(NULL AS DATE), CAST(NULL AS DATE) FROM (SELECT DISTINCT vendor_id, credit_code FROM vendor_people) AS v
  JOIN dataset_company AS c ON c.credit_code = v.credit_code AND c.state = 'active'
),
signed AS (
  SELECT c.contract_id, c.project_id, c.county_code, c.region_code, c.number, c.signed_on, c.value_fen, b.person_key, r.same_digits, r.after_leaving_months
  FROM contracts AS c JOIN behind AS b ON b.vendor_id = c.vendor_id AND (b.from_on IS NULL OR b.from_on <= c.signed_on) AND (b.to_on IS NULL OR c.signed_on < b.to_on) JOIN parameters AS r ON r.county_code = c.county_code
),
linked AS (
  SELECT s.*, v.delivery_id, v.source_row, 'cadre' AS fact
  FROM signed AS s JOIN dataset_village_cadre AS v ON v.person_key = s.person_key
  WHERE v.from_date <= s.signed_on AND (v.to_date IS NULL OR add_months(v.to_date, s.after_leaving_months) >= s.signed_on)
    AND substr(v.village_code, 1, CAST(s.same_digits AS INTEGER)) = substr(s.region_code, 1, CAST(s.same_digits AS INTEGER))
  UNION ALL
  SELECT s.*, v.delivery_id, v.source_row, 'relative'
  FROM signed AS s JOIN persons AS p ON p.person_key = s.person_key
  JOIN persons AS q ON q.household_id = p.household_id AND q.person_key <> p.person_key
  JOIN dataset_village_cadre AS v ON v.person_key = q.person_key
  WHERE v.from_date <= s.signed_on AND (v.to_date IS NULL OR add_months(v.to_date, s.after_leaving_months) >= s.signed_on)
    AND substr(v.village_code, 1, CAST(s.same_digits AS INTEGER)) = substr(s.region_code, 1, CAST(s.same_digits AS INTEGER))
),
once AS (
  SELECT l.*, row_number() OVER (PARTITION BY l.contract_id, l.fact ORDER BY l.delivery_id, l.source_row) AS copy FROM linked AS l
)
SELECT o.project_id AS subject_id, CAST(NULL AS UUID) AS household_id, CAST(NULL AS UUID) AS person_id, o.county_code, o.region_code, '' AS period,
       'village-cadre' AS dataset, o.delivery_id, o.source_row,
       o.fact, o.signed_on AS observed_on, o.value_fen AS amount_fen, o.number AS detail
FROM once AS o
WHERE o.copy = 1
