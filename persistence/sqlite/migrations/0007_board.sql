-- What the board counts, in the order in which it groups: all open cases in one walk of one index.
-- `is_closed` is in it so that SQLite need not look at the rows.
CREATE INDEX cases_on_board
  ON cases (jurisdiction, holder_unit, procedure, state, due_at, suspended_at, state_since,
            is_closed)
  WHERE is_closed = 0;

-- Cases that wait for their department to sign for them: the clock of that name runs.
CREATE INDEX clock_segments_awaiting_sign_for
  ON clock_segments (jurisdiction, case_id)
  WHERE clock = 'sign_for' AND stopped_at IS NULL AND superseded_at IS NULL;
