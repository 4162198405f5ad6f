-- The editions and calendars that entries name by their digests, kept for ever.

CREATE TABLE editions (
  digest    TEXT NOT NULL PRIMARY KEY CHECK (length(digest) = 64),
  procedure TEXT NOT NULL,
  bytes     BLOB NOT NULL
) STRICT;

CREATE TABLE calendars (
  digest TEXT NOT NULL PRIMARY KEY CHECK (length(digest) = 64),
  bytes  BLOB NOT NULL
) STRICT;
