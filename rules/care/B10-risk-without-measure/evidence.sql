-- Something was promised, but a risk named at the visit has no measure that answers it.
SELECT i.household_id AS subject_id, i.household_id, CAST(NULL AS UUID) AS person_id, i.county_code, i.region_code, '' AS period,
       'registry' AS dataset, CAST(NULL AS UUID) AS delivery_id, CAST(NULL AS BIGINT) AS source_row,
       'risk-unanswered' AS fact, i.entered_on AS observed_on, CAST(NULL AS BIGINT) AS amount_fen, CAST(NULL AS VARCHAR) AS detail
FROM identified_households AS i
JOIN parameters AS r ON r.county_code = i.county_code
CROSS JOIN run_context AS c
WHERE i.measures > 0 AND i.unanswered_risks > 0 AND CAST(c.as_of - i.entered_on AS BIGINT) > r.within_days
