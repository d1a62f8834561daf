-- Of the money of this fiscal year that stayed here, less was paid than the year's pace asks for. Money that came late is
-- given time; donations and income of assets have no fiscal pace.
WITH held AS (
  SELECT i.indicator_id, i.county_code, i.region_code, i.document_number, i.held_since, i.paid_fen,
         i.available_fen + i.planned_fen + i.paid_fen AS here_fen,
         CASE WHEN month_of(c.as_of) > CAST(i.fiscal_year AS VARCHAR) || '-09' THEN r.september_percent
              WHEN month_of(c.as_of) > CAST(i.fiscal_year AS VARCHAR) || '-06' THEN r.june_percent
              ELSE 0 END AS expected_percent,
         CASE WHEN month_of(c.as_of) > CAST(i.fiscal_year AS VARCHAR) || '-09' THEN date_of(i.fiscal_year, 9, 30)
              ELSE date_of(i.fiscal_year, 6, 30) END AS measured_on,
         r.new_money_days
  FROM fund_indicators AS i
  JOIN parameters AS r ON r.county_code = i.county_code
  CROSS JOIN run_context AS c
  WHERE i.held_since IS NOT NULL AND i.fiscal_year = year_of(c.as_of) AND i.fund_source NOT IN ('social', 'village')
)
SELECT indicator_id AS subject_id, CAST(NULL AS UUID) AS household_id, CAST(NULL AS UUID) AS person_id, county_code, region_code, substr(month_of(measured_on), 1, 4) AS period,
       'registry' AS dataset, CAST(NULL AS UUID) AS delivery_id, CAST(NULL AS BIGINT) AS source_row,
       'slow' AS fact, measured_on AS observed_on, here_fen - paid_fen AS amount_fen, document_number AS detail
FROM held
WHERE here_fen > 0 AND expected_percent > 0 AND CAST(measured_on - held_since AS BIGINT) >= new_money_days
  AND paid_fen * 100 < here_fen * expected_percent
