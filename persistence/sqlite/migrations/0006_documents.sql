-- Documents of cases, in chunks, and batches of commands.

-- A row is there once the entry that puts the document on record is: both are of one transaction.
CREATE TABLE attachments (
  id            TEXT    NOT NULL PRIMARY KEY CHECK (length(id) = 36),
  case_id       TEXT    NOT NULL REFERENCES cases (id),
  sequence      INTEGER NOT NULL,
  document_kind TEXT    NOT NULL,
  content_type  TEXT    NOT NULL,
  size          INTEGER NOT NULL CHECK (size > 0),
  chunks        INTEGER NOT NULL CHECK (chunks > 0),
  digest        TEXT    NOT NULL CHECK (length(digest) = 64),
  sealed_name   BLOB    NOT NULL,  -- the file's name, under the key of the case's person
  account       TEXT    NOT NULL,
  created_at    INTEGER NOT NULL,
  UNIQUE (case_id, sequence),
  FOREIGN KEY (case_id, sequence) REFERENCES journal (case_id, sequence)
) STRICT;

-- Written ahead of their attachment's row, one a transaction, so that no large document holds up
-- the commits of others.
CREATE TABLE attachment_chunks (
  attachment TEXT    NOT NULL,
  number     INTEGER NOT NULL CHECK (number >= 0),
  sealed     BLOB    NOT NULL,
  UNIQUE (attachment, number)
) STRICT;

-- Attachments whose row is still to come: what is left of them at a start is swept away.
CREATE TABLE attachment_uploads (
  attachment TEXT NOT NULL PRIMARY KEY
) STRICT, WITHOUT ROWID;

-- `results` is null until every item has its answer; codes and figures, no personal values.
CREATE TABLE batches (
  id             TEXT    NOT NULL PRIMARY KEY CHECK (length(id) = 36),
  account        TEXT    NOT NULL,
  key            TEXT    NOT NULL,
  request_digest TEXT    NOT NULL,
  results        TEXT,
  created_at     INTEGER NOT NULL,
  UNIQUE (account, key)
) STRICT;
