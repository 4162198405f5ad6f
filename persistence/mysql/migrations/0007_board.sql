-- What the board counts, in the order in which it groups: all open cases in one walk of one index.
CREATE INDEX IF NOT EXISTS cases_on_board
  ON cases (jurisdiction, is_closed, holder_unit, `procedure`, state, due_at, suspended_at,
            state_since);

-- Cases that wait for their department to sign for them: the clock of that name runs.
CREATE INDEX IF NOT EXISTS clock_segments_running
  ON clock_segments (jurisdiction, clock, superseded_at, stopped_at, case_id);
