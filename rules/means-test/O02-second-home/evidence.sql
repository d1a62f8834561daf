-- Two or more dwellings, or any shop or office, in the members' names. One unit owned by two members counts once.
WITH owned AS (
  SELECT p.household_id, p.person_id, p.county_code, p.region_code, e.delivery_id, e.source_row, e.unit_number,
         e.registered_on, e.price_fen,
         CASE WHEN e.use_class = 'residential' THEN 'dwelling' ELSE e.use_class END AS unit_class,
         r.dwellings_from,
         row_number() OVER (PARTITION BY p.household_id, e.unit_number ORDER BY e.registered_on, e.delivery_id, e.source_row) AS copy
  FROM dataset_real_estate AS e
  JOIN persons AS p ON p.person_key = e.owner_key
  JOIN assisted_households AS h ON h.household_id = p.household_id
  JOIN parameters AS r ON r.county_code = p.county_code
  CROSS JOIN run_context AS c
  WHERE e.state = 'current'
    AND e.registered_on <= c.as_of
    -- resettlement houses and homesteads were given or built to live in; they are no second home
    AND (e.use_class IN ('commercial', 'office') OR (r.count_parking AND e.use_class = 'parking')
         OR (e.use_class = 'residential' AND coalesce(e.acquisition, '') NOT IN ('resettlement', 'built')))
    -- no share recorded means the whole unit
    AND coalesce(e.share_thousandths, 100000) > r.tiny_share_thousandths
),
counted AS (
  SELECT household_id,
         CAST(sum(CASE WHEN unit_class = 'dwelling' THEN 1 ELSE 0 END) AS BIGINT) AS dwellings
  FROM owned WHERE copy = 1 GROUP BY household_id
)
SELECT o.household_id AS subject_id, o.household_id, o.person_id, o.county_code, o.region_code,
       '' AS period, 'real-estate' AS dataset, o.delivery_id, o.source_row,
       CASE WHEN o.unit_class = 'dwelling' THEN 'one-of-several-dwellings' ELSE 'shop-or-office' END AS fact,
       o.registered_on AS observed_on, o.price_fen AS amount_fen, CAST(NULL AS VARCHAR) AS detail
FROM owned AS o
JOIN counted AS n ON n.household_id = o.household_id
WHERE o.copy = 1
  AND (o.unit_class <> 'dwelling' OR n.dwellings >= o.dwellings_from)
