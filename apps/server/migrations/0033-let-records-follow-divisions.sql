-- A village that was merged into another hands its households over: their records, requests and findings change hands with them.
-- Rows that are never changed otherwise may change this one column.
GRANT UPDATE (responsible_region_code) ON households.change_request_step, households.change_request_attachment, households.income_item TO app_role;
GRANT UPDATE (responsible_region_code) ON supervision.evidence, supervision.finding_step, supervision.finding_answer, supervision.finding_excuse, supervision.finding_attachment, supervision.correction_task TO app_role;
