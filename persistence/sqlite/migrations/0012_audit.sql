-- What auditors count and list. See audit_rows.hpp.

-- Each version of an audited clock that has a limit, in the order in which it is counted: the
-- figures are one walk of a range. As of an instant t, the rows with recorded_at <= t and
-- superseded_at > t held. No foreign key: a step writes few pages.
CREATE TABLE audit_clocks (
  jurisdiction  TEXT    NOT NULL,
  clock         TEXT    NOT NULL,
  started_at    INTEGER NOT NULL,
  case_id       TEXT    NOT NULL,
  started_by    INTEGER NOT NULL,
  recorded_by   INTEGER NOT NULL,  -- sequence of the entry
  recorded_at   INTEGER NOT NULL,
  superseded_at INTEGER NOT NULL,  -- 253402300799999 for the present version
  due_at        INTEGER NOT NULL,
  stopped_at    INTEGER,
  is_late       INTEGER CHECK (is_late IN (0, 1) OR is_late IS NULL AND stopped_at IS NULL),
  is_withdrawn  INTEGER NOT NULL CHECK (is_withdrawn IN (0, 1)),
  is_reopened   INTEGER NOT NULL CHECK (is_reopened IN (0, 1)),
  holder_unit   TEXT    NOT NULL,
  department    TEXT    NOT NULL,
  village       TEXT    NOT NULL,
  category      TEXT    NOT NULL,
  state         TEXT    NOT NULL,
  PRIMARY KEY (jurisdiction, clock, started_at, case_id, started_by, recorded_by)
) STRICT, WITHOUT ROWID;

-- Entries that are listed, or give a reason for lateness.
CREATE TABLE audit_marks (
  case_id      TEXT    NOT NULL,
  sequence     INTEGER NOT NULL,
  kind         TEXT    NOT NULL,
  list         TEXT    NOT NULL,
  reason       TEXT    NOT NULL,
  jurisdiction TEXT    NOT NULL,
  recorded_at  INTEGER NOT NULL,
  holder_unit  TEXT    NOT NULL,
  department   TEXT    NOT NULL,
  village      TEXT    NOT NULL,
  category     TEXT    NOT NULL,
  PRIMARY KEY (case_id, sequence, kind)
) STRICT, WITHOUT ROWID;

CREATE INDEX audit_marks_by_list
  ON audit_marks (jurisdiction, list, recorded_at, case_id, sequence, kind);

-- Nobody reads in this order.
DROP INDEX clock_segments_as_of;

-- Cases that are there already are read once more, before the database serves: see audit_fill.hpp.
INSERT INTO settings (name, value)
SELECT 'audit_unfilled', '0' WHERE EXISTS (SELECT 1 FROM cases);
