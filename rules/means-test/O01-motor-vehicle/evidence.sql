-- Motor vehicles of members of assisted households, without those the rule exempts.
SELECT p.person_id AS subject_id, p.household_id, p.person_id, p.county_code, p.region_code,
       '' AS period, 'vehicle' AS dataset, v.delivery_id, v.source_row,
       'owns-vehicle' AS fact, v.registered_on AS observed_on, v.value_fen AS amount_fen, v.model AS detail
FROM dataset_vehicle AS v
JOIN persons AS p ON p.person_key = v.owner_key
JOIN assisted_households AS h ON h.household_id = p.household_id
JOIN parameters AS r ON r.county_code = p.county_code
CROSS JOIN run_context AS c
WHERE v.vehicle_class IN ('car', 'truck')
  -- cancelled and transferred vehicles are gone, a stolen one is no use to anybody
  AND v.state = 'normal'
  AND v.registered_on <= c.as_of
  -- old AND of low value is exempt; an unknown value leaves the age to decide
  AND (coalesce(v.value_fen, 0) > r.low_value_fen OR v.registered_on > add_months(c.as_of, -12 * r.old_after_years))
  -- a vehicle bought to earn a living after the household was taken in is what the help was for
  AND NOT (r.exempt_working_vehicles AND coalesce(v.use_nature, '') = 'commercial' AND h.status_from IS NOT NULL AND v.registered_on >= h.status_from)
