-- What processes on one database must agree upon about who may come in.

-- Grows with every change of the account, so that no change takes another one back, whichever
-- process makes it.
ALTER TABLE accounts ADD COLUMN revision INTEGER NOT NULL DEFAULT 1 CHECK (revision > 0);
-- Whether the account does anything else before it has chosen its own password.
ALTER TABLE accounts ADD COLUMN must_change_password INTEGER NOT NULL DEFAULT 0
  CHECK (must_change_password IN (0, 1));
-- What locks a name is in login_tallies.
ALTER TABLE accounts DROP COLUMN failures;
ALTER TABLE accounts DROP COLUMN locked_until;

-- `access` grows with every change of accounts and delegations and with every session or token that
-- is ended.
CREATE TABLE counters (
  name  TEXT    NOT NULL PRIMARY KEY,
  value INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

INSERT INTO counters (name, value) VALUES ('access', 0);

-- Attempts to log in by names and by addresses. A slot is a short digest that many could share, so
-- that it tells neither and there are not too many of them.
CREATE TABLE login_tallies (
  slot  TEXT    NOT NULL PRIMARY KEY,
  value INTEGER NOT NULL,
  at    INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
