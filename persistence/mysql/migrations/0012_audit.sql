-- What auditors count and list. See audit_rows.hpp.

-- Each version of an audited clock that has a limit, in the order in which it is counted: the
-- figures are one walk of a range. As of an instant t, the rows with recorded_at <= t and
-- superseded_at > t held. No foreign key: it would ask for an index of its own.
CREATE TABLE IF NOT EXISTS audit_clocks (
  jurisdiction  VARCHAR(16) NOT NULL,
  clock         VARCHAR(64) NOT NULL,
  started_at    BIGINT      NOT NULL,
  case_id       BINARY(36)  NOT NULL,
  started_by    BIGINT      NOT NULL,
  recorded_by   BIGINT      NOT NULL,  -- sequence of the entry
  recorded_at   BIGINT      NOT NULL,
  superseded_at BIGINT      NOT NULL,  -- 253402300799999 for the present version
  due_at        BIGINT      NOT NULL,
  stopped_at    BIGINT,
  is_late       TINYINT,
  is_withdrawn  TINYINT     NOT NULL CHECK (is_withdrawn IN (0, 1)),
  is_reopened   TINYINT     NOT NULL CHECK (is_reopened IN (0, 1)),
  holder_unit   VARCHAR(64) NOT NULL,
  department    VARCHAR(64) NOT NULL,
  village       VARCHAR(64) NOT NULL,
  category      VARCHAR(64) NOT NULL,
  state         VARCHAR(64) NOT NULL,
  CHECK (is_late IN (0, 1) OR is_late IS NULL AND stopped_at IS NULL),
  PRIMARY KEY (jurisdiction, clock, started_at, case_id, started_by, recorded_by)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- Entries that are listed, or give a reason for lateness.
CREATE TABLE IF NOT EXISTS audit_marks (
  case_id      BINARY(36)  NOT NULL,
  sequence     BIGINT      NOT NULL,
  kind         VARCHAR(64) NOT NULL,
  list         VARCHAR(64) NOT NULL,
  reason       VARCHAR(64) NOT NULL,
  jurisdiction VARCHAR(16) NOT NULL,
  recorded_at  BIGINT      NOT NULL,
  holder_unit  VARCHAR(64) NOT NULL,
  department   VARCHAR(64) NOT NULL,
  village      VARCHAR(64) NOT NULL,
  category     VARCHAR(64) NOT NULL,
  PRIMARY KEY (case_id, sequence, kind),
  KEY audit_marks_by_list (jurisdiction, list, recorded_at, case_id, sequence, kind)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- Nobody reads in this order.
DROP INDEX IF EXISTS clock_segments_as_of ON clock_segments;

-- Cases that are there already are read once more, before the database serves: see audit_fill.hpp.
INSERT IGNORE INTO settings (name, value)
SELECT 'audit_unfilled', '0' FROM cases LIMIT 1;
