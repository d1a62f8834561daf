-- Students of registered households for whom no education aid is known in the current school year.
WITH school_year AS (
  SELECT r.county_code, r.aid_stages,
         date_of(CASE WHEN c.as_of >= date_of(year_of(c.as_of), r.school_year_start_month, 1) THEN year_of(c.as_of) ELSE year_of(c.as_of) - 1 END,
                 r.school_year_start_month, 1) AS starts_on,
         c.as_of, r.wait_months
  FROM parameters AS r CROSS JOIN run_context AS c
),
aided AS (
  SELECT e.person_key, max(coalesce(e.valid_to, c.as_of)) AS until FROM enrolments AS e CROSS JOIN run_context AS c
  WHERE e.programme_code = 'education-aid' AND e.valid_from <= c.as_of GROUP BY e.person_key
  UNION ALL
  SELECT b.person_key, max(month_start(coalesce(b.to_month, month_of(c.as_of)))) FROM dataset_benefit AS b CROSS JOIN run_context AS c
  WHERE b.programme_code = 'education-aid' AND b.from_month <= month_of(c.as_of) GROUP BY b.person_key
  UNION ALL
  SELECT o.payee_key, max(month_start(o.pay_month)) FROM dataset_payout AS o CROSS JOIN run_context AS c
  WHERE o.programme_code = 'education-aid' AND coalesce(o.result, 'paid') = 'paid' AND o.paid_on <= c.as_of GROUP BY o.payee_key
),
last_aid AS (SELECT person_key, max(until) AS until FROM aided GROUP BY person_key),
students AS (
  SELECT p.person_id, p.person_key, p.household_id, p.county_code, p.region_code, s.delivery_id, s.source_row, s.stage, s.enrolled_on,
         row_number() OVER (PARTITION BY p.person_id ORDER BY s.term DESC, s.delivery_id, s.source_row) AS copy
  FROM dataset_school_enrolment AS s
  JOIN persons AS p ON p.person_key = s.person_key
  JOIN households AS h ON h.household_id = p.household_id
  JOIN parameters AS r ON r.county_code = p.county_code
  WHERE s.state IN ('enrolled', 'home-teaching')
    AND position(',' || s.stage || ',' IN ',' || r.aid_stages || ',') > 0
    AND (h.status_code <> 'ordinary' OR h.household_id IN (SELECT household_id FROM assisted_households))
)
SELECT t.person_id AS subject_id, t.household_id, t.person_id, t.county_code, t.region_code,
       CAST(year_of(y.starts_on) AS VARCHAR) AS period, 'school-enrolment' AS dataset, t.delivery_id, t.source_row,
       'student-without-aid' AS fact, t.enrolled_on AS observed_on, CAST(NULL AS BIGINT) AS amount_fen, t.stage AS detail
FROM students AS t
JOIN school_year AS y ON y.county_code = t.county_code
LEFT JOIN last_aid AS l ON l.person_key = t.person_key
WHERE t.copy = 1
  AND y.as_of >= add_months(y.starts_on, y.wait_months)
  AND (l.until IS NULL OR l.until < y.starts_on)
