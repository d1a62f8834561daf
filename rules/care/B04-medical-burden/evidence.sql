-- What a person paid from their own pocket in hospital this year, above the early-warning line, without medical aid.
WITH bills AS (
  SELECT p.person_id, p.person_key, p.household_id, p.county_code, p.region_code, m.delivery_id, m.source_row, m.settled_on, m.self_paid_fen,
         CASE WHEN h.status_code <> 'ordinary' THEN r.monitored_year_fen ELSE r.other_year_fen END AS line_fen,
         row_number() OVER (PARTITION BY m.settlement_number, p.person_id ORDER BY m.settled_on DESC, m.delivery_id, m.source_row) AS copy
  FROM dataset_medical_settlement AS m
  JOIN persons AS p ON p.person_key = m.person_key
  JOIN households AS h ON h.household_id = p.household_id
  JOIN parameters AS r ON r.county_code = p.county_code
  CROSS JOIN run_context AS c
  WHERE m.visit_class = 'inpatient'
    AND m.settled_on <= c.as_of AND year_of(m.settled_on) = year_of(c.as_of)
),
burden AS (
  SELECT person_id, CAST(sum(self_paid_fen) AS BIGINT) AS paid_fen FROM bills WHERE copy = 1 GROUP BY person_id
),
helped AS (
  SELECT e.person_key FROM enrolments AS e CROSS JOIN run_context AS c
  WHERE e.programme_code = 'medical-aid' AND e.valid_from <= c.as_of
    AND (e.valid_to IS NULL OR e.valid_to >= date_of(year_of(c.as_of), 1, 1))
  UNION
  SELECT b.person_key FROM dataset_benefit AS b CROSS JOIN run_context AS c
  WHERE b.programme_code = 'medical-aid' AND b.from_month <= month_of(c.as_of)
    AND (b.to_month IS NULL OR b.to_month >= month_of(date_of(year_of(c.as_of), 1, 1)))
)
SELECT b.person_id AS subject_id, b.household_id, b.person_id, b.county_code, b.region_code,
       CAST(year_of(c.as_of) AS VARCHAR) AS period, 'medical-settlement' AS dataset, b.delivery_id, b.source_row,
       'paid-by-patient' AS fact, b.settled_on AS observed_on, b.self_paid_fen AS amount_fen, CAST(NULL AS VARCHAR) AS detail
FROM bills AS b
JOIN burden AS t ON t.person_id = b.person_id
CROSS JOIN run_context AS c
WHERE b.copy = 1
  AND t.paid_fen >= b.line_fen
  AND NOT EXISTS (SELECT 1 FROM helped AS g WHERE g.person_key = b.person_key)
