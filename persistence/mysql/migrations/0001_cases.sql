-- Cases, their journal and what a commit writes beside them. Instants are UTC milliseconds.
-- Identifiers of cases are compared byte by byte: character by character took a sixth of what a
-- commit costs the server. What is only written beside a case, in the transaction that holds the
-- row of the case, has no foreign key: each is one more look at the parent, for every row.
-- Township rows carry their jurisdiction first in their indexes. Every statement may be run again:
-- MariaDB commits each as it goes, so an interrupted migration is simply repeated.

CREATE TABLE IF NOT EXISTS settings (
  name  VARCHAR(64) NOT NULL PRIMARY KEY,
  value LONGTEXT    NOT NULL
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- The states of all procedures, seeded at start; states are only added.
CREATE TABLE IF NOT EXISTS vocabulary (
  `procedure` VARCHAR(64) NOT NULL,
  state       VARCHAR(64) NOT NULL,
  is_closed   TINYINT     NOT NULL CHECK (is_closed IN (0, 1)),
  PRIMARY KEY (`procedure`, state)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- One small row a case. All columns but `jurisdiction` are projections of the document.
CREATE TABLE IF NOT EXISTS cases (
  id            BINARY(36)    NOT NULL PRIMARY KEY,
  jurisdiction  VARCHAR(16)   NOT NULL,
  `procedure`   VARCHAR(64)   NOT NULL,
  edition       VARCHAR(64)   NOT NULL,
  sequence      BIGINT        NOT NULL CHECK (sequence > 0),
  revision      BIGINT        NOT NULL CHECK (revision >= 0),
  head_hash     VARBINARY(32) NOT NULL CHECK (octet_length(head_hash) = 32),
  state         VARCHAR(64)   NOT NULL,
  is_closed     TINYINT       NOT NULL CHECK (is_closed IN (0, 1)),
  number        VARCHAR(64)   NOT NULL,
  category      VARCHAR(64)   NOT NULL,
  village       VARCHAR(64)   NOT NULL,
  department    VARCHAR(64)   NOT NULL,
  emergency     TINYINT       NOT NULL CHECK (emergency IN (0, 1)),
  holder_unit   VARCHAR(64)   NOT NULL,
  holder_person VARCHAR(64)   NOT NULL,
  opened_at     BIGINT        NOT NULL,
  state_since   BIGINT        NOT NULL,
  due_at        BIGINT        NOT NULL,  -- 253402300799999 where no clock runs: sorts last
  suspended_at  BIGINT,
  KEY cases_by_due (jurisdiction, is_closed, due_at, id),
  KEY cases_by_opened (jurisdiction, is_closed, opened_at, id),
  KEY cases_by_number (jurisdiction, number),
  FOREIGN KEY (`procedure`, state) REFERENCES vocabulary (`procedure`, state)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- The case as canonical JSON, apart from the row that lists read.
CREATE TABLE IF NOT EXISTS case_documents (
  case_id  BINARY(36) NOT NULL PRIMARY KEY,
  document LONGTEXT   NOT NULL
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

CREATE TABLE IF NOT EXISTS journal (
  case_id       BINARY(36)    NOT NULL,
  sequence      BIGINT        NOT NULL CHECK (sequence > 0),
  recorded_at   BIGINT        NOT NULL,
  previous_hash VARBINARY(32) NOT NULL,
  hash          VARBINARY(32) NOT NULL CHECK (octet_length(hash) = 32),
  bytes         LONGBLOB      NOT NULL,
  PRIMARY KEY (case_id, sequence),
  CHECK (octet_length(previous_hash) = IF(sequence = 1, 0, 32))
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

CREATE TRIGGER IF NOT EXISTS journal_is_never_updated BEFORE UPDATE ON journal
FOR EACH ROW SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'the journal is append-only';

CREATE TRIGGER IF NOT EXISTS journal_is_never_deleted BEFORE DELETE ON journal
FOR EACH ROW SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'the journal is append-only';

-- Personal values of entries, sealed under the key of their person.
CREATE TABLE IF NOT EXISTS personal_values (
  case_id  BINARY(36)   NOT NULL,
  sequence BIGINT       NOT NULL,
  path     VARCHAR(512) NOT NULL,
  sealed   LONGBLOB     NOT NULL,
  PRIMARY KEY (case_id, sequence, path)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- Ordinal 0 is the entry itself, the others are its effects. (case_id, sequence, ordinal) is unique
-- because (case_id, sequence) is in the journal, written in the same transaction. `number` is given
-- by one leader, in the order of `place`.
CREATE TABLE IF NOT EXISTS outbox (
  place        BIGINT      NOT NULL AUTO_INCREMENT PRIMARY KEY,
  jurisdiction VARCHAR(16) NOT NULL,
  case_id      BINARY(36)  NOT NULL,
  sequence     BIGINT      NOT NULL,
  ordinal      BIGINT      NOT NULL CHECK (ordinal >= 0),
  kind         VARCHAR(64) NOT NULL,
  details      LONGTEXT    NOT NULL,
  recorded_at  BIGINT      NOT NULL,
  number       BIGINT,
  done_at      BIGINT,
  UNIQUE KEY outbox_by_number (number)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- Where an answer lies, never the answer: it may hold personal data.
CREATE TABLE IF NOT EXISTS idempotency (
  principal      VARCHAR(64)    NOT NULL,
  `key`          VARBINARY(512) NOT NULL,
  request_digest VARCHAR(64)    NOT NULL,
  subject_id     VARCHAR(64)    NOT NULL,
  sequence       BIGINT         NOT NULL,
  created_at     BIGINT         NOT NULL,
  PRIMARY KEY (principal, `key`)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- Who may see a case. `is_closed`, `due_at` and `opened_at` repeat the case's, so that a list of a
-- unit is one range of an index.
CREATE TABLE IF NOT EXISTS case_units (
  case_id      BINARY(36)  NOT NULL,
  unit         VARCHAR(64) NOT NULL,
  jurisdiction VARCHAR(16) NOT NULL,
  is_closed    TINYINT     NOT NULL,
  due_at       BIGINT      NOT NULL,
  opened_at    BIGINT      NOT NULL,
  PRIMARY KEY (case_id, unit),
  KEY case_units_by_due (jurisdiction, unit, is_closed, due_at, case_id),
  KEY case_units_by_opened (jurisdiction, unit, is_closed, opened_at, case_id)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

CREATE TABLE IF NOT EXISTS case_persons (
  case_id      BINARY(36)  NOT NULL,
  person       VARCHAR(64) NOT NULL,
  role         VARCHAR(64) NOT NULL,
  jurisdiction VARCHAR(16) NOT NULL,
  PRIMARY KEY (case_id, person, role),
  KEY case_persons_by_person (jurisdiction, person, case_id)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- Case numbers are reserved in blocks; `next` is the first that no block holds.
CREATE TABLE IF NOT EXISTS number_blocks (
  jurisdiction VARCHAR(16) NOT NULL,
  year         INTEGER     NOT NULL CHECK (year BETWEEN 2000 AND 9999),
  next         BIGINT      NOT NULL CHECK (next > 0),
  PRIMARY KEY (jurisdiction, year)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
