-- Members of working age who lost their work lately, not by their own choice, and whom no list shows at work again.
WITH lost AS (
  SELECT p.person_id, p.person_key, p.household_id, p.county_code, p.region_code, p.birth_date, h.status_code, s.delivery_id, s.source_row, s.lost_on, s.reason, s.state,
         row_number() OVER (PARTITION BY p.person_id ORDER BY s.lost_on DESC, CASE WHEN s.state = 'unemployed' THEN 1 ELSE 0 END, s.delivery_id, s.source_row) AS copy
  FROM dataset_unemployment AS s
  JOIN persons AS p ON p.person_key = s.person_key
  JOIN households AS h ON h.household_id = p.household_id
  CROSS JOIN run_context AS c
  WHERE s.lost_on <= c.as_of
),
earning AS (
  SELECT i.person_key, i.month FROM dataset_social_insurance AS i WHERE i.state = 'contributing' AND i.insurance_class <> 'resident-pension'
  UNION
  SELECT f.person_key, f.pay_month FROM dataset_fiscal_payroll AS f WHERE f.post_class <> 'retired'
)
SELECT l.person_id AS subject_id, l.household_id, l.person_id, l.county_code, l.region_code, '' AS period,
       'unemployment' AS dataset, l.delivery_id, l.source_row, 'out-of-work' AS fact, l.lost_on AS observed_on,
       CAST(NULL AS BIGINT) AS amount_fen, CAST(NULL AS VARCHAR) AS detail
FROM lost AS l
JOIN parameters AS r ON r.county_code = l.county_code
CROSS JOIN run_context AS c
WHERE l.copy = 1
  AND l.state = 'unemployed'
  AND age_years(l.birth_date, c.as_of) BETWEEN r.from_age AND r.to_age
  AND position(',' || l.reason || ',' IN ',' || r.reasons || ',') > 0
  AND (l.status_code <> 'ordinary' OR r.every_household)
  AND CAST(c.as_of - l.lost_on AS BIGINT) BETWEEN r.wait_days AND r.recent_days
  -- the month of leaving is often still paid; only a later one shows new work
  AND NOT EXISTS (SELECT 1 FROM earning AS e WHERE e.person_key = l.person_key AND e.month > month_of(l.lost_on))
  AND NOT EXISTS (SELECT 1 FROM dataset_death AS d WHERE d.person_key = l.person_key AND d.died_on <= c.as_of)
