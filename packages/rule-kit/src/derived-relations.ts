/**
 * Views over the snapshot that several rules share, in the SQL both engines read.
 * `assisted_households`: whoever is helped on the day of the run, so a means test applies: a monitored household,
 * or one with a member on a means-tested roll. A household that left poverty and draws nothing is not tested.
 */
export const derivedRelationsSql: readonly string[] = [
  `CREATE OR REPLACE TEMPORARY VIEW assisted_households AS
   SELECT h.household_id, h.county_code, h.region_code, h.status_code, h.status_from, h.member_count
   FROM households AS h
   WHERE h.status_code IN ('unstable', 'marginal', 'sudden', 'low-income')
      OR h.household_id IN (
        SELECT e.household_id FROM enrolments AS e CROSS JOIN run_context AS c
        WHERE e.programme_code IN ('subsistence-rural', 'subsistence-urban', 'destitute-support')
          AND e.valid_from <= c.as_of AND (e.valid_to IS NULL OR e.valid_to >= c.as_of))`,
];
