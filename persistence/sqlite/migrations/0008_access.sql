-- Tokens of machines, and who covers for whom.

CREATE TABLE tokens (
  id           TEXT    NOT NULL PRIMARY KEY CHECK (length(id) = 36),
  token_hash   TEXT    NOT NULL UNIQUE CHECK (length(token_hash) = 64),
  account      TEXT    NOT NULL REFERENCES accounts (id),
  name         TEXT    NOT NULL,
  posts        TEXT    NOT NULL,  -- JSON: [[post, unit] …], a subset of the account's
  reads_only   INTEGER NOT NULL CHECK (reads_only IN (0, 1)),
  created_at   INTEGER NOT NULL,
  expires_at   INTEGER NOT NULL CHECK (expires_at > created_at),
  last_used_at INTEGER
) STRICT;

CREATE INDEX tokens_by_account ON tokens (account, id);

CREATE TABLE delegations (
  id         TEXT    NOT NULL PRIMARY KEY CHECK (length(id) = 36),
  account    TEXT    NOT NULL REFERENCES accounts (id),  -- who holds the post
  delegate   TEXT    NOT NULL REFERENCES accounts (id),
  post       TEXT    NOT NULL,
  unit       TEXT    NOT NULL,
  begins_at  INTEGER NOT NULL,
  ends_at    INTEGER NOT NULL CHECK (ends_at > begins_at),
  created_by TEXT    NOT NULL,
  created_at INTEGER NOT NULL,
  CHECK (account <> delegate)
) STRICT;

CREATE INDEX delegations_by_account  ON delegations (account, ends_at);
CREATE INDEX delegations_by_delegate ON delegations (delegate, ends_at);
