-- Who may log in, in which posts, and the sessions that are open.

CREATE TABLE accounts (
  id            TEXT    NOT NULL PRIMARY KEY CHECK (length(id) = 36),
  name          TEXT    NOT NULL UNIQUE,
  display_name  TEXT    NOT NULL,
  password_hash TEXT    NOT NULL,
  is_active     INTEGER NOT NULL CHECK (is_active IN (0, 1)),
  failures      INTEGER NOT NULL CHECK (failures >= 0),
  locked_until  INTEGER,
  created_at    INTEGER NOT NULL
) STRICT;

CREATE TABLE account_posts (
  account TEXT NOT NULL REFERENCES accounts (id),
  post    TEXT NOT NULL,
  unit    TEXT NOT NULL,
  PRIMARY KEY (account, post, unit)
) STRICT, WITHOUT ROWID;

CREATE INDEX account_posts_by_unit ON account_posts (unit, post, account);

CREATE TABLE sessions (
  token_hash TEXT    NOT NULL PRIMARY KEY CHECK (length(token_hash) = 64),
  account    TEXT    NOT NULL REFERENCES accounts (id),
  is_bearer  INTEGER NOT NULL CHECK (is_bearer IN (0, 1)),
  created_at INTEGER NOT NULL,
  seen_at    INTEGER NOT NULL,
  expires_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX sessions_by_account ON sessions (account);
CREATE INDEX sessions_by_expiry  ON sessions (expires_at);
