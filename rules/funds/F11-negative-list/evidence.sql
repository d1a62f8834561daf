-- Plans whose title has a word of the fund's negative list. A word is a lead: a “meeting room” may be a nursery.
SELECT p.indicator_id AS subject_id, CAST(NULL AS UUID) AS household_id, CAST(NULL AS UUID) AS person_id, p.county_code, p.region_code, '' AS period,
       'registry' AS dataset, CAST(NULL AS UUID) AS delivery_id, CAST(NULL AS BIGINT) AS source_row,
       CASE WHEN p.paid_fen > 0 THEN 'paid-for' ELSE 'planned-for' END AS fact,
       p.planned_on AS observed_on, p.planned_fen + p.paid_fen AS amount_fen, p.negative_words AS detail
FROM fund_plans AS p
JOIN parameters AS r ON r.county_code = p.county_code
CROSS JOIN run_context AS c
WHERE coalesce(p.negative_words, '') <> '' AND p.planned_fen + p.paid_fen >= r.from_fen AND p.planned_on <= c.as_of
