-- Children of compulsory-school age on the day the school year began who are on no school's roll.
WITH school_year AS (
  SELECT r.county_code, r.from_age, r.to_age, r.suspension_counts_as_enrolled, r.preschool_below_age,
         date_of(CASE WHEN c.as_of >= date_of(year_of(c.as_of), r.school_year_start_month, 1) THEN year_of(c.as_of) ELSE year_of(c.as_of) - 1 END,
                 r.school_year_start_month, 1) AS starts_on,
         c.as_of, r.wait_months
  FROM parameters AS r CROSS JOIN run_context AS c
),
children AS (
  SELECT p.person_id, p.person_key, p.household_id, p.county_code, p.region_code, p.birth_date, y.starts_on,
         y.suspension_counts_as_enrolled, y.preschool_below_age, age_years(p.birth_date, y.starts_on) AS age
  FROM persons AS p
  JOIN school_year AS y ON y.county_code = p.county_code
  WHERE p.birth_date IS NOT NULL
    AND age_years(p.birth_date, y.starts_on) BETWEEN y.from_age AND y.to_age
    AND y.as_of >= add_months(y.starts_on, y.wait_months)
)
SELECT k.person_id AS subject_id, k.household_id, k.person_id, k.county_code, k.region_code, '' AS period,
       'registry' AS dataset, CAST(NULL AS UUID) AS delivery_id, CAST(NULL AS BIGINT) AS source_row,
       'not-on-any-roll' AS fact, k.starts_on AS observed_on, CAST(NULL AS BIGINT) AS amount_fen, CAST(k.age AS VARCHAR) AS detail
FROM children AS k
CROSS JOIN run_context AS c
WHERE NOT EXISTS (
    SELECT 1 FROM dataset_school_enrolment AS s
    WHERE s.person_key = k.person_key
      AND (
        -- taught at home or in a special school is taught
        (s.state IN ('enrolled', 'home-teaching') AND (s.stage <> 'preschool' OR k.age < k.preschool_below_age))
        OR (s.state = 'suspended' AND k.suspension_counts_as_enrolled)
        -- finished compulsory schooling
        OR (s.state = 'graduated' AND s.stage IN ('junior', 'senior', 'vocational'))))
  AND NOT EXISTS (SELECT 1 FROM dataset_death AS d WHERE d.person_key = k.person_key AND d.died_on <= c.as_of)
