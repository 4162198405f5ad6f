-- Cases, their journal and what a commit writes beside them. Instants are UTC milliseconds.
-- Township rows carry their jurisdiction first in their indexes.

CREATE TABLE settings (
  name  TEXT NOT NULL PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- The states of all procedures, seeded at start; states are only added.
CREATE TABLE vocabulary (
  procedure TEXT NOT NULL,
  state     TEXT NOT NULL,
  is_closed INTEGER NOT NULL CHECK (is_closed IN (0, 1)),
  PRIMARY KEY (procedure, state)
) STRICT, WITHOUT ROWID;

-- One small row a case. All columns but `jurisdiction` are projections of the document.
CREATE TABLE cases (
  id            TEXT    NOT NULL PRIMARY KEY CHECK (length(id) = 36),
  jurisdiction  TEXT    NOT NULL,
  procedure     TEXT    NOT NULL,
  edition       TEXT    NOT NULL,
  sequence      INTEGER NOT NULL CHECK (sequence > 0),
  revision      INTEGER NOT NULL CHECK (revision >= 0),
  head_hash     BLOB    NOT NULL CHECK (length(head_hash) = 32),
  state         TEXT    NOT NULL,
  is_closed     INTEGER NOT NULL CHECK (is_closed IN (0, 1)),
  number        TEXT    NOT NULL,
  category      TEXT    NOT NULL,
  village       TEXT    NOT NULL,
  department    TEXT    NOT NULL,
  emergency     INTEGER NOT NULL CHECK (emergency IN (0, 1)),
  holder_unit   TEXT    NOT NULL,
  holder_person TEXT    NOT NULL,
  opened_at     INTEGER NOT NULL,
  state_since   INTEGER NOT NULL,
  due_at        INTEGER NOT NULL,  -- 253402300799999 where no clock runs: sorts last
  suspended_at  INTEGER,
  FOREIGN KEY (procedure, state) REFERENCES vocabulary (procedure, state)
) STRICT;

CREATE INDEX cases_by_due    ON cases (jurisdiction, is_closed, due_at, id);
CREATE INDEX cases_by_opened ON cases (jurisdiction, is_closed, opened_at, id);
CREATE INDEX cases_by_number ON cases (jurisdiction, number) WHERE number <> '';

-- The case as canonical JSON, apart from the row that lists read.
CREATE TABLE case_documents (
  case_id  TEXT NOT NULL PRIMARY KEY REFERENCES cases (id),
  document TEXT NOT NULL
) STRICT;

-- Append-only: a table in order of arrival with a unique index is written faster than one that is
-- clustered on its key.
CREATE TABLE journal (
  case_id       TEXT    NOT NULL REFERENCES cases (id),
  sequence      INTEGER NOT NULL CHECK (sequence > 0),
  recorded_at   INTEGER NOT NULL,
  previous_hash BLOB    NOT NULL CHECK (length(previous_hash) = iif(sequence = 1, 0, 32)),
  hash          BLOB    NOT NULL CHECK (length(hash) = 32),
  bytes         BLOB    NOT NULL,
  UNIQUE (case_id, sequence)
) STRICT;

CREATE TRIGGER journal_is_never_updated BEFORE UPDATE ON journal
BEGIN
  SELECT RAISE (ABORT, 'the journal is append-only');
END;

CREATE TRIGGER journal_is_never_deleted BEFORE DELETE ON journal
BEGIN
  SELECT RAISE (ABORT, 'the journal is append-only');
END;

-- Personal values of entries, sealed under the key of their person.
CREATE TABLE personal_values (
  case_id  TEXT    NOT NULL,
  sequence INTEGER NOT NULL,
  path     TEXT    NOT NULL,
  sealed   BLOB    NOT NULL,
  UNIQUE (case_id, sequence, path),
  FOREIGN KEY (case_id, sequence) REFERENCES journal (case_id, sequence)
) STRICT;

-- Ordinal 0 is the entry itself, the others are its effects. (case_id, sequence, ordinal) is unique
-- because (case_id, sequence) is in the journal, written in the same transaction. `number` is given
-- by one leader, in the order of `place`.
CREATE TABLE outbox (
  place        INTEGER PRIMARY KEY,
  jurisdiction TEXT    NOT NULL,
  case_id      TEXT    NOT NULL,
  sequence     INTEGER NOT NULL,
  ordinal      INTEGER NOT NULL CHECK (ordinal >= 0),
  kind         TEXT    NOT NULL,
  details      TEXT    NOT NULL,
  recorded_at  INTEGER NOT NULL,
  number       INTEGER,
  done_at      INTEGER
) STRICT;

CREATE UNIQUE INDEX outbox_by_number  ON outbox (number) WHERE number IS NOT NULL;
CREATE INDEX        outbox_unnumbered ON outbox (place)  WHERE number IS NULL;

-- Where an answer lies, never the answer: it may hold personal data.
CREATE TABLE idempotency (
  principal      TEXT    NOT NULL,
  key            TEXT    NOT NULL,
  request_digest TEXT    NOT NULL,
  subject_id     TEXT    NOT NULL,
  sequence       INTEGER NOT NULL,
  created_at     INTEGER NOT NULL,
  UNIQUE (principal, key)
) STRICT;

-- Who may see a case. `is_closed`, `due_at` and `opened_at` repeat the case's, so that a list of a
-- unit is one range of an index.
CREATE TABLE case_units (
  case_id      TEXT    NOT NULL REFERENCES cases (id),
  unit         TEXT    NOT NULL,
  jurisdiction TEXT    NOT NULL,
  is_closed    INTEGER NOT NULL,
  due_at       INTEGER NOT NULL,
  opened_at    INTEGER NOT NULL,
  PRIMARY KEY (case_id, unit)
) STRICT, WITHOUT ROWID;

CREATE INDEX case_units_by_due    ON case_units (jurisdiction, unit, is_closed, due_at, case_id);
CREATE INDEX case_units_by_opened ON case_units (jurisdiction, unit, is_closed, opened_at, case_id);

CREATE TABLE case_persons (
  case_id      TEXT NOT NULL REFERENCES cases (id),
  person       TEXT NOT NULL,
  role         TEXT NOT NULL,
  jurisdiction TEXT NOT NULL,
  PRIMARY KEY (case_id, person, role)
) STRICT, WITHOUT ROWID;

CREATE INDEX case_persons_by_person ON case_persons (jurisdiction, person, case_id);

-- Case numbers are reserved in blocks; `next` is the first that no block holds.
CREATE TABLE number_blocks (
  jurisdiction TEXT    NOT NULL,
  year         INTEGER NOT NULL CHECK (year BETWEEN 2000 AND 9999),
  next         INTEGER NOT NULL CHECK (next > 0),
  PRIMARY KEY (jurisdiction, year)
) STRICT, WITHOUT ROWID;
