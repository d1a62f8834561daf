-- Members without resident or employee medical insurance this year, by the registry and by the insurer alike.
SELECT p.person_id AS subject_id, p.household_id, p.person_id, p.county_code, p.region_code,
       CAST(year_of(c.as_of) AS VARCHAR) AS period, 'registry' AS dataset, CAST(NULL AS UUID) AS delivery_id,
       CAST(NULL AS BIGINT) AS source_row, 'not-insured' AS fact, CAST(NULL AS DATE) AS observed_on,
       CAST(NULL AS BIGINT) AS amount_fen, CAST(year_of(c.as_of) AS VARCHAR) AS detail
FROM persons AS p
JOIN parameters AS r ON r.county_code = p.county_code
CROSS JOIN run_context AS c
WHERE coalesce(p.resident_medical_insured, FALSE) = FALSE
  AND coalesce(p.employee_medical_insured, FALSE) = FALSE
  -- enrolment for the year is still open in its first months
  AND extract(month FROM c.as_of) >= r.from_month
  AND (p.birth_date IS NULL OR p.birth_date <= add_months(c.as_of, -r.newborn_months))
  AND NOT EXISTS (
    SELECT 1 FROM dataset_medical_insurance AS i
    WHERE i.person_key = p.person_key AND i.state = 'insured' AND i.insurance_year = year_of(c.as_of))
  AND NOT EXISTS (SELECT 1 FROM dataset_death AS d WHERE d.person_key = p.person_key AND d.died_on <= c.as_of)
