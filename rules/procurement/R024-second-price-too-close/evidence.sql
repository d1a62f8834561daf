-- The winner must be the lowest valid bid: a dearer winner is another question. Equal prices are F16.
SELECT t.project_id AS subject_id, CAST(NULL AS UUID) AS household_id, CAST(NULL AS UUID) AS person_id, t.county_code, t.region_code, '' AS period,
       'registry' AS dataset, CAST(NULL AS UUID) AS delivery_id, CAST(NULL AS BIGINT) AS source_row,
       'close' AS fact, t.awarded_on AS observed_on, s.amount_fen AS amount_fen, t.number AS detail
FROM tenders AS t
JOIN parameters AS r ON r.county_code = t.county_code
JOIN bids AS w ON w.tender_id = t.tender_id AND w.is_winner
JOIN (SELECT tender_id, min(amount_fen) AS amount_fen, count(*) AS others FROM bids WHERE is_valid AND NOT is_winner GROUP BY tender_id) AS s ON s.tender_id = t.tender_id
WHERE t.awarded_on IS NOT NULL AND s.amount_fen > w.amount_fen AND (s.amount_fen - w.amount_fen) * 100000 <= w.amount_fen * r.within_thousandths
