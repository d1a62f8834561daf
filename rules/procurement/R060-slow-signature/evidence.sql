-- The day of the award does not count.
SELECT c.project_id AS subject_id, CAST(NULL AS UUID) AS household_id, CAST(NULL AS UUID) AS person_id, c.county_code, c.region_code, '' AS period,
       'registry' AS dataset, CAST(NULL AS UUID) AS delivery_id, CAST(NULL AS BIGINT) AS source_row,
       'late' AS fact, c.signed_on AS observed_on, c.signed_fen AS amount_fen, t.number AS detail
FROM contracts AS c
JOIN tenders AS t ON t.tender_id = c.tender_id
JOIN parameters AS r ON r.county_code = c.county_code
WHERE t.awarded_on IS NOT NULL AND CAST(c.signed_on - t.awarded_on AS BIGINT) > r.within_days
