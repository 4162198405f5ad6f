-- Clocks and the rungs of their ladders. Small rows, clustered by case: a commit touches one page.

-- Each version of a clock that an entry left behind. As of an instant t, the rows with
-- recorded_at <= t and (superseded_at IS NULL or superseded_at > t) held.
CREATE TABLE clock_segments (
  case_id       TEXT    NOT NULL REFERENCES cases (id),
  clock         TEXT    NOT NULL,
  started_by    INTEGER NOT NULL,
  recorded_by   INTEGER NOT NULL,  -- sequence of the entry
  jurisdiction  TEXT    NOT NULL,
  state         TEXT    NOT NULL,
  visit         INTEGER NOT NULL,
  started_at    INTEGER NOT NULL,
  stopped_at    INTEGER,
  suspended_at  INTEGER,
  limit_code    TEXT    NOT NULL,  -- of the limit that binds; empty where there is none
  due_at        INTEGER,
  first_due_at  INTEGER,           -- before any extension
  recorded_at   INTEGER NOT NULL,
  superseded_at INTEGER,
  PRIMARY KEY (case_id, clock, started_by, recorded_by)
) STRICT, WITHOUT ROWID;

CREATE INDEX clock_segments_as_of ON clock_segments (jurisdiction, clock, recorded_at);

-- What a running clock will do, and what it has done. The primary key is the mark by which each
-- rung acts once: a clock of one start has each rung once, however often it is suspended. Of the
-- rungs of a running clock that are not done, the earliest is armed, so that starting or stopping a
-- clock moves one place of the index; whoever sets `done_at` arms the next.
CREATE TABLE rungs (
  case_id      TEXT    NOT NULL REFERENCES cases (id),
  clock        TEXT    NOT NULL,
  started_by   INTEGER NOT NULL,
  rung         TEXT    NOT NULL,
  visit        INTEGER NOT NULL,
  jurisdiction TEXT    NOT NULL,
  due_at       INTEGER NOT NULL,
  is_armed     INTEGER NOT NULL CHECK (is_armed IN (0, 1)),
  done_at      INTEGER CHECK (done_at IS NULL OR is_armed = 0),
  PRIMARY KEY (case_id, clock, started_by, rung)
) STRICT, WITHOUT ROWID;

CREATE INDEX rungs_armed ON rungs (jurisdiction, due_at) WHERE is_armed = 1;
