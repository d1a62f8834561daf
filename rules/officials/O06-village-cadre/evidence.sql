-- Village cadres in office who are themselves members of an assisted household.
WITH in_office AS (
  SELECT p.person_id, p.household_id, p.county_code, p.region_code, v.delivery_id, v.source_row, v.from_date, v.post, v.filed,
         row_number() OVER (PARTITION BY p.person_id ORDER BY v.from_date DESC, v.delivery_id, v.source_row) AS age
  FROM dataset_village_cadre AS v
  JOIN persons AS p ON p.person_key = v.person_key
  JOIN assisted_households AS h ON h.household_id = p.household_id
  JOIN parameters AS r ON r.county_code = p.county_code
  CROSS JOIN run_context AS c
  WHERE v.from_date <= c.as_of
    AND (v.to_date IS NULL OR v.to_date > c.as_of)
    AND (r.include_grid_workers OR v.post <> 'grid-worker')
)
SELECT person_id AS subject_id, household_id, person_id, county_code, region_code,
       '' AS period, 'village-cadre' AS dataset, delivery_id, source_row,
       CASE WHEN coalesce(filed, FALSE) THEN 'cadre-with-filing' ELSE 'cadre-without-filing' END AS fact,
       from_date AS observed_on, CAST(NULL AS BIGINT) AS amount_fen, post AS detail
FROM in_office
WHERE age = 1
