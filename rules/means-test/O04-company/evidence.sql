-- Living companies and traders in which a member of an assisted household is registered.
WITH registered AS (
  SELECT p.household_id, p.person_id, p.county_code, p.region_code, m.delivery_id, m.source_row, m.registered_on,
         m.registered_capital_fen, m.company_name, m.credit_code, r.stolen_identity_from,
         CASE WHEN substr(coalesce(m.registered_region, p.county_code), 1, 2) <> substr(p.county_code, 1, 2) THEN 1 ELSE 0 END AS elsewhere,
         row_number() OVER (PARTITION BY p.person_id, m.credit_code ORDER BY m.registered_on, m.delivery_id, m.source_row) AS copy
  FROM dataset_company AS m
  JOIN persons AS p ON p.person_key = m.person_key
  JOIN assisted_households AS h ON h.household_id = p.household_id
  JOIN parameters AS r ON r.county_code = p.county_code
  CROSS JOIN run_context AS c
  WHERE m.state = 'active'
    AND m.registered_on <= c.as_of
    -- whoever signs for a co-operative or the village collective does not own it
    AND NOT (coalesce(m.entity_class, '') IN ('cooperative', 'collective') AND m.role = 'legal-representative')
    -- a tiny shop is a livelihood, not wealth
    AND NOT (coalesce(m.entity_class, '') = 'sole-trader' AND coalesce(m.registered_capital_fen, 0) <= r.tiny_shop_capital_fen)
),
spread AS (
  SELECT person_id, CAST(sum(elsewhere) AS BIGINT) AS companies_elsewhere FROM registered WHERE copy = 1 GROUP BY person_id
)
SELECT g.person_id AS subject_id, g.household_id, g.person_id, g.county_code, g.region_code,
       '' AS period, 'company' AS dataset, g.delivery_id, g.source_row,
       CASE WHEN g.elsewhere = 1 AND s.companies_elsewhere >= g.stolen_identity_from THEN 'possibly-stolen-identity'
            ELSE 'registered-in-company' END AS fact,
       g.registered_on AS observed_on, g.registered_capital_fen AS amount_fen, g.company_name AS detail
FROM registered AS g
JOIN spread AS s ON s.person_id = g.person_id
WHERE g.copy = 1
