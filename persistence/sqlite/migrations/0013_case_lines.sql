-- What lists tell beside the rest: whom a case is about, and which clocks run in it.
-- `waits_for` is a JSON array of names, ascending.

ALTER TABLE cases ADD COLUMN subject   TEXT NOT NULL DEFAULT '';
ALTER TABLE cases ADD COLUMN waits_for TEXT NOT NULL DEFAULT '[]';

UPDATE cases
SET subject = p.person
FROM case_persons AS p
WHERE p.case_id = cases.id AND p.role = 'subject';

UPDATE cases
SET waits_for = w.names
FROM (
  SELECT case_id, json_group_array(clock) AS names
  FROM (SELECT DISTINCT case_id, clock
        FROM clock_segments
        WHERE stopped_at IS NULL AND superseded_at IS NULL AND state = ''
        ORDER BY case_id, clock)
  GROUP BY case_id) AS w
WHERE w.case_id = cases.id;
