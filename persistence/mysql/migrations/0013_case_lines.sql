-- What lists tell beside the rest: whom a case is about, and which clocks run in it.
-- `waits_for` is a JSON array of names, ascending.

ALTER TABLE cases
  ADD COLUMN IF NOT EXISTS subject   VARCHAR(64)  NOT NULL DEFAULT '',
  ADD COLUMN IF NOT EXISTS waits_for VARCHAR(400) NOT NULL DEFAULT '[]';

UPDATE cases AS c
JOIN case_persons AS p ON p.case_id = c.id AND p.role = 'subject'
SET c.subject = p.person;

UPDATE cases AS c
JOIN (
  SELECT case_id, json_arrayagg(clock ORDER BY clock) AS names
  FROM (SELECT DISTINCT case_id, clock
        FROM clock_segments
        WHERE stopped_at IS NULL AND superseded_at IS NULL AND state = '') AS running
  GROUP BY case_id) AS w ON w.case_id = c.id
SET c.waits_for = w.names;
