-- Clocks and the rungs of their ladders, clustered by case.

-- Each version of a clock that an entry left behind. As of an instant t, the rows with
-- recorded_at <= t and (superseded_at IS NULL or superseded_at > t) held.
CREATE TABLE IF NOT EXISTS clock_segments (
  case_id       BINARY(36)  NOT NULL,
  clock         VARCHAR(64) NOT NULL,
  started_by    BIGINT      NOT NULL,
  recorded_by   BIGINT      NOT NULL,  -- sequence of the entry
  jurisdiction  VARCHAR(16) NOT NULL,
  state         VARCHAR(64) NOT NULL,
  visit         INTEGER     NOT NULL,
  started_at    BIGINT      NOT NULL,
  stopped_at    BIGINT,
  suspended_at  BIGINT,
  limit_code    VARCHAR(64) NOT NULL,  -- of the limit that binds; empty where there is none
  due_at        BIGINT,
  first_due_at  BIGINT,                -- before any extension
  recorded_at   BIGINT      NOT NULL,
  superseded_at BIGINT,
  PRIMARY KEY (case_id, clock, started_by, recorded_by),
  KEY clock_segments_as_of (jurisdiction, clock, recorded_at)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- What a running clock will do, and what it has done. The primary key is the mark by which each
-- rung acts once: a clock of one start has each rung once, however often it is suspended. Of the
-- rungs of a running clock that are not done, the earliest is armed, so that starting or stopping a
-- clock moves one place of the index; whoever sets `done_at` arms the next.
CREATE TABLE IF NOT EXISTS rungs (
  case_id      BINARY(36)  NOT NULL,
  clock        VARCHAR(64) NOT NULL,
  started_by   BIGINT      NOT NULL,
  rung         VARCHAR(64) NOT NULL,
  visit        INTEGER     NOT NULL,
  jurisdiction VARCHAR(16) NOT NULL,
  due_at       BIGINT      NOT NULL,
  is_armed     TINYINT     NOT NULL CHECK (is_armed IN (0, 1)),
  done_at      BIGINT,
  PRIMARY KEY (case_id, clock, started_by, rung),
  KEY rungs_armed (jurisdiction, is_armed, due_at),
  CHECK (done_at IS NULL OR is_armed = 0)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
