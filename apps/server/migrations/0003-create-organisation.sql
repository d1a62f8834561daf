-- Owner: modules/organisation. Divisions, departments, roles and staff.
CREATE SCHEMA organisation;
GRANT USAGE ON SCHEMA organisation TO app_role;

CREATE TABLE organisation.region (
  code platform.region_code PRIMARY KEY,
  name text NOT NULL,
  level text NOT NULL CHECK (level IN ('nation', 'province', 'city', 'county', 'town', 'village')),
  parent_code platform.region_code REFERENCES organisation.region (code),
  full_name text NOT NULL,
  has_children boolean NOT NULL DEFAULT false,
  valid_from date,
  valid_to date
);
COMMENT ON TABLE organisation.region IS 'Divisions from nation to village by 12-digit statistical code; a closed one keeps its row.';
CREATE INDEX region_parent ON organisation.region (parent_code, code);
GRANT SELECT ON organisation.region TO app_role;

CREATE TABLE organisation.region_token (
  token text COLLATE "C" NOT NULL,
  code platform.region_code NOT NULL REFERENCES organisation.region (code),
  PRIMARY KEY (token, code)
);
COMMENT ON TABLE organisation.region_token IS 'Search tokens of a division: its name, name bigrams, pinyin initials.';
GRANT SELECT ON organisation.region_token TO app_role;

CREATE TABLE organisation.region_successor (
  code platform.region_code NOT NULL REFERENCES organisation.region (code),
  successor_code platform.region_code NOT NULL REFERENCES organisation.region (code),
  effective_on date NOT NULL,
  basis text NOT NULL,
  PRIMARY KEY (code, successor_code)
);
GRANT SELECT ON organisation.region_successor TO app_role;

CREATE TABLE organisation.village_profile (
  region_code platform.region_code PRIMARY KEY REFERENCES organisation.region (code),
  summary text NOT NULL,
  updated_at timestamptz NOT NULL DEFAULT now(),
  updated_by uuid NOT NULL
);
ALTER TABLE organisation.village_profile ENABLE ROW LEVEL SECURITY;
CREATE POLICY village_profile_read ON organisation.village_profile FOR SELECT TO app_role USING (true);
CREATE POLICY village_profile_insert ON organisation.village_profile FOR INSERT TO app_role
  WITH CHECK (region_code >= (SELECT platform.region_from()) AND region_code < (SELECT platform.region_to()));
CREATE POLICY village_profile_update ON organisation.village_profile FOR UPDATE TO app_role
  USING (region_code >= (SELECT platform.region_from()) AND region_code < (SELECT platform.region_to()));
GRANT SELECT, INSERT, UPDATE ON organisation.village_profile TO app_role;

CREATE TABLE organisation.department (
  code text PRIMARY KEY,
  name text NOT NULL,
  sort integer NOT NULL DEFAULT 0
);
GRANT SELECT ON organisation.department TO app_role;

CREATE TABLE organisation.role (
  code text PRIMARY KEY,
  title_zh text NOT NULL,
  title_en text NOT NULL,
  permissions text[] NOT NULL,
  totp_required boolean NOT NULL DEFAULT false
);
COMMENT ON TABLE organisation.role IS 'What a role may do; where is said by the staff member''s region.';
GRANT SELECT ON organisation.role TO app_role;

CREATE TABLE organisation.staff (
  id uuid PRIMARY KEY,
  user_name text NOT NULL UNIQUE,
  display_name text NOT NULL,
  phone text,
  region_code platform.region_code NOT NULL REFERENCES organisation.region (code),
  department_code text REFERENCES organisation.department (code),
  person_key uuid,
  active boolean NOT NULL DEFAULT true,
  service boolean NOT NULL DEFAULT false,
  totp_enabled boolean NOT NULL DEFAULT false,
  created_at timestamptz NOT NULL DEFAULT now()
);
COMMENT ON COLUMN organisation.staff.person_key IS 'Pseudonym of the staff member''s own identity number: nobody handles their own or a relative''s matter.';
COMMENT ON COLUMN organisation.staff.service IS 'A scoped service account: cannot sign in, acts from the command line or an interface.';
CREATE INDEX staff_region ON organisation.staff (region_code, id);

CREATE TABLE organisation.staff_role (
  staff_id uuid NOT NULL REFERENCES organisation.staff (id),
  role_code text NOT NULL REFERENCES organisation.role (code),
  PRIMARY KEY (staff_id, role_code)
);

-- Staff of one's region are visible; identity is resolved before any scope is known, by the sign-in setting.
ALTER TABLE organisation.staff ENABLE ROW LEVEL SECURITY;
CREATE POLICY staff_read ON organisation.staff FOR SELECT TO app_role
  USING (platform.has('identity') OR id = platform.actor_id() OR (region_code >= (SELECT platform.region_from()) AND region_code < (SELECT platform.region_to())));
CREATE POLICY staff_insert ON organisation.staff FOR INSERT TO app_role
  WITH CHECK (region_code >= (SELECT platform.region_from()) AND region_code < (SELECT platform.region_to()));
CREATE POLICY staff_update ON organisation.staff FOR UPDATE TO app_role
  USING (region_code >= (SELECT platform.region_from()) AND region_code < (SELECT platform.region_to()));
GRANT SELECT, INSERT, UPDATE ON organisation.staff TO app_role;
ALTER TABLE organisation.staff_role ENABLE ROW LEVEL SECURITY;
CREATE POLICY staff_role_all ON organisation.staff_role TO app_role
  USING (EXISTS (SELECT 1 FROM organisation.staff s WHERE s.id = staff_id));
GRANT SELECT, INSERT, DELETE ON organisation.staff_role TO app_role;
