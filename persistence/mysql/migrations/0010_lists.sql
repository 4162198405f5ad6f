-- What lies with a unit, by due date; and all that the board counts, so that it need not look at
-- the rows.
DROP INDEX IF EXISTS cases_on_board ON cases;

CREATE INDEX IF NOT EXISTS cases_by_holder
  ON cases (jurisdiction, is_closed, holder_unit, due_at, id, `procedure`, state, suspended_at,
            state_since);
