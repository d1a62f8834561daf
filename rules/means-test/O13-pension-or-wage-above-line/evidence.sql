-- The members' latest monthly pensions and insured wages, taken as a year's income, against the line.
WITH latest AS (
  SELECT p.household_id, p.person_id, p.county_code, p.region_code, s.delivery_id, s.source_row, s.state, s.month,
         CASE WHEN s.state = 'receiving' THEN s.monthly_pension_fen ELSE s.contribution_base_fen END AS monthly_fen,
         h.member_count, r.percent_of_line,
         row_number() OVER (PARTITION BY p.person_id, s.insurance_class ORDER BY s.month DESC, s.delivery_id, s.source_row) AS age
  FROM dataset_social_insurance AS s
  JOIN persons AS p ON p.person_key = s.person_key
  JOIN assisted_households AS h ON h.household_id = p.household_id
  JOIN parameters AS r ON r.county_code = p.county_code
  CROSS JOIN run_context AS c
  WHERE s.month <= month_of(c.as_of)
    AND s.month > month_of(add_months(c.as_of, -r.recent_months))
    -- a base paid without an employer is the legal minimum a self-insured person must choose, not a wage;
    -- a suspended month only hides the older one
    AND (s.state IN ('receiving', 'suspended')
         OR (s.state = 'contributing' AND s.insurance_class <> 'resident-pension' AND coalesce(s.employer, '') <> ''))
),
counted AS (
  SELECT l.* FROM latest AS l
  WHERE l.age = 1 AND l.monthly_fen IS NOT NULL AND l.state <> 'suspended'
),
wages AS (
  SELECT n.household_id, CAST(sum(n.monthly_fen) AS BIGINT) AS household_month_fen FROM counted AS n GROUP BY n.household_id
)
SELECT n.household_id AS subject_id, n.household_id, n.person_id, n.county_code, n.region_code,
       '' AS period, 'social-insurance' AS dataset, n.delivery_id, n.source_row,
       CASE WHEN n.state = 'receiving' THEN 'monthly-pension' ELSE 'contribution-base' END AS fact,
       month_start(n.month) AS observed_on, n.monthly_fen AS amount_fen, n.month AS detail
FROM counted AS n
JOIN wages AS w ON w.household_id = n.household_id
JOIN policy_lines AS l ON l.county_code = n.county_code AND l.line_code = 'monitoring-year'
CROSS JOIN run_context AS c
WHERE l.valid_from <= c.as_of AND (l.valid_to IS NULL OR l.valid_to >= c.as_of)
  AND w.household_month_fen * 12 * 100 > l.amount_fen * CAST(n.member_count AS BIGINT) * n.percent_of_line
